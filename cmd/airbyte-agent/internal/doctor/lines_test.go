package doctor_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/doctor"
)

// On a terminal no line is wider than it is, and advice stands below its check.
func TestLinesFitTheTerminal(t *testing.T) {
	t.Parallel()
	_, env := start(t)
	env["AIRBYTE_WORKSPACE"] = "nope"
	const width = 70
	var out bytes.Buffer
	a := &app.App{
		Out: &out, Err: &bytes.Buffer{}, Version: "test",
		Terminal: app.Terminal{Out: true, Width: width},
		Flags:    app.Flags{Format: app.FormatAuto},
	}
	t.Cleanup(a.Close)
	cmd := doctor.New(a, machine{env: env}.system(), time.Now)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(nil)
	if err := cmd.ExecuteContext(t.Context()); err == nil {
		t.Error("a workspace that is not there is no failure")
	}
	for line := range strings.Lines(out.String()) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	want := regexp.MustCompile(`(?m)^✓ settings {6}client id, .*\n {16}.*\n✓ host {10}.*\n(✓ .*\n| {16}.*\n)+✗ workspace {5}there .*\n {16}→ choose one .*\n {18}.*\n- connector`)
	if !want.MatchString(out.String()) {
		t.Errorf("it does not look like %s:\n%s", want, out.String())
	}
}
