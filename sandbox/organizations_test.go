package sandbox_test

import (
	"net/http"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox"
)

const organizationPath = "/api/v1/internal/account/organizations"

func TestOrganizations(t *testing.T) {
	t.Parallel()
	_, c := connect(t, sandbox.WithOrganizations(2))
	got := c.get(organizationPath)
	c.want(got, http.StatusOK)
	if got.get("organizations.#").Int() != 2 ||
		got.get("organizations.0.id").String() != sandbox.OrganizationID ||
		got.get("organizations.0.first_workspace_id").String() != sandbox.WorkspaceID ||
		got.get("is_instance_admin").Bool() {
		t.Errorf("organizations %s", got.body)
	}
	second := got.get("organizations.1.id").String()

	c.wantError(c.get(workspacePath), http.StatusBadRequest, "specify target organization")
	c.org = second
	list := c.get(workspacePath)
	c.want(list, http.StatusOK)
	if list.get("data.0.organization_id").String() != second || list.get("data.0.id").String() == sandbox.WorkspaceID {
		t.Errorf("the second organization shows %s", list.body)
	}
	if rows := c.get(connectorPath + "?workspace_name=default"); rows.get("data.#").Int() != 0 {
		t.Errorf("the second organization has connectors: %s", rows.body)
	}
	c.wantError(c.execute(`{"entity":"me","action":"get"}`), http.StatusNotFound, "not found")
	c.org = sandbox.OrganizationID
	c.want(c.execute(`{"entity":"me","action":"get"}`), http.StatusOK)
}

func TestTokenNamesTheOrganizationOnlyWhenItIsClear(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t, sandbox.WithOrganizations(2))
	c := &client{t: t, base: box.PlatformURL()}
	if got := c.post(tokenPath, goodCredentials).get("organization_id"); got.Raw != "null" {
		t.Errorf("organization_id = %s, want null", got.Raw)
	}
	c.org = sandbox.OrganizationID
	if got := c.post(tokenPath, goodCredentials).get("organization_id"); got.String() != sandbox.OrganizationID {
		t.Errorf("organization_id = %s", got.Raw)
	}
}

func TestOrganizationHeader(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	c.org = "nonsense"
	c.wantError(c.get(workspacePath), http.StatusUnprocessableEntity, "x-organization-id")
	c.org = unknownID
	c.wantError(c.get(workspacePath), http.StatusForbidden, unknownID)
	c.wantError(c.post(tokenPath, goodCredentials), http.StatusForbidden, unknownID)
	c.org = ""
	c.want(c.get(workspacePath), http.StatusOK)
}

func TestScopedTokenBelongsToItsOrganization(t *testing.T) {
	t.Parallel()
	_, c := connect(t, sandbox.WithOrganizations(2))
	c.org = sandbox.OrganizationID
	scoped := c.scoped(sandbox.Workspace)
	c.want(scoped.execute(`{"entity":"me","action":"get"}`), http.StatusOK)
	scoped.org = c.get(organizationPath).get("organizations.1.id").String()
	c.wantError(scoped.get(workspacePath), http.StatusForbidden, "does not belong")
}

func TestOrganizationCredentials(t *testing.T) {
	t.Parallel()
	_, c := connect(t, sandbox.WithExtraConnectors(4))
	path := "/api/v1/organizations/" + sandbox.OrganizationID + "/credentials"
	got := c.get(path + "?limit=2&offset=4")
	c.want(got, http.StatusOK)
	if got.get("total").Int() != 5 || got.get("data.#").Int() != 1 || got.get("data.0.context_store_entity_count").Int() != 9 {
		t.Errorf("credentials %s", got.body)
	}
	if first := c.get(path); first.get("data.0.id").String() != sandbox.ConnectorID {
		t.Errorf("credentials %s", first.body)
	}
	if past := c.get(path + "?offset=9"); past.get("data.#").Int() != 0 {
		t.Errorf("past the end: %s", past.body)
	}
	c.wantError(c.get(path+"?limit=x"), http.StatusUnprocessableEntity, "limit")
	c.wantError(c.get("/api/v1/organizations/"+unknownID+"/credentials"), http.StatusForbidden, unknownID)
}
