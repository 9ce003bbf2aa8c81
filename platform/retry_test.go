package platform_test

import (
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/agentsdk-go/airbyte/platform"
)

// failFirst answers with status to the first n calls, then succeeds.
func failFirst(n int32, status int) http.HandlerFunc {
	var calls atomic.Int32
	return func(w http.ResponseWriter, _ *http.Request) {
		if calls.Add(1) <= n {
			w.WriteHeader(status)
			return
		}
		fmt.Fprint(w, success)
	}
}

func TestRetriesThatHelp(t *testing.T) {
	t.Parallel()
	tests := []struct {
		action   string
		status   int
		failures int32
		retries  int
		ok       bool
		sent     int
	}{
		{"list", 503, 2, 2, true, 3},
		{"list", 503, 3, 2, false, 3},
		{"list", 502, 4, 4, true, 5},
		{"list", 503, 1, 0, false, 1},
		{"get", 429, 1, 0, false, 1},
		{"create", 429, 2, 2, true, 3},
		{"create", 503, 1, 2, false, 1},
	}
	for _, tc := range tests {
		t.Run(fmt.Sprintf("%s %d, %d failures, %d retries", tc.action, tc.status, tc.failures, tc.retries), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAPI(t).withToken(900).on(executeRoute, failFirst(tc.failures, tc.status))
				c := a.inMemory(platform.WithRetries(tc.retries))
				_, err := c.Execute(t.Context(), "con-1", platform.ExecuteRequest{Action: tc.action})
				if (err == nil) != tc.ok {
					t.Errorf("got %v", err)
				}
				if got := len(a.calls()); got != tc.sent {
					t.Errorf("sent %d times, want %d", got, tc.sent)
				}
			})
		})
	}
}

// TestWritesOfTheAPI: the calls that change something are not repeated.
func TestWritesOfTheAPI(t *testing.T) {
	t.Parallel()
	fail := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }
	a := newAPI(t).withToken(900).
		on("POST /api/v1/integrations/connectors", fail).
		on("PUT /api/v1/integrations/connectors/{id}", fail).
		on("DELETE /api/v1/integrations/connectors/{id}", fail)
	c := a.client()
	_, created := c.CreateConnector(t.Context(), platform.CreateConnectorRequest{WorkspaceName: "w", TemplateID: "t", Credentials: raw(`{}`)})
	_, updated := c.UpdateConnector(t.Context(), "con-1", platform.UpdateConnectorRequest{Name: "n"})
	_, deleted := c.DeleteConnector(t.Context(), "con-1")
	for name, err := range map[string]error{"create": created, "update": updated, "delete": deleted} {
		if !errors.Is(err, platform.ErrUnknownOutcome) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if got := len(a.calls()); got != 3 {
		t.Errorf("%d requests, want 3", got)
	}
}
