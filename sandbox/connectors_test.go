package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox"
)

const inDefault = connectorPath + "?workspace_name=" + sandbox.Workspace

func TestConnectorList(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	got := c.get(inDefault)
	c.want(got, http.StatusOK)
	row := got.get("data.0")
	if got.get("data.#").Int() != 1 || row.Get("id").String() != sandbox.ConnectorID || row.Get("name").String() != "Pylon - default" {
		t.Errorf("connectors %s", got.body)
	}
	template := row.Get("summarized_source_template")
	if template.Get("name").String() != "Pylon" || template.Get("connector_name").String() != "pylon" ||
		template.Get("actor_definition_id").String() != sandbox.PylonDefinitionID || template.Get("mode").String() != "DIRECT" {
		t.Errorf("template %s", template.Raw)
	}
	same := map[string]string{
		"by id":         connectorPath + "?workspace_id=" + strings.ToUpper(sandbox.WorkspaceID),
		"by old name":   connectorPath + "?customer_name=default",
		"by older name": connectorPath + "?external_user_id=default",
		"by definition": inDefault + "&definition_id=" + sandbox.PylonDefinitionID,
	}
	for name, path := range same {
		if other := c.get(path); other.body != got.body {
			t.Errorf("%s: %s", name, other.body)
		}
	}
	if other := c.get(inDefault + "&definition_id=" + unknownID); other.body != `{"data":[]}` {
		t.Errorf("of another definition: %s", other.body)
	}
}

func TestConnectorListRefusals(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	c.wantError(c.get(connectorPath), http.StatusBadRequest, "workspace_name")
	c.wantError(c.get(connectorPath+"?workspace_name=nowhere"), http.StatusNotFound, "nowhere")
	c.wantError(c.get(connectorPath+"?workspace_id="+unknownID), http.StatusNotFound, unknownID)
	c.wantError(c.get(connectorPath+"?workspace_id=x"), http.StatusUnprocessableEntity, "workspace_id")
	c.wantError(c.get(inDefault+"&definition_id=x"), http.StatusUnprocessableEntity, "definition_id")
}

func TestExtraConnectorsAreAmbiguous(t *testing.T) {
	t.Parallel()
	_, c := connect(t, sandbox.WithExtraConnectors(1))
	got := c.get(inDefault)
	if got.get("data.#").Int() != 2 || got.get("data.1.name").String() != "Pylon - default 2" ||
		got.get("data.1.summarized_source_template.connector_name").String() != "pylon" {
		t.Errorf("connectors %s", got.body)
	}
	c.want(c.post(connectorPath+"/"+got.get("data.1.id").String()+"/execute", `{"entity":"me","action":"get"}`), http.StatusOK)
}

func TestConnectorCreate(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body string }{
		{"by type", `{"workspace_name":"default","connector_type":"pYLON","credentials":{"api_token":"t"}}`},
		{"by definition", `{"workspace_name":"default","definition_id":"` + sandbox.PylonDefinitionID + `","credentials":{"api_token":"t","option_title":"API Token Authentication"}}`},
		{"by template", `{"customer_name":"default","source_template_id":"5a4db0c0-0000-4000-8000-000000000301","server_side_oauth_secret_id":"s"}`},
		{"nulls", `{"workspace_name":"default","connector_type":"Pylon","definition_id":null,"name":null,"entities":null,"credentials":{"api_token":"t"}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, c := connect(t)
			made := c.post(connectorPath, tt.body)
			c.want(made, http.StatusOK)
			if made.get("name").String() != "Pylon - default" || made.get("source_template.source_definition_id").String() != sandbox.PylonDefinitionID ||
				made.get("source_template.user_config_spec.connectionSpecification.required.0").String() != "api_token" || strings.Contains(made.body, `"t"`) {
				t.Errorf("made %s", made.body)
			}
			path := connectorPath + "/" + made.get("id").String()
			if got := c.get(path); got.body != made.body {
				t.Errorf("get shows %s, create %s", got.body, made.body)
			}
			if list := c.get(inDefault); list.get("data.#").Int() != 2 {
				t.Errorf("list shows %s", list.body)
			}
			if got := c.post(path+"/execute", `{"entity":"me","action":"get"}`); got.get("result").Raw != c.execute(`{"entity":"me","action":"get"}`).get("result").Raw {
				t.Errorf("it does not work on the same data: %s", got.body)
			}
		})
	}
}

func TestConnectorCreateRefusals(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	const begin = `{"workspace_name":"default","connector_type":"Pylon",`
	tests := []struct {
		name, body string
		status     int
		text       string
	}{
		{"no type", `{"workspace_name":"default","credentials":{"api_token":"t"}}`, 422, "connector_type, definition_id, source_template_id"},
		{"two types", begin + `"definition_id":"` + sandbox.PylonDefinitionID + `","credentials":{"api_token":"t"}}`, 422, "exactly one"},
		{"unknown type", `{"workspace_name":"default","connector_type":"facebook_marketing","credentials":{}}`, 404, "facebook_marketing"},
		{"unknown definition", `{"workspace_name":"default","definition_id":"` + unknownID + `","credentials":{}}`, 404, unknownID},
		{"definition no id", `{"workspace_name":"default","definition_id":"x","credentials":{}}`, 422, "UUID"},
		{"no workspace", `{"connector_type":"Pylon","credentials":{"api_token":"t"}}`, 422, "workspace_name"},
		{"unknown workspace", `{"workspace_name":"nowhere","connector_type":"Pylon","credentials":{"api_token":"t"}}`, 404, "nowhere"},
		{"nothing to configure", begin + `"name":"x"}`, 422, "replication_config, credentials, server_side_oauth_secret_id"},
		{"credentials no object", begin + `"credentials":"t"}`, 422, "dictionary"},
		{"wrong credential key", begin + `"credentials":{"apiToken":"canary-secret"}}`, 400, "apiToken"},
		{"credential no string", begin + `"credentials":{"api_token":5}}`, 400, "API Token Authentication"},
		{"entities no list", begin + `"credentials":{"api_token":"t"},"entities":{}}`, 422, "entities"},
		{"entity without name", begin + `"credentials":{"api_token":"t"},"entities":[{"modes":["read"]}]}`, 422, "entities"},
		{"unknown mode", begin + `"credentials":{"api_token":"t"},"entities":[{"entity":"issues","modes":["own"]}]}`, 422, "read"},
		{"no JSON", `{`, 422, "json_invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := &client{t: t, base: c.base, token: c.token}
			got := c.post(connectorPath, tt.body)
			c.wantError(got, tt.status, tt.text)
			if strings.Contains(got.body, "canary") {
				t.Errorf("the answer shows a secret: %s", got.body)
			}
		})
	}
}

func TestConnectorUpdate(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	path := connectorPath + "/" + sandbox.ConnectorID
	got := c.put(path, `{"name":"Support","replication_config":{"a":1},"entities":[{"entity":"issues","modes":null}]}`)
	c.want(got, http.StatusOK)
	if got.get("name").String() != "Support" || got.get("replication_config").Raw != `{"a":1}` || got.get("entities.#").Int() != 1 {
		t.Errorf("changed %s", got.body)
	}
	got = c.put(path, `{"entities":[]}`)
	if got.get("name").String() != "Support" || got.get("replication_config").Raw != `{"a":1}` || got.get("entities").Raw != "[]" {
		t.Errorf("cleared %s", got.body)
	}
	c.wantError(c.put(path, `{"name":5}`), http.StatusUnprocessableEntity, "name")
	c.wantError(c.put(connectorPath+"/"+unknownID, `{}`), http.StatusNotFound, unknownID)
}

func TestConnectorDelete(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	path := connectorPath + "/" + sandbox.ConnectorID
	got := c.delete(path)
	c.want(got, http.StatusAccepted)
	if got.get("job_id").String() == "" {
		t.Errorf("deleted %s", got.body)
	}
	if list := c.get(inDefault); list.body != `{"data":[]}` {
		t.Errorf("list shows %s", list.body)
	}
	for name, gone := range map[string]answer{
		"get": c.get(path), "delete": c.delete(path), "inspect": c.get(path + "/inspect"),
		"check": c.post(path+"/check", `{}`), "execute": c.execute(`{"entity":"me","action":"get"}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			(&client{t: t}).wantError(gone, http.StatusNotFound, sandbox.ConnectorID)
		})
	}
}

func TestConnectorIDIsUnescaped(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	c.wantError(c.get(connectorPath+"/conn%2F1%3Fx"), http.StatusNotFound, "conn/1?x")
}

func TestConnectorCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, credentials string
		status            string
		code              int64
		text              string
	}{
		{"accepted", `{"api_token":"t"}`, "succeeded", 200, ""},
		{"refused", `{"api_token":"` + sandbox.RefusedAPIToken + `"}`, "failed", 401, "refused"},
		{"empty", `{"api_token":" "}`, "failed", 401, "no API token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, c := connect(t)
			body := `{"workspace_name":"default","connector_type":"Pylon","credentials":` + tt.credentials + `}`
			unstored := c.post(connectorPath+"/check", body)
			c.wantCheck(unstored, tt.status, tt.code, tt.text)
			if unstored.get("id").Raw != "null" || c.get(inDefault).get("data.#").Int() != 1 {
				t.Errorf("the check stored something: %s", unstored.body)
			}
			made := c.post(connectorPath, body)
			c.want(made, http.StatusOK)
			path := connectorPath + "/" + made.get("id").String()
			c.wantCheck(c.post(path+"/check", ""), tt.status, tt.code, tt.text)
			used := c.post(path+"/execute", `{"entity":"me","action":"get"}`)
			if tt.status == "succeeded" {
				c.want(used, http.StatusOK)
				return
			}
			c.wantError(used, http.StatusBadRequest, tt.text)
		})
	}
}

func (c *client) wantCheck(got answer, status string, code int64, text string) {
	c.t.Helper()
	c.want(got, http.StatusOK)
	entity := got.get("entity_check_results.0")
	if got.get("status").String() != status || entity.Get("entity").String() != "accounts" || entity.Get("status_code").Int() != code ||
		!strings.Contains(got.get("error_message").String(), text) || got.get("failure_reason").IsObject() != (text != "") {
		c.t.Errorf("check %s", got.body)
	}
}

func TestConnectorCheckRefusals(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	c.wantError(c.post(connectorPath+"/check", `{"workspace_name":"default"}`), http.StatusUnprocessableEntity, "exactly one")
	c.wantError(c.post(connectorPath+"/"+sandbox.ConnectorID+"/check", `{"entities":5}`), http.StatusUnprocessableEntity, "entities")
	c.wantError(c.post(connectorPath+"/"+sandbox.ConnectorID+"/check", `x`), http.StatusUnprocessableEntity, "json_invalid")
}

func TestConnectorInspect(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	got := c.get(connectorPath + "/" + sandbox.ConnectorID + "/inspect")
	c.want(got, http.StatusOK)
	want := map[string]string{
		"connector_id":                         sandbox.ConnectorID,
		"workspace_id":                         sandbox.WorkspaceID,
		"organization_id":                      sandbox.OrganizationID,
		"source_definition_id":                 sandbox.PylonDefinitionID,
		"source_definition_name":               "Pylon",
		"docs_skill_id":                        "connector-source:" + sandbox.ConnectorID,
		"warnings.#":                           "0",
		"context_store_readiness.connector_id": sandbox.ConnectorID,
		"context_store_readiness.supported_context_store_entities.#(suggested==false).entity":     "user_roles",
		"context_store_readiness.configured_cache_entities.#":                                     "9",
		"context_store_readiness.configured_cache_entities.#(entity==\"teams\").entity_count":     "8",
		"context_store_readiness.configured_cache_entities.#(entity==\"teams\").ready_for_search": "true",
	}
	for path, value := range want {
		if found := got.get(path).String(); found != value {
			t.Errorf("%s = %q, want %q", path, found, value)
		}
	}
}
