//go:build unix

package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	// redirected is a line within the text that does something.
	redirected = regexp.MustCompile("`(airbyte-agent [^`<]* (?:>|\\\\\\|) [^`]*)`")
	// usage is a line that says how a command is used, with names for what to give.
	usage = regexp.MustCompile(`\[flags\]|<[a-z][a-z ]*>`)
)

// shellBlocks are the lines for a shell of a document, block by block.
func shellBlocks(t *testing.T, file string) [][]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return findBlocks(string(text))
}

func findBlocks(text string) [][]string {
	var blocks [][]string
	// What stands between two fences is by turns text and code.
	for i, part := range strings.Split("\n"+text, "\n```") {
		language, code, _ := strings.Cut(part, "\n")
		switch {
		case i%2 == 0:
			for _, line := range redirected.FindAllStringSubmatch(part, -1) {
				blocks = append(blocks, []string{line[1]})
			}
		case language == "" && strings.Contains(code, "airbyte-agent "):
			blocks = append(blocks, strings.Split(strings.TrimSpace(code), "\n"))
		}
	}
	return blocks
}

// runnable leaves out the lines of notRun, which it marks in left, and those that
// say how a command is used; the rest names what the sandbox has.
func runnable(lines []string, left map[string]bool) []string {
	var list []string
next:
	for _, line := range lines {
		if usage.MatchString(line) {
			continue
		}
		for start := range notRun {
			if strings.HasPrefix(line, start) {
				left[start] = true
				continue next
			}
		}
		list = append(list, standIns.Replace(line))
	}
	return list
}

// isServer tells a line that goes on until it is interrupted.
func isServer(line string) bool {
	return strings.HasPrefix(line, "airbyte-agent sandbox") ||
		strings.HasPrefix(line, "airbyte-agent mcp serve") && strings.Contains(line, "--http")
}

func TestFindBlocks(t *testing.T) {
	t.Parallel()
	const text = "```go\nx\n```\n\nRun `airbyte-agent x` so:\n\n```\nairbyte-agent a\nairbyte-agent b [flags]\n```\n\n```json\n{\"airbyte-agent \": 1}\n```\n\n" +
		"```\ngo test\n```\n\n| `airbyte-agent c > f` | `airbyte-agent d` | `airbyte-agent e \\| x` |\n"
	want := [][]string{{"airbyte-agent a", "airbyte-agent b [flags]"}, {"airbyte-agent c > f"}, {`airbyte-agent e \| x`}}
	got := findBlocks(text)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"airbyte-agent a"}, runnable(got[0], map[string]bool{})); diff != "" {
		t.Errorf("runnable (-want +got):\n%s", diff)
	}
}
