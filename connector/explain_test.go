package connector_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// TestRefusedFilterNamesItsFields holds that a filter which the service turns
// down comes back with what that search takes: the fields differ by endpoint.
func TestRefusedFilterNamesItsFields(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	m, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("no manifest")
	}
	conn, err := connector.Open(m, connector.Credentials{"api_token": sandbox.PylonToken}, connector.WithBaseURL(box.PylonURL()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	_, err = conn.Execute(t.Context(), "users", "api_search", connector.Params{
		"filter": map[string]any{"field": "surname", "operator": "equals", "value": "Ada"},
	})
	var e *connector.Error
	if !errors.As(err, &e) || e.Kind != connector.KindValidation || e.Status != 400 {
		t.Fatalf("error = %v", err)
	}
	if !strings.Contains(e.Hint, "Fields: email (equals, in, not_in)") || !strings.HasPrefix(e.Signature, "users.api_search(") {
		t.Errorf("hint = %q, signature = %q", e.Hint, e.Signature)
	}
	// A call without an object needs no such rules.
	_, err = conn.Execute(t.Context(), "accounts", "list", connector.Params{"cursor": "none of ours"})
	if !errors.As(err, &e) || e.Status != 400 || e.Hint != "" {
		t.Errorf("error = %v", err)
	}
}
