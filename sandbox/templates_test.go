package sandbox_test

import (
	"net/http"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox"
)

const definitionPath = "/api/v1/integrations/definitions/sources"

func TestTemplates(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	global := c.get(templatePath + "/global")
	c.want(global, http.StatusOK)
	id := global.get("data.0.id").String()
	if global.get("data.#").Int() != 1 || global.get("data.0.actor_definition_id").String() != sandbox.PylonDefinitionID || global.get("data.0.organization_id").Raw != "null" {
		t.Errorf("global templates %s", global.body)
	}
	if own := c.get(templatePath); own.body != `{"data":[]}` {
		t.Errorf("own templates %s", own.body)
	}
	if both := c.get(templatePath + "?use_global=true"); both.body != global.body {
		t.Errorf("own and global templates %s", both.body)
	}
	if tagged := c.get(templatePath + "?use_global=true&tags=crm"); tagged.body != `{"data":[]}` {
		t.Errorf("tagged templates %s", tagged.body)
	}
	one := c.get(templatePath + "/" + id)
	c.want(one, http.StatusOK)
	if one.get("id").String() != id || one.get("name").String() != "Pylon" || !one.get("user_config_spec.connectionSpecification").Exists() {
		t.Errorf("template %s", one.body)
	}
	c.wantError(c.get(templatePath+"/"+unknownID), http.StatusNotFound, unknownID)
}

func TestDefinitions(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	got := c.get(definitionPath + "?name=pyl")
	c.want(got, http.StatusOK)
	if got.get("definitions.0.sourceDefinitionId").String() != sandbox.PylonDefinitionID || got.get("definitions.0.destinationDefinitionId").Raw != "null" {
		t.Errorf("definitions %s", got.body)
	}
	if other := c.get(definitionPath + "?name=github"); other.body != `{"definitions":[]}` {
		t.Errorf("definitions %s", other.body)
	}
	one := c.get(definitionPath + "/" + sandbox.PylonDefinitionID)
	c.want(one, http.StatusOK)
	if !one.get("definition.spec.connectionSpecification").Exists() || one.get("example_questions.direct.#").Int() == 0 || one.get("example_questions.search.#").Int() == 0 {
		t.Errorf("definition %s", one.body)
	}
	c.wantError(c.get(definitionPath+"/"+unknownID), http.StatusNotFound, unknownID)
}
