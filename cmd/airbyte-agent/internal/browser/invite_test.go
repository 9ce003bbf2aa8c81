package browser_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/browser"
)

func TestInvite(t *testing.T) {
	t.Parallel()
	notice := struct {
		URL string `json:"url"`
	}{"https://a.example/?b=1&c=2"}
	tests := []struct {
		name     string
		terminal bool
		want     string
	}{
		{"person", true, "Open this page:\nhttps://a.example/?b=1&c=2\n"},
		{"program", false, `{"url":"https://a.example/?b=1&c=2"}` + "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			if err := browser.Invite(&out, tt.terminal, "Open this page", notice.URL, notice); err != nil || out.String() != tt.want {
				t.Errorf("got %q, %v, want %q", out.String(), err, tt.want)
			}
		})
	}
}

type closed struct{}

var errClosed = errors.New("closed")

func (closed) Write([]byte) (int, error) { return 0, errClosed }

func TestInviteThatNobodyGets(t *testing.T) {
	t.Parallel()
	if err := browser.Invite(closed{}, true, "Open this page", "https://a.example", nil); !errors.Is(err, errClosed) {
		t.Errorf("got %v", err)
	}
	if err := browser.Invite(&strings.Builder{}, false, "Open this page", "https://a.example", func() {}); err == nil {
		t.Error("a notice that is no JSON is written")
	}
}
