package create

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/platform"
)

// api has the routes of making a connector.
type api struct{ client *platform.Client }

// createTimeout is as long as the platform gives a call that waits for the
// connected service.
const createTimeout = 5 * time.Minute

// What the requests do, as failures name it.
const (
	listTypes    = "list connector types"
	readType     = "read the connector type"
	getToken     = "get a widget token"
	beginSession = "begin a session"
	readSession  = "read the session"
	closeSession = "close the session"
)

func (a api) get(ctx context.Context, op string, path ...string) (json.RawMessage, error) {
	return a.client.Do(ctx, platform.Request{Op: op, Method: http.MethodGet, Path: path})
}

// template finds the type by its id, else by its name.
func (a api) template(ctx context.Context, id, name string) (Template, error) {
	if id == "" {
		raw, err := a.get(ctx, listTypes, "integrations", "templates", "sources", "global")
		if err != nil {
			return Template{}, err
		}
		all, err := ParseTemplates(raw)
		if err != nil {
			return Template{}, err
		}
		found, err := FindTemplate(all, name)
		if err != nil {
			return Template{}, err
		}
		id = found.ID
	}
	raw, err := a.get(ctx, readType, "integrations", "templates", "sources", id)
	if err != nil {
		return Template{}, err
	}
	return ParseTemplate(raw)
}

// widgetToken gets what lets the page act in the workspace, which the server
// makes when it does not know the name. A second token does no harm.
func (a api) widgetToken(ctx context.Context, workspace string, webapp *url.URL) (string, error) {
	raw, err := a.client.Do(ctx, platform.Request{
		Op:     getToken,
		Method: http.MethodPost,
		Path:   []string{"account", "applications", "widget-token"},
		Body: envelope.Encode(struct {
			Workspace       string   `json:"workspace_name"`
			Origin          string   `json:"allowed_origin"`
			SourceTags      []string `json:"selected_source_template_tags"`
			SourceTagsMode  string   `json:"selected_source_template_tags_mode"`
			ConnectTags     []string `json:"selected_connection_template_tags"`
			ConnectTagsMode string   `json:"selected_connection_template_tags_mode"`
		}{workspace, webapp.Scheme + "://" + webapp.Host, []string{}, "any", []string{}, "any"}),
		Read: true,
	})
	if err != nil {
		return "", err
	}
	var answer struct {
		Token string `json:"token"`
	}
	if json.Unmarshal(raw, &answer) != nil || answer.Token == "" {
		return "", unreadable(getToken, "the answer holds no token")
	}
	return answer.Token, nil
}

func (a api) beginSession(ctx context.Context, t Template, workspaceID string) (id string, err error) {
	raw, err := a.client.Do(ctx, platform.Request{
		Op:     beginSession,
		Method: http.MethodPost,
		Path:   []string{"internal", "mcp_oauth", "sessions"},
		Body: envelope.Encode(struct {
			Definition string `json:"source_definition_id"`
			Workspace  string `json:"workspace_id"`
			Template   string `json:"source_template_id"`
		}{t.DefinitionID(), workspaceID, t.ID}),
		Read: true, // a session that nobody uses is no harm
	})
	if err != nil {
		return "", err
	}
	var answer struct {
		ID string `json:"session_id"`
	}
	if json.Unmarshal(raw, &answer) != nil || answer.ID == "" {
		return "", unreadable(beginSession, "the answer holds no session_id")
	}
	return answer.ID, nil
}

func (a api) session(ctx context.Context, id string) (Session, error) {
	raw, err := a.get(ctx, readSession, "internal", "mcp_oauth", "sessions", id)
	if err != nil {
		return Session{}, err
	}
	return ParseSession(raw)
}

// endSession tells the server what became of the session.
func (a api) endSession(ctx context.Context, id, connector string) error {
	_, err := a.client.Do(ctx, platform.Request{
		Op:     closeSession,
		Method: http.MethodPatch,
		Path:   []string{"internal", "mcp_oauth", "sessions", id},
		Body: envelope.Encode(struct {
			Source string `json:"source_id"`
		}{connector}),
		Read: true, // saying it twice says the same
	})
	return err
}

// create makes the connector and returns the server's own answer.
func (a api) create(ctx context.Context, req platform.CreateConnectorRequest) (json.RawMessage, error) {
	body, err := envelope.Marshal(req)
	if err != nil {
		return nil, fmt.Errorf("write the request: %w", err)
	}
	return a.client.Do(ctx, platform.Request{
		Op:      "create connector",
		Method:  http.MethodPost,
		Path:    []string{"integrations", "connectors"},
		Body:    body,
		Timeout: createTimeout,
	})
}
