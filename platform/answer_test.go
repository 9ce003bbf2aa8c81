package platform_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/platform"
)

const connectorRoute = "/api/v1/integrations/connectors"

// TestAnswersThatSayNothing: {} and null decode into anything, and are no
// workspace, no page, no connector.
func TestAnswersThatSayNothing(t *testing.T) {
	t.Parallel()
	create := platform.CreateConnectorRequest{WorkspaceName: "w", ConnectorType: "Pylon", Credentials: raw(`{}`)}
	tests := []struct {
		name, route string
		want        error
		call        func(context.Context, *platform.Client) (any, error)
	}{
		{"workspaces", workspacesRoute, platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.WorkspacesPage(ctx, platform.WorkspaceQuery{})
		}},
		{"workspace", "GET /api/v1/workspaces/{id}", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Workspace(ctx, "w")
		}},
		{"organizations", "GET /api/v1/internal/account/organizations", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Organizations(ctx)
		}},
		{"skills", "GET /api/v1/skills", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.SkillsPage(ctx, platform.SkillQuery{})
		}},
		{"skill docs", "GET /api/v1/skills/docs", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.SkillDocs(ctx, platform.SkillDocsRequest{ID: "s"})
		}},
		{"connectors", "GET " + connectorRoute, platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Connectors(ctx, platform.ConnectorQuery{WorkspaceID: "w"})
		}},
		{"connector", "GET " + connectorRoute + "/{id}", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Connector(ctx, "con-1")
		}},
		{"create", "POST " + connectorRoute, platform.ErrUnknownOutcome, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.CreateConnector(ctx, create)
		}},
		{"update", "PUT " + connectorRoute + "/{id}", platform.ErrUnknownOutcome, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.UpdateConnector(ctx, "con-1", platform.UpdateConnectorRequest{Name: "n"})
		}},
		{"check", "POST " + connectorRoute + "/{id}/check", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.CheckConnector(ctx, "con-1")
		}},
		{"check new", "POST " + connectorRoute + "/check", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.CheckNewConnector(ctx, create)
		}},
		{"inspect", "GET " + connectorRoute + "/{id}/inspect", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.InspectConnector(ctx, "con-1")
		}},
		{"scoped token", "POST /api/v1/account/applications/scoped-token", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.ScopedToken(ctx, platform.ScopedTokenRequest{WorkspaceName: "w"})
		}},
		{"scoped token info", "GET /api/v1/account/applications/scoped-token/info", platform.ErrUnavailable, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.ScopedTokenInfo(ctx, "scoped")
		}},
	}
	for _, tc := range tests {
		for _, body := range []string{`{}`, `null`, `{"data":null}`} {
			t.Run(tc.name+" "+body, func(t *testing.T) {
				t.Parallel()
				a := newAPI(t).withToken(900).reply(tc.route, body)
				got, err := tc.call(t.Context(), a.client())
				if !errors.Is(err, tc.want) || !strings.Contains(err.Error(), "unreadable answer") {
					t.Errorf("got %+v, %v", got, err)
				}
				if sent := len(a.calls()); sent != 1 {
					t.Errorf("sent %d times", sent)
				}
			})
		}
	}
}

func TestEmptyLists(t *testing.T) {
	t.Parallel()
	c := newAPI(t).withToken(900).reply(workspacesRoute, `{"data":[]}`).reply("GET /api/v1/skills", `{"data":[null]}`).client()
	if page, err := c.WorkspacesPage(t.Context(), platform.WorkspaceQuery{}); err != nil || len(page.Items) != 0 {
		t.Errorf("workspaces: %v, %v", page, err)
	}
	if page, err := c.SkillsPage(t.Context(), platform.SkillQuery{}); err != nil || len(page.Items) != 0 {
		t.Errorf("skills: %v, %v", page, err)
	}
}

// TestOddRows: one odd row must not cost the others.
func TestOddRows(t *testing.T) {
	t.Parallel()
	c := newAPI(t).withToken(900).reply("GET "+connectorRoute, `{"data":[null,
		{"id":7,"name":12345678901234567890,"summarized_source_template":{"id":1,"name":2,"connector_name":3,"tags":["a",4,null],"icon":5},"created_at":1800000000},
		{"id":"con-1","name":"Pylon","summarized_source_template":null}, null]}`).client()
	got, err := c.Connectors(t.Context(), platform.ConnectorQuery{WorkspaceID: "w"})
	if err != nil {
		t.Fatal(err)
	}
	want := []platform.Connector{
		{
			ID: "7", Name: "12345678901234567890", CreatedAt: "1800000000",
			Template: platform.Template{ID: "1", Name: "2", ConnectorName: "3", Tags: []string{"a", "4", ""}, Icon: "5"},
		},
		{ID: "con-1", Name: "Pylon"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
