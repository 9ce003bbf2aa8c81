package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func TestServer(t *testing.T) {
	t.Parallel()
	server := pylon(t).Server
	if server == nil {
		t.Fatal("no server")
	}
	checkText(t, "host", server.Variables[0].Description)
	server = &manifest.Server{URL: server.URL, Variables: []manifest.Variable{server.Variables[0]}}
	server.Variables[0].Description = ""
	want := &manifest.Server{URL: "https://{host}", Variables: []manifest.Variable{{
		Name: "host", Default: "api.usepylon.com", Enum: []string{"api.usepylon.com", "api.eu.usepylon.com"},
	}}}
	if diff := cmp.Diff(want, server); diff != "" {
		t.Errorf("server (-want +got):\n%s", diff)
	}
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	schemes := pylon(t).Schemes
	if len(schemes) != 1 {
		t.Fatalf("%d schemes, want 1", len(schemes))
	}
	got := schemes[0]
	if len(got.Fields) != 1 || got.Fields[0].Name != "api_token" {
		t.Fatalf("fields = %v, want api_token", got.Fields)
	}
	checkText(t, "api_token title", got.Fields[0].Title)
	checkText(t, "api_token", got.Fields[0].Description)
	if got.Type != "bearer" || got.OAuth != nil || got.Headers != nil {
		t.Errorf("scheme is %s with OAuth %v and headers %v", got.Type, got.OAuth, got.Headers)
	}
	if diff := cmp.Diff([]string{"api_token"}, got.Required); diff != "" {
		t.Errorf("required (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]manifest.Pair{{Name: "token", Value: "${api_token}"}}, got.Mapping); diff != "" {
		t.Errorf("mapping (-want +got):\n%s", diff)
	}
}

// Pylon says in a header of its own how long to wait.
func TestWaitingTime(t *testing.T) {
	t.Parallel()
	want := manifest.DefaultRetry()
	want.WaitHeader = "X-Retry-After"
	if diff := cmp.Diff(&want, pylon(t).Retry); diff != "" {
		t.Errorf("retry (-want +got):\n%s", diff)
	}
}
