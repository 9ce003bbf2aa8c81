package sandbox_test

import (
	"net/http"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox"
)

const skillPath = "/api/v1/skills"

func TestSkillPages(t *testing.T) {
	t.Parallel()
	_, c := connect(t, sandbox.WithExtraConnectors(4))
	var ids []string
	cursor := ""
	for {
		page := c.get(skillPath + "?limit=4&cursor=" + cursor)
		c.want(page, http.StatusOK)
		for _, row := range page.get("data").Array() {
			ids = append(ids, row.Get("id").String())
		}
		if cursor = page.get("next_cursor").String(); cursor == "" {
			break
		}
	}
	if len(ids) != 6 || ids[1] != "connector-source:"+sandbox.ConnectorID {
		t.Errorf("skills %q", ids)
	}
}

func TestSkillSearch(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	tests := []struct {
		name, query, first string
		count              int64
	}{
		{"connector", "PYLON+default", "connector-source:" + sandbox.ConnectorID, 1},
		{"static", "basics", "airbyte-agent-basics", 1},
		{"both", "connector", "airbyte-agent-basics", 2},
		{"none", "salesforce", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := &client{t: t, base: c.base, token: c.token}
			got := c.get(skillPath + "/search?query=" + tt.query)
			c.want(got, http.StatusOK)
			if got.get("data.#").Int() != tt.count || got.get("data.0.id").String() != tt.first {
				t.Errorf("found %s", got.body)
			}
		})
	}
}

func TestSkillDocs(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	inspected := c.get(connectorPath + "/" + sandbox.ConnectorID + "/inspect").get("docs_skill_id").String()
	got := c.get(skillPath + "/docs?id=" + inspected)
	c.want(got, http.StatusOK)
	if got.get("metadata.kind").String() != "connector_source" || got.get("section_id").Raw != "null" ||
		got.get("outline.#").Int() != 21 || !got.get("outline.0.available").Bool() || got.get("content.0.type").String() != "heading" {
		t.Errorf("docs %s", got.body)
	}
	if rows := got.get(`content.#(type=="table").rows`); rows.Get("0.0").String() != "issues" || rows.Get("#").Int() != 21 {
		t.Errorf("overview table %s", rows.Raw)
	}
	section := c.get(skillPath + "/docs?section=entity:issues&id=" + inspected)
	c.want(section, http.StatusOK)
	if section.get("section_id").String() != "entity:issues" || !section.get(`content.#(text=="issues.list")`).Exists() ||
		!section.get(`content.#(text=="issues.context_store_search")`).Exists() || section.get(`content.#(type=="table").rows.0.0`).String() != "start_time" {
		t.Errorf("section %s", section.body)
	}
	basics := c.get(skillPath + "/docs?id=airbyte-agent-basics")
	c.want(basics, http.StatusOK)
	if basics.get("metadata.kind").String() != "static" || basics.get("outline").Raw != "[]" || basics.get("content.2.type").String() != "list" {
		t.Errorf("basics %s", basics.body)
	}
}

func TestSkillRefusals(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	c.wantError(c.get(skillPath+"/search"), http.StatusUnprocessableEntity, "query")
	c.wantError(c.get(skillPath+"/docs"), http.StatusUnprocessableEntity, "id")
	c.wantError(c.get(skillPath+"/docs?id=none"), http.StatusNotFound, "none")
	c.wantError(c.get(skillPath+"/docs?id=airbyte-agent-basics&section=x"), http.StatusNotFound, "section")
	c.wantError(c.get(skillPath+"?cursor=x"), http.StatusBadRequest, "cursor")
	c.wantError(c.get(skillPath+"?limit=0"), http.StatusUnprocessableEntity, "limit")
	c.wantError(c.get(skillPath+"?workspace_id=x"), http.StatusUnprocessableEntity, "workspace_id")
	c.wantError(c.get(skillPath+"?organization_id="+unknownID), http.StatusForbidden, unknownID)
	if got := c.get(skillPath + "?workspace_id=" + unknownID); got.get("data.#").Int() != 1 {
		t.Errorf("an unknown workspace shows %s", got.body)
	}
}
