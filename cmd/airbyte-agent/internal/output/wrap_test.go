package output_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		width      int
		want       []string
	}{
		{"nothing", "", 10, []string{""}},
		{"any width", "a  b\nc", 0, []string{"a b c"}},
		{"full lines", "ab cd ef", 5, []string{"ab cd", "ef"}},
		{"a word too long", "a https://x.test/y b", 5, []string{"a", "https://x.test/y", "b"}},
		{"wide characters", "日本 日本", 6, []string{"日本", "日本"}},
		{"a terminal is not driven", "a\x1b[2J", 0, []string{"a\ufffd[2J"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, output.Wrap(tt.text, tt.width)); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}
