package markdown_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/internal/markdown"
)

func TestText(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, got, want string }{
		{"markup", markdown.Plain("<p> `<p>` *a* [b]"), "&lt;p> `<p>` \\*a\\* \\[b]"},
		{"cell", markdown.Cell("a|b\n  c"), `a\|b c`},
		{"anchor of words", markdown.Anchor("mcp serve"), "mcp-serve"},
		{"anchor of an operation", markdown.Anchor("issues.api_search"), "issuesapi_search"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}
