package connector_test

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// TestHostedModeNamesTheOther holds that a call which only open source mode has
// says so: the typed connector compiles it in both.
func TestHostedModeNamesTheOther(t *testing.T) {
	t.Parallel()
	conn := connect(t, sandbox.Test(t))
	tests := map[string]struct {
		entity, action string
		params         connector.Params
		kind           error
	}{
		"entity":    {"macros", "list", nil, connector.ErrUnsupported},
		"action":    {"issues", "api_search", nil, connector.ErrUnsupported},
		"parameter": {"issues", "update", connector.Params{"id": "1042", "requester_id": "x"}, connector.ErrValidation},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := conn.Execute(t.Context(), test.entity, test.action, test.params)
			if !errors.Is(err, test.kind) || !strings.Contains(err.Error(), "only open source mode has it") {
				t.Errorf("error = %v", err)
			}
		})
	}
}

// TestWrongOptionValues holds that a value which makes no sense is refused in
// both modes alike: an empty address must not lead to the real service.
func TestWrongOptionValues(t *testing.T) {
	t.Parallel()
	m, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("no manifest")
	}
	tests := map[string]connector.Option{
		"WithBaseURL":            connector.WithBaseURL(" "),
		"WithHTTPClient":         connector.WithHTTPClient((*http.Client)(nil)),
		"WithLogger":             connector.WithLogger((*slog.Logger)(nil)),
		"WithRetries":            connector.WithRetries(-1),
		"WithMaxResponseBytes":   connector.WithMaxResponseBytes(0),
		"WithBaseURL: plain":     connector.WithBaseURL("http://pylon.test"),
		"WithBaseURL: no scheme": connector.WithBaseURL("pylon.test"),
	}
	for name, option := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, direct := connector.Open(m, connector.Credentials{"api_token": "s3cret"}, option)
			_, hosted := connector.Connect(t.Context(), "pylon", "default", connector.WithCredentials("id", "secret"), option)
			for mode, err := range map[string]error{"open source": direct, "hosted": hosted} {
				if !errors.Is(err, connector.ErrConfig) {
					t.Errorf("%s mode: error = %v", mode, err)
				}
			}
		})
	}
}
