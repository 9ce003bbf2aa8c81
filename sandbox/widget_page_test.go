package sandbox_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox"
)

const (
	sessionPath = "/api/v1/internal/mcp_oauth/sessions"
	widgetPath  = "/api/v1/account/applications/widget-token"
)

// templateID returns the id of Pylon's template.
func (c *client) templateID() string {
	c.t.Helper()
	return c.get(templatePath + "/global").get("data.0.id").String()
}

func (c *client) beginSession() string {
	c.t.Helper()
	got := c.post(sessionPath, `{"source_definition_id":"`+sandbox.PylonDefinitionID+
		`","workspace_id":"`+sandbox.WorkspaceID+`","source_template_id":"`+c.templateID()+`"}`)
	c.want(got, http.StatusOK)
	return got.get("session_id").String()
}

// widgetQuery is a complete address of the widget's page, without its base.
func (c *client) widgetQuery(session string) url.Values {
	c.t.Helper()
	got := c.post(widgetPath, `{"workspace_name":"default","allowed_origin":"https://app.example"}`)
	c.want(got, http.StatusOK)
	return url.Values{
		"widget_token":       {got.get("token").String()},
		"session":            {session},
		"selectedTemplateId": {c.templateID()},
		"showEntityPicker":   {"true"},
	}
}

func TestWidgetOutcomes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		opts    []sandbox.Option
		status  string
		payload string
		source  bool
	}{
		{"completes", nil, "completed", `{"api_token":"` + sandbox.PylonToken + `"}`, false},
		{"creates", []sandbox.Option{sandbox.WithWidget(sandbox.WidgetCreates)}, "completed", "null", true},
		{"fails", []sandbox.Option{sandbox.WithWidget(sandbox.WidgetFails)}, "failed", "null", false},
		{"errs", []sandbox.Option{sandbox.WithWidget(sandbox.WidgetErrs)}, "error", "null", false},
		{"waits", []sandbox.Option{sandbox.WithWidget(sandbox.WidgetWaits)}, "pending", "null", false},
		{"refuses", []sandbox.Option{sandbox.WithWidget(sandbox.WidgetRefuses)}, "completed", `{"api_token":"` + sandbox.RefusedAPIToken + `"}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box, c := connect(t, tt.opts...)
			id := c.beginSession()
			if before := c.get(sessionPath + "/" + id); before.get("status").String() != "pending" || before.get("source_id").Raw != "null" {
				t.Fatalf("a new session is %s", before.body)
			}
			shown := visit(t, box.WebappURL()+"/widget-bridge?"+c.widgetQuery(id).Encode())
			if shown.status != http.StatusOK || !strings.Contains(shown.body, "simulator") || !strings.HasPrefix(shown.header.Get("Content-Type"), "text/html") {
				t.Errorf("the page is %d %s", shown.status, shown.body)
			}
			got := c.get(sessionPath + "/" + id)
			c.want(got, http.StatusOK)
			failed := tt.status == "failed" || tt.status == "error"
			if got.get("status").String() != tt.status || got.get("auth_payload").Raw != tt.payload || (got.get("error").String() != "") != failed {
				t.Errorf("the session is %s", got.body)
			}
			source := got.get("source_id").String()
			if (source != "") != tt.source {
				t.Errorf("source_id %q", source)
			}
			if tt.source {
				c.want(c.get(connectorPath+"/"+source), http.StatusOK)
			}
		})
	}
}

func TestWidgetPageRefuses(t *testing.T) {
	t.Parallel()
	box, c := connect(t, sandbox.WithExtraWorkspaces(1))
	id := c.beginSession()
	elsewhere := c.post(widgetPath, `{"workspace_name":"workspace-1","allowed_origin":"x"}`).get("token").String()
	tests := []struct {
		name, key, value string
		status           int
	}{
		{"no token", "widget_token", "", 401},
		{"other base64", "widget_token", "e30=", 401},
		{"base64 of no JSON", "widget_token", "eA==", 401},
		{"bare token", "widget_token", c.token, 401},
		{"token of another workspace", "widget_token", elsewhere, 404},
		{"no session", "session", "", 404},
		{"unknown session", "session", unknownID, 404},
		{"other template", "selectedTemplateId", unknownID, 400},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			query := c.widgetQuery(id)
			query.Set(tt.key, tt.value)
			if got := visit(t, box.WebappURL()+"/widget-bridge?"+query.Encode()); got.status != tt.status || !strings.Contains(got.body, "simulator") {
				t.Errorf("the page is %d %s", got.status, got.body)
			}
			if got := c.get(sessionPath + "/" + id); got.get("status").String() != "pending" {
				t.Errorf("the session is %s", got.body)
			}
		})
	}
}

func TestSessionRefusals(t *testing.T) {
	t.Parallel()
	_, c := connect(t, sandbox.WithOrganizations(2))
	c.org = sandbox.OrganizationID
	id := c.beginSession()
	ids := func(definition, workspace, template string) string {
		return `{"source_definition_id":"` + definition + `","workspace_id":"` + workspace + `","source_template_id":"` + template + `"}`
	}
	c.wantError(c.post(sessionPath, `{}`), 422, "source_template_id")
	c.wantError(c.post(sessionPath, ids("x", sandbox.WorkspaceID, unknownID)), 422, "UUID")
	c.wantError(c.post(sessionPath, ids(unknownID, sandbox.WorkspaceID, unknownID)), 404, "Pylon")
	c.wantError(c.post(sessionPath, ids(sandbox.PylonDefinitionID, unknownID, c.templateID())), 404, unknownID)
	c.wantError(c.get(sessionPath+"/"+unknownID), 404, unknownID)
	c.wantError(c.do(http.MethodPatch, sessionPath+"/"+id, `{}`), 422, "source_id")
	c.wantError(c.do(http.MethodPatch, sessionPath+"/"+id, `{"source_id":"`+unknownID+`"}`), 404, unknownID)
	c.wantError(c.do(http.MethodPatch, sessionPath+"/"+id, `[`), 422, "JSON")
	c.org = c.get(organizationPath).get("organizations.1.id").String()
	c.wantError(c.get(sessionPath+"/"+id), 404, id)
	c.wantError(c.do(http.MethodPatch, sessionPath+"/"+id, `{}`), 404, id)
}

// A program that gets the credentials of a session makes the connector with
// them in the configuration, and then forgets the session.
func TestConnectorOfASession(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	id := c.beginSession()
	visit(t, box.WebappURL()+"/widget-bridge?"+c.widgetQuery(id).Encode())
	payload := c.get(sessionPath + "/" + id).get("auth_payload").Raw
	made := c.post(connectorPath, `{"workspace_name":"default","source_template_id":"`+c.templateID()+`","name":"Pylon","replication_config":`+payload+`}`)
	c.want(made, http.StatusOK)
	source := made.get("id").String()
	if got := c.post(connectorPath+"/"+source+"/check", `{}`); got.get("status").String() != "succeeded" {
		t.Errorf("check %s", got.body)
	}
	used := c.do(http.MethodPatch, sessionPath+"/"+id, `{"source_id":"`+source+`"}`)
	c.want(used, http.StatusOK)
	if used.get("source_id").String() != source || used.get("auth_payload").Raw != "null" {
		t.Errorf("the session is %s", used.body)
	}
	visit(t, box.WebappURL()+"/widget-bridge?"+c.widgetQuery(id).Encode())
	if again := c.get(sessionPath + "/" + id); again.body != used.body {
		t.Errorf("a second visit made it %s", again.body)
	}
	for _, r := range box.Requests() {
		if strings.Contains(string(r.Body)+r.Query, sandbox.PylonToken) || strings.Contains(r.Query, "ey") {
			t.Errorf("the log shows a secret: %s %s %s", r.Route, r.Query, r.Body)
		}
	}
}

func TestRefusedCredentialsInTheConfiguration(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	for config, want := range map[string]string{
		`{"api_token":"` + sandbox.RefusedAPIToken + `"}`: "failed",
		`{"api_token":"any"}`:                             "succeeded",
		`{"other":1}`:                                     "failed",
	} {
		got := c.post(connectorPath+"/check", `{"workspace_name":"default","connector_type":"Pylon","replication_config":`+config+`}`)
		if got.get("status").String() != want {
			t.Errorf("config %s: check %s", config, got.body)
		}
	}
	got := c.post(connectorPath+"/check", `{"workspace_name":"default","connector_type":"Pylon","replication_config":{"api_token":7}}`)
	c.wantError(got, http.StatusBadRequest, "api_token")
}

func TestCredentialsPage(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	got := visit(t, box.WebappURL()+"/organizations/"+sandbox.OrganizationID+"/credentials")
	if got.status != http.StatusOK || !strings.Contains(got.body, "simulator") {
		t.Errorf("the page is %d %s", got.status, got.body)
	}
	got = visit(t, box.WebappURL()+"/organizations/%3Cb%3E/credentials")
	if got.status != http.StatusNotFound || strings.Contains(got.body, "<b>") {
		t.Errorf("the page is %d %s", got.status, got.body)
	}
}
