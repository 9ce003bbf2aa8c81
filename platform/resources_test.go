package platform_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/platform"
)

const connectorJSON = `{"id":"con-1","name":"Pylon - default","source_template":{"id":"t1","name":"Pylon","icon":null,` +
	`"source_definition_id":"def-1","tags":["a"],"mode":"DIRECT","supports_context_store":false},` +
	`"replication_config":{"b":1,"a":2},"entities":null,"created_at":"2026-01-02T03:04:05.000006Z"}`

const listJSON = `{"data":[{"id":"con-1","name":"Pylon - default","summarized_source_template":{"id":"t1","name":"Pylon",` +
	`"actor_definition_id":"def-1","connector_name":"pylon","organization_id":null,"icon":null}}]}`

// TestRoutes pins what every call sends, and what it makes of the answer.
func TestRoutes(t *testing.T) {
	t.Parallel()
	create := platform.CreateConnectorRequest{
		WorkspaceName: "default", Name: "Support", ConnectorType: "Pylon",
		Credentials: raw(`{"api_token":"x"}`), Entities: []platform.ConnectorEntity{{Entity: "issues", Modes: []string{"read"}}},
	}
	tests := []struct {
		name, route, answer string
		call                func(context.Context, *platform.Client) (any, error)
	}{
		{"scoped token", "POST /api/v1/account/applications/scoped-token", `{"token":"h.eyJleHAiOjE4MDAwMDAwMDB9.s"}`, func(ctx context.Context, c *platform.Client) (any, error) {
			tok, err := c.ScopedToken(ctx, platform.ScopedTokenRequest{WorkspaceName: "acme", RegionID: "r1"})
			if err == nil {
				tok.ExpiresAt = tok.ExpiresAt.UTC()
			}
			return tok, err
		}},
		{"scoped token info", "GET /api/v1/account/applications/scoped-token/info", `{"organization_id":"o","workspace_id":"w","workspace_name":"acme"}`, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.ScopedTokenInfo(ctx, "scoped")
		}},
		{"workspace", "GET /api/v1/workspaces/{id}", `{"id":"w","name":"default","organization_id":"o","status":"active","cache_enabled":null,"color":null,"visibility":"shared"}`, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Workspace(ctx, "w")
		}},
		{"organizations", "GET /api/v1/internal/account/organizations", `{"organizations":[{"id":"o","organization_name":"Acme","first_workspace_id":"w"}],"is_instance_admin":false}`, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Organizations(ctx)
		}},
		{"organizations, other spelling", "GET /api/v1/internal/account/organizations", `{"data":[{"id":"o","name":"Acme"}]}`, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Organizations(ctx)
		}},
		{"connectors", "GET /api/v1/integrations/connectors", listJSON, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Connectors(ctx, platform.ConnectorQuery{WorkspaceName: "my space", DefinitionID: "def-1"})
		}},
		{"connector", "GET /api/v1/integrations/connectors/{id}", connectorJSON, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Connector(ctx, "con-1")
		}},
		{"create connector", "POST /api/v1/integrations/connectors", connectorJSON, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.CreateConnector(ctx, create)
		}},
		{"update connector", "PUT /api/v1/integrations/connectors/{id}", connectorJSON, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.UpdateConnector(ctx, "con-1", platform.UpdateConnectorRequest{Name: "New"})
		}},
		{"update connector, clearing", "PUT /api/v1/integrations/connectors/{id}", connectorJSON, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.UpdateConnector(ctx, "con-1", platform.UpdateConnectorRequest{ReplicationConfig: raw(`{}`), Entities: []platform.ConnectorEntity{}})
		}},
		{"delete connector", "DELETE /api/v1/integrations/connectors/{id}", `{"job_id":"job-1"}`, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.DeleteConnector(ctx, "con-1")
		}},
		{"delete connector, no body", "DELETE /api/v1/integrations/connectors/{id}", ``, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.DeleteConnector(ctx, "con-1")
		}},
		{"check connector", "POST /api/v1/integrations/connectors/{id}/check", `{"id":null,"status":"failed","error_message":"bad key","failure_reason":{"retryable":false},"entity_check_results":[{"entity":"issues","status":"failed","status_code":null,"error_message":null}]}`, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.CheckConnector(ctx, "con-1")
		}},
		{"check new connector", "POST /api/v1/integrations/connectors/check", `{"status":null}`, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.CheckNewConnector(ctx, create)
		}},
		{"inspect connector", "GET /api/v1/integrations/connectors/{id}/inspect", `{"connector_id":"con-1","name":"n","source_definition_name":null,"docs_skill_id":"connector-source:con-1","warnings":["w",{"code":1}],
			"context_store_readiness":{"supported_context_store_entities":[{"entity":"issues"}],"configured_cache_entities":[{"entity":"issues","status":"ready","ready_for_search":true,"entity_count":null}]}}`, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.InspectConnector(ctx, "con-1")
		}},
		{"skill docs", "GET /api/v1/skills/docs", `{"metadata":{"id":"s","kind":"static","version":3,"provenance":null},"outline":[{"id":"a","title":"A"},{"id":"b","available":false}],"section_id":null,
			"content":[{"type":"heading","text":"T","level":"3"},{"type":"table","headers":["h"],"rows":[["x",1,null]]},{"type":"code","language":"sql","code":"select 1"},{"type":"new","text":{"a":1}}, 7]}`, func(ctx context.Context, c *platform.Client) (any, error) {
			docs, err := c.SkillDocs(ctx, platform.SkillDocsRequest{ID: "connector-source:con 1", Section: "a", WorkspaceID: "w"})
			if err == nil {
				docs.Raw = nil // shown above already
			}
			return docs, err
		}},
	}
	var out strings.Builder
	for _, tc := range tests {
		a := newAPI(t).withToken(900).reply(tc.route, tc.answer)
		got, err := tc.call(t.Context(), a.client(platform.WithOrganization(orgID)))
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		fmt.Fprintf(&out, "# %s\n%s%s\n\n", tc.name, sent(a.calls()[0]), indented(t, got))
	}
	golden.Check(t, "routes.golden", out.String())
}

func sent(s seen) string {
	url := s.Path
	if s.Query != "" {
		url += "?" + s.Query
	}
	return fmt.Sprintf("%s %s\nAuthorization: %s, X-Organization-Id: %s\n%s\n", s.Method, url, s.Header.Get("Authorization"), s.Header.Get("X-Organization-Id"), s.Body)
}

func indented(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRefusedLocally(t *testing.T) {
	t.Parallel()
	create := func(change func(*platform.CreateConnectorRequest)) func(context.Context, *platform.Client) error {
		return func(ctx context.Context, c *platform.Client) error {
			req := platform.CreateConnectorRequest{WorkspaceName: "w", ConnectorType: "Pylon", Credentials: raw(`{}`)}
			change(&req)
			_, err := c.CreateConnector(ctx, req)
			return err
		}
	}
	tests := []struct {
		name string
		call func(context.Context, *platform.Client) error
	}{
		{"no type", create(func(r *platform.CreateConnectorRequest) { r.ConnectorType = "" })},
		{"two types", create(func(r *platform.CreateConnectorRequest) { r.DefinitionID = "d" })},
		{"three types", create(func(r *platform.CreateConnectorRequest) { r.DefinitionID, r.TemplateID = "d", "t" })},
		{"no workspace", create(func(r *platform.CreateConnectorRequest) { r.WorkspaceName = "" })},
		{"no credentials", create(func(r *platform.CreateConnectorRequest) { r.Credentials = nil })},
		{"credentials no object", create(func(r *platform.CreateConnectorRequest) { r.Credentials = raw(`"x"`) })},
		{"config no json", create(func(r *platform.CreateConnectorRequest) { r.ReplicationConfig = raw(`{`) })},
		{"update config", func(ctx context.Context, c *platform.Client) error {
			_, err := c.UpdateConnector(ctx, "c", platform.UpdateConnectorRequest{ReplicationConfig: raw(`[]`)})
			return err
		}},
		{"delete empty id", func(ctx context.Context, c *platform.Client) error { _, err := c.DeleteConnector(ctx, ""); return err }},
		{"delete dots", func(ctx context.Context, c *platform.Client) error { _, err := c.DeleteConnector(ctx, "."); return err }},
		{"get", func(ctx context.Context, c *platform.Client) error { _, err := c.Connector(ctx, ""); return err }},
		{"update", func(ctx context.Context, c *platform.Client) error {
			_, err := c.UpdateConnector(ctx, "", platform.UpdateConnectorRequest{})
			return err
		}},
		{"check", func(ctx context.Context, c *platform.Client) error { _, err := c.CheckConnector(ctx, ""); return err }},
		{"inspect", func(ctx context.Context, c *platform.Client) error { _, err := c.InspectConnector(ctx, ""); return err }},
		{"workspace", func(ctx context.Context, c *platform.Client) error { _, err := c.Workspace(ctx, ""); return err }},
		{"scoped token", func(ctx context.Context, c *platform.Client) error {
			_, err := c.ScopedToken(ctx, platform.ScopedTokenRequest{})
			return err
		}},
		{"scoped token info", func(ctx context.Context, c *platform.Client) error {
			_, err := c.ScopedTokenInfo(ctx, "a\nb")
			return err
		}},
		{"list without workspace", func(ctx context.Context, c *platform.Client) error {
			_, err := c.Connectors(ctx, platform.ConnectorQuery{})
			return err
		}},
		{"skill docs", func(ctx context.Context, c *platform.Client) error {
			_, err := c.SkillDocs(ctx, platform.SkillDocsRequest{})
			return err
		}},
		{"search for nothing", func(ctx context.Context, c *platform.Client) error {
			_, err := c.SearchSkillsPage(ctx, "", platform.SkillQuery{})
			return err
		}},
		{"page size", func(ctx context.Context, c *platform.Client) error {
			_, err := c.WorkspacesPage(ctx, platform.WorkspaceQuery{Limit: 101})
			return err
		}},
		{"download", func(ctx context.Context, c *platform.Client) error {
			_, err := c.Download(ctx, "", platform.ExecuteRequest{})
			return err
		}},
	}
	c := newAPI(t).client() // any request fails the test
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if err := tc.call(t.Context(), c); !errors.Is(err, platform.ErrValidation) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestScopedTokenRefused: the hint must not blame the client's own pair.
func TestScopedTokenRefused(t *testing.T) {
	t.Parallel()
	a := newAPI(t).on("GET /api/v1/account/applications/scoped-token/info", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
	})
	_, err := a.client().ScopedTokenInfo(t.Context(), "expired-token")
	if !errors.Is(err, platform.ErrAuth) || !strings.Contains(err.Error(), "scoped token was refused") {
		t.Errorf("got %v", err)
	}
}

func TestListsOfTheWrongShape(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).
		reply("GET /api/v1/integrations/connectors", `{"items":[]}`).
		reply("GET /api/v1/internal/account/organizations", `{"orgs":[]}`)
	c := a.client(platform.WithRetries(0))
	if _, err := c.Connectors(t.Context(), platform.ConnectorQuery{WorkspaceID: "w"}); !errors.Is(err, platform.ErrUnavailable) {
		t.Errorf("connectors: %v", err)
	}
	if _, err := c.Organizations(t.Context()); !errors.Is(err, platform.ErrUnavailable) {
		t.Errorf("organizations: %v", err)
	}
}

func TestSkillDocsRaw(t *testing.T) {
	t.Parallel()
	const body = `{"metadata":{"id":"s"},"content":[]}`
	a := newAPI(t).withToken(900).reply("GET /api/v1/skills/docs", body)
	docs, err := a.client().SkillDocs(t.Context(), platform.SkillDocsRequest{ID: "s"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(raw(body), docs.Raw); diff != "" {
		t.Error(diff)
	}
}
