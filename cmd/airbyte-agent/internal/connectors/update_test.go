package connectors_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
)

const page = "https://app.example.test/organizations/org/credentials"

func TestUpdateOffersThePage(t *testing.T) {
	t.Parallel()
	person := app.Terminal{In: true, Err: true}
	tests := []struct {
		name     string
		typed    string
		terminal app.Terminal
		asked    bool
		opened   bool
	}{
		{"yes", "Yes\n", person, true, true},
		{"no", "y\n", person, true, false},
		{"nobody there", "yes\n", app.Terminal{}, false, false},
		{"nobody sees the question", "yes\n", app.Terminal{In: true}, false, false},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := newSession(t, tc.typed, tc.terminal)
			if err := s.run(t.Context(), "update", "--id", "c1"); err != nil {
				t.Fatal(err)
			}
			s.check(t, tc.asked, tc.opened)
		})
	}
}

func (s *session) check(t *testing.T, asked, opened bool) {
	t.Helper()
	var got struct {
		URL    string `json:"url"`
		ID     string `json:"connector_id"`
		Opened bool   `json:"browser_opened"`
	}
	if err := json.Unmarshal(s.out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.URL != page || got.ID != "c1" || got.Opened != opened {
		t.Errorf("got %+v", got)
	}
	if question := strings.Contains(s.err.String(), "Open "+page+" in the browser?"); question != asked {
		t.Errorf("asked %v; standard error: %s", question, s.err.String())
	}
}

func TestUpdateDoesNotWaitForever(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSession(t, "", app.Terminal{In: true, Err: true})
		silent, end := io.Pipe()
		defer func() {
			if err := end.Close(); err != nil {
				t.Error(err)
			}
		}()
		s.app.In = silent
		started := time.Now()
		if err := s.run(t.Context(), "update", "--id", "c1"); err != nil {
			t.Fatal(err)
		}
		s.check(t, true, false)
		if waited := time.Since(started); waited != 10*time.Second {
			t.Errorf("waited %v", waited)
		}
	})
}
