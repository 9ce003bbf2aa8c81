package pylon_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func hosted(t *testing.T, box *sandbox.Sandbox) *pylon.Connector {
	t.Helper()
	conn, err := pylon.Connect(t.Context(), sandbox.Workspace,
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithRetries(0),
	)
	return opened(t, conn, err)
}

func direct(t *testing.T, baseURL string) *pylon.Connector {
	t.Helper()
	conn, err := pylon.Open(pylon.Auth{APIToken: sandbox.PylonToken}, connector.WithBaseURL(baseURL), connector.WithRetries(0))
	return opened(t, conn, err)
}

func opened(t *testing.T, conn *pylon.Connector, err error) *pylon.Connector {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

// answering is a connector to a service that gives the same answer to every
// request of one path.
func answering(t *testing.T, path, body string) *pylon.Connector {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != path {
			t.Errorf("unexpected %s %s", r.Method, r.URL.Path)
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if _, err := io.WriteString(w, body); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	return direct(t, server.URL)
}
