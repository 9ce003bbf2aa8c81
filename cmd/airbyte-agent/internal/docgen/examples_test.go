package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/root"
)

// TestCommandLinesAreRight holds every command line of the manual, examples of
// the commands included, against the tree: the command exists, and takes the
// flags and words that it is shown with.
func TestCommandLinesAreRight(t *testing.T) {
	t.Parallel()
	lines := commandLines(manual(t))
	if len(lines) < 10 {
		t.Errorf("found %d command lines: %q", len(lines), lines)
	}
	for _, line := range lines {
		// A tree parses once: its flags keep their values.
		tree := root.New(&app.App{})
		tree.InitDefaultCompletionCmd()
		words := shellWords(line)
		c, rest, err := tree.Find(words)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if slices.Contains(rest, "[flags]") || strings.Contains(line, "<resource>") {
			continue // a line that says how to use it
		}
		if err := c.ParseFlags(rest); err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if err := wordsFit(c); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

func wordsFit(c *cobra.Command) error {
	if !c.HasParent() || c.Name() == "completion" {
		return nil
	}
	return c.ValidateArgs(c.Flags().Args())
}

// commandLines are what stands behind airbyte-agent in the code of a document,
// with lines that end in a backslash joined.
func commandLines(text string) []string {
	var lines []string
	code := false
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\\\n", " "), "\n") {
		if strings.HasPrefix(line, "```") {
			code = !code
			continue
		}
		if code {
			if _, rest, ok := strings.Cut(line, "airbyte-agent "); ok && !strings.Contains(line, "go install") {
				lines = append(lines, rest)
			}
			continue
		}
		for i, span := range strings.Split(line, "`") {
			if rest, ok := strings.CutPrefix(span, "airbyte-agent "); ok && i%2 == 1 {
				lines = append(lines, rest)
			}
		}
	}
	return lines
}

// shellWords splits a command line as a shell does, up to where it is redirected
// or piped.
func shellWords(line string) []string {
	var words []string
	var word strings.Builder
	started, quote := false, rune(0)
	end := func() {
		if started {
			words = append(words, word.String())
		}
		word.Reset()
		started = false
	}
	for _, r := range line {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
				continue
			}
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, started = r, true
		case r == ' ':
			end()
		default:
			word.WriteRune(r)
			started = true
		}
	}
	end()
	if i := slices.IndexFunc(words, func(w string) bool { return strings.Trim(w, `<>|&#\`) == "" && w != "" }); i >= 0 {
		words = words[:i]
	}
	return words
}

func TestCommandLineReader(t *testing.T) {
	t.Parallel()
	text := "Run `airbyte-agent version` now.\n\n```\nX=1 airbyte-agent a \\\n  --json '{\"b\": 1}' > out\ngo install airbyte-agent x\n```\n"
	got := commandLines(text)
	want := []string{"version", "a    --json '{\"b\": 1}' > out"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", "--json", `{"b": 1}`}, shellWords(got[1])); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}
