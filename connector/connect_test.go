package connector_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestConnectFindsByAnyName(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	for _, name := range []string{"pylon", "Pylon", "PYLON", " pylon ", "Pylon - default"} {
		conn, err := connector.Connect(t.Context(), name, sandbox.Workspace, options(box)...)
		if err != nil {
			t.Errorf("Connect(%q): %v", name, err)
			continue
		}
		if conn.Name() != "pylon" || conn.ID() != sandbox.ConnectorID || len(conn.Entities()) != 21 {
			t.Errorf("Connect(%q) = %s, %s with %d entities", name, conn.Name(), conn.ID(), len(conn.Entities()))
		}
	}
}

func TestConnectFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name            string
		box             []sandbox.Option
		fault           *sandbox.Fault
		connector       string
		workspace       string
		id, secret      string
		opts            []connector.Option
		kind            connector.Kind
		sentinel        error
		status          int
		holds           []string
		didYouMean      string
		tokenRouteUsage int
	}{
		{
			name: "unknown connector", connector: "pilon", kind: connector.KindNotFound, sentinel: connector.ErrNotFound,
			holds: []string{"no connector of that name", `"Pylon - default"`, sandbox.ConnectorID},
		},
		{
			name: "ambiguous connector", box: []sandbox.Option{sandbox.WithExtraConnectors(1)}, kind: connector.KindAmbiguous,
			sentinel: connector.ErrAmbiguous, holds: []string{"2 connectors match", "WithConnectorID", sandbox.ConnectorID},
		},
		{
			name: "unknown workspace", workspace: "defaultt", kind: connector.KindNotFound, sentinel: connector.ErrNotFound,
			holds: []string{"no such workspace", "default"}, didYouMean: "default",
		},
		{
			name: "empty workspace", box: []sandbox.Option{sandbox.WithExtraWorkspaces(1)}, workspace: "workspace-1",
			kind: connector.KindNotFound, sentinel: connector.ErrNotFound, holds: []string{"has no connectors", "CreateConnector"},
		},
		{
			name: "empty workspace among many", box: []sandbox.Option{sandbox.WithExtraWorkspaces(150)}, workspace: "workspace-149",
			kind: connector.KindNotFound, sentinel: connector.ErrNotFound, holds: []string{"has no connectors"},
		},
		{name: "half a pair", id: "only-an-id", kind: connector.KindConfig, sentinel: connector.ErrConfig, holds: []string{"client secret"}},
		{name: "the other half", secret: "only-a-secret", kind: connector.KindConfig, sentinel: connector.ErrConfig, holds: []string{"client id"}},
		{
			name: "wrong secret, 401", id: sandbox.ClientID, secret: "canary-secret", kind: connector.KindAuth,
			sentinel: connector.ErrAuth, status: http.StatusUnauthorized, holds: []string{"client"},
		},
		{
			name: "wrong secret, 403", box: []sandbox.Option{sandbox.WithTokenRefusal(403)}, id: sandbox.ClientID, secret: "canary-secret",
			kind: connector.KindAuth, sentinel: connector.ErrAuth, status: http.StatusForbidden, holds: []string{"client"},
		},
		{
			name: "wrong secret, 500", box: []sandbox.Option{sandbox.WithTokenRefusal(500)}, id: sandbox.ClientID, secret: "canary-secret",
			kind: connector.KindAuth, sentinel: connector.ErrAuth, status: http.StatusInternalServerError, holds: []string{"client"},
		},
		{
			name: "several organizations", box: []sandbox.Option{sandbox.WithOrganizations(2)},
			sentinel: connector.ErrValidation, kind: connector.KindConfig, status: http.StatusBadRequest, holds: []string{"AIRBYTE_ORGANIZATION_ID"},
		},
		{name: "html error page", fault: &sandbox.Fault{Route: sandbox.RouteConnectors, Times: -1, Status: 502, Body: "<html><body>Bad gateway</body></html>"}, kind: connector.KindUnavailable, sentinel: connector.ErrUnavailable, status: 502, holds: []string{"Bad gateway"}},
		{name: "list that is no list", fault: &sandbox.Fault{Route: sandbox.RouteConnectors, Times: -1, Status: 200, Body: "{}"}, kind: connector.KindUnavailable, sentinel: connector.ErrUnavailable, status: 200},
		{name: "bad option", opts: []connector.Option{connector.WithConnectorID("")}, kind: connector.KindConfig, sentinel: connector.ErrConfig, holds: []string{"WithConnectorID: the id is empty"}},
		{name: "bad retries", opts: []connector.Option{connector.WithRetries(-1)}, kind: connector.KindConfig, sentinel: connector.ErrConfig, holds: []string{"retries"}},
		{name: "empty name", connector: " ", kind: connector.KindConfig, sentinel: connector.ErrConfig, holds: []string{"name is empty"}},
		{name: "misspelt type", connector: "pylno", kind: connector.KindNotFound, sentinel: connector.ErrNotFound, didYouMean: "Pylon", holds: []string{`did you mean "Pylon"?`}},
		{name: "workspace in the wrong case", workspace: "Default", kind: connector.KindNotFound, sentinel: connector.ErrNotFound, didYouMean: "default", holds: []string{"no such workspace"}},
		{name: "malformed organization", opts: []connector.Option{connector.WithOrganization("foo")}, kind: connector.KindConfig, sentinel: connector.ErrValidation, status: 422, holds: []string{"WithOrganization"}},
		{name: "bad url", opts: []connector.Option{connector.WithBaseURL("ftp://x")}, kind: connector.KindConfig, sentinel: connector.ErrConfig},
		{name: "nil client", opts: []connector.Option{connector.WithHTTPClient(nil)}, kind: connector.KindConfig, sentinel: connector.ErrConfig},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t, tt.box...)
			if tt.fault != nil {
				box.Inject(*tt.fault)
			}
			opts := options(box)
			if tt.id+tt.secret != "" {
				opts = append(opts, connector.WithCredentials(tt.id, tt.secret))
			}
			_, err := connector.Connect(t.Context(), or(tt.connector, "pylon"), or(tt.workspace, sandbox.Workspace), append(opts, tt.opts...)...)
			var ce *connector.Error
			if !errors.As(err, &ce) || !errors.Is(err, tt.sentinel) {
				t.Fatalf("Connect = %v, want a *connector.Error that matches %v", err, tt.sentinel)
			}
			if ce.Kind != tt.kind || ce.Status != tt.status || (tt.didYouMean != "" && ce.DidYouMean != tt.didYouMean) {
				t.Errorf("kind %q, status %d, did you mean %q; want %q, %d, %q", ce.Kind, ce.Status, ce.DidYouMean, tt.kind, tt.status, tt.didYouMean)
			}
			for _, part := range tt.holds {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error lacks %q: %v", part, err)
				}
			}
			for _, secret := range []string{sandbox.ClientSecret, "canary-secret", "only-a-secret"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("error holds a secret: %v", err)
				}
			}
		})
	}
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// TestConnectReadsTheEnvironment cannot be parallel: the environment is the
// process's.
func TestConnectReadsTheEnvironment(t *testing.T) {
	box := sandbox.Test(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	for _, key := range []string{"AIRBYTE_CLIENT_ID", "AIRBYTE_CLIENT_SECRET", "AIRBYTE_ORGANIZATION_ID", "AIRBYTE_WORKSPACE"} {
		t.Setenv(key, "")
	}
	t.Setenv("AIRBYTE_API_HOST", box.PlatformURL())

	if _, err := connector.Connect(t.Context(), "pylon", ""); !errors.Is(err, connector.ErrConfig) ||
		!strings.Contains(err.Error(), "AIRBYTE_CLIENT_ID") {
		t.Errorf("without credentials Connect = %v, want ErrConfig that names the variables", err)
	}

	t.Setenv("AIRBYTE_CLIENT_ID", sandbox.ClientID)
	if _, err := connector.Connect(t.Context(), "pylon", ""); !errors.Is(err, connector.ErrConfig) ||
		!strings.Contains(err.Error(), "AIRBYTE_CLIENT_SECRET is missing") {
		t.Errorf("with half a pair Connect = %v, want ErrConfig that names the other half", err)
	}

	t.Setenv("AIRBYTE_CLIENT_SECRET", sandbox.ClientSecret)
	if _, err := connector.Connect(t.Context(), "pylon", ""); err != nil {
		t.Errorf("with the pair: %v", err)
	}

	t.Setenv("AIRBYTE_CLIENT_ID", "")
	t.Setenv("AIRBYTE_CLIENT_SECRET", "")
	settings := `{"settings":{"credentials":{"client_id":"` + sandbox.ClientID + `","client_secret":"` + sandbox.ClientSecret +
		`"},"organization_id":"` + sandbox.OrganizationID + `","workspace":"default"}}`
	if err := os.MkdirAll(filepath.Join(home, ".airbyte-agent"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, ".airbyte-agent", "settings.json"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := connector.Connect(t.Context(), "pylon", ""); err != nil {
		t.Errorf("with the settings file: %v", err)
	}
}

func TestConnectByIDDoesNoIO(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	conn := connect(t, box, connector.WithConnectorID(sandbox.ConnectorID))
	if n := len(box.Requests()); n != 0 {
		t.Errorf("%d requests were sent, want none", n)
	}
	if _, err := conn.Execute(t.Context(), "me", "get", nil); err != nil {
		t.Error(err)
	}
}

// TestForeignConnector holds that a connector without a manifest can be called,
// and says what the platform says of it.
func TestForeignConnector(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteConnectors, Body: `{"data":[{"id":"` + sandbox.ConnectorID +
		`","name":"My Desk","summarized_source_template":{"name":"Other Desk","connector_name":"other-desk"}}]}`})
	conn, err := connector.Connect(t.Context(), "other desk", sandbox.Workspace, options(box)...)
	if err != nil {
		t.Fatal(err)
	}
	if conn.Name() != "other-desk" || len(conn.Entities()) != 0 {
		t.Errorf("name %q with %d entities, want other-desk with none known", conn.Name(), len(conn.Entities()))
	}
	if !strings.Contains(conn.Guide(), "issues") {
		t.Errorf("the guide does not tell what the connector offers: %q", conn.Guide())
	}
	if _, err := conn.Execute(t.Context(), "issues", "get", connector.Params{"id": "1001"}); err != nil {
		t.Errorf("a call is passed on: %v", err)
	}
	if _, err := conn.Execute(t.Context(), "no_such_thing", "get", nil); err == nil {
		t.Error("the service's refusal was lost")
	}
}

// TestConnectByIDReadsNoSettings holds that what is not needed cannot fail.
func TestConnectByIDReadsNoSettings(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if err := os.MkdirAll(filepath.Join(home, ".airbyte-agent"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, ".airbyte-agent", "settings.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := connector.Connect(t.Context(), "pylon", "", connector.WithConnectorID("id"), connector.WithCredentials("id", "secret"))
	if err != nil {
		t.Error(err)
	}
}

func TestConnectCancelled(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := connector.Connect(ctx, "pylon", sandbox.Workspace, options(box)...)
	var ce *connector.Error
	if !errors.As(err, &ce) || !errors.Is(err, context.Canceled) || ce.Kind != connector.KindCanceled {
		t.Errorf("Connect = %v, want a *connector.Error of kind canceled", err)
	}
}
