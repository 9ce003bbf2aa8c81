package sandboxcmd_test

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/sandboxcmd"
)

// ready writes, and ends the context once something was written: by then the
// sandbox serves.
type ready struct {
	io.Writer
	stop context.CancelFunc
}

func (r ready) Write(p []byte) (int, error) {
	defer r.stop()
	return r.Writer.Write(p)
}

func TestLinesOfShells(t *testing.T) {
	t.Parallel()
	tests := []struct {
		shell, line string // what each line is like
		want        int
	}{
		{"sh", `^export [A-Z_]+=[^' ]+$`, 12},
		{"fish", `^set -gx [A-Z_]+ [^' ]+$`, 12},
		{"powershell", `^\$env:[A-Z_]+ = '[^']+'$`, 12},
	}
	for _, tt := range tests {
		t.Run(tt.shell, func(t *testing.T) {
			t.Parallel()
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			var out, errs bytes.Buffer
			a := &app.App{Out: ready{&out, stop}, Err: &errs}
			cmd := sandboxcmd.Command(a)
			cmd.SetArgs([]string{"--shell", tt.shell})
			if err := cmd.ExecuteContext(ctx); err != nil {
				t.Fatal(err)
			}
			line, n := regexp.MustCompile(tt.line), 0
			for text := range strings.Lines(out.String()) {
				if n++; !line.MatchString(strings.TrimSpace(text)) {
					t.Errorf("line %q does not match %s", text, line)
				}
			}
			if n != tt.want {
				t.Errorf("%d lines, want %d", n, tt.want)
			}
			if !strings.HasPrefix(errs.String(), "This is a simulator") {
				t.Errorf("standard error begins with %q", errs.String())
			}
		})
	}
}
