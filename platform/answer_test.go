package platform_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/platform"
)

const connectorRoute = "/api/v1/integrations/connectors"

// answered is a method whose answer is decoded.
type answered struct {
	name, route string
	want        error // for an answer that is none
	call        func(context.Context, *platform.Client) (any, error)
}

func everyAnswer() []answered {
	create := platform.CreateConnectorRequest{WorkspaceName: "w", ConnectorType: "Pylon", Credentials: raw(`{}`)}
	return []answered{
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
}

// TestAnswersThatSayNothing: {} and null decode into anything, and are no
// workspace, no page, no connector.
func TestAnswersThatSayNothing(t *testing.T) {
	t.Parallel()
	for _, tc := range everyAnswer() {
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

// TestAnswersOfTheWrongShape: what is wrong is said in the words of JSON.
func TestAnswersOfTheWrongShape(t *testing.T) {
	t.Parallel()
	shapes := []string{
		`[]`, `"x"`, `7.5`, `true`, `{"data":{}}`, `{"data":[[]]}`, `{"data":[{"id":{}}]}`, `{"data":[{"tags":{},"id":"1"}]}`,
		`{"organizations":7}`, `{"id":[]}`, `{"status":{}}`, `{"token":7}`, `{"content":{}}`, `{"connector_id":true}`, `{"workspace_id":7}`,
		`{"status":"x","entity_check_results":[{"status_code":1.5}]}`, `{"data":`,
	}
	loose := []answered{
		{"delete", "DELETE " + connectorRoute + "/{id}", nil, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.DeleteConnector(ctx, "con-1")
		}},
		{"execute", executeRoute, nil, func(ctx context.Context, c *platform.Client) (any, error) {
			return c.Execute(ctx, "con-1", platform.ExecuteRequest{Entity: "e", Action: "list"})
		}},
	}
	for _, tc := range append(everyAnswer(), loose...) {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			answer := make(chan string, 1)
			c := newAPI(t).withToken(900).on(tc.route, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, <-answer) }).client()
			for _, shape := range shapes {
				answer <- shape
				_, err := tc.call(t.Context(), c)
				if err == nil {
					continue // what is not looked at may be of any shape
				}
				for _, word := range []string{"json: ", "Go ", "github.com", "platform.", "struct"} {
					if strings.Contains(err.Error(), word) {
						t.Errorf("%s: %v", shape, err)
					}
				}
			}
		})
	}
}

func TestWordsForAWrongShape(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, says string }{
		{"whole", `[]`, "unreadable answer: it has a list in the place of an object"},
		{"member", `{"data":[{"name":7}]}`, "unreadable answer: data.name must be a text, not a number"},
		{"flag", `{"data":[{"tombstone":"x"}]}`, "unreadable answer: data.tombstone must be true or false, not a text"},
		{"list", `{"data":{}}`, "unreadable answer: data must be a list, not an object"},
		{"cut text", `{"data":["`, "unreadable answer: not valid json at byte 10"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := newAPI(t).withToken(900).reply(workspacesRoute, tc.body).client()
			_, err := c.WorkspacesPage(t.Context(), platform.WorkspaceQuery{})
			if err == nil || !strings.Contains(err.Error(), "list workspaces: "+tc.says) {
				t.Errorf("got %v", err)
			}
		})
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
