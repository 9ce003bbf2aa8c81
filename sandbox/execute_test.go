package sandbox_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestExecuteEnvelope(t *testing.T) {
	t.Parallel()
	_, c := connect(t, sandbox.WithPageSize("accounts", 10))
	got := c.execute(`{"entity":"accounts","action":"list","params":null,"intent":"test","skip_truncation":true}`)
	c.want(got, http.StatusOK)
	if got.get("status").String() != "success" || got.get("warning").Raw != "null" ||
		got.get("execution_metadata.connector_instance_id").String() != sandbox.ConnectorID || !got.get("execution_metadata.execution_time_ms").Exists() {
		t.Errorf("envelope %s", got.body[:min(400, len(got.body))])
	}
	if got.get("result.data.#").Int() != 10 || !got.get("result.meta.has_more").Bool() || !got.get("connector_metadata.has_next_page").Bool() {
		t.Errorf("page %s", got.get("connector_metadata").Raw)
	}
	cursor := got.get("connector_metadata.next_cursor").String()
	next := c.execute(`{"entity":"accounts","action":"list","params":{"cursor":"` + cursor + `"}}`)
	c.want(next, http.StatusOK)
	if next.get("result.data.0.id").String() == got.get("result.data.0.id").String() {
		t.Error("the second page is the first")
	}
}

func TestExecuteShapes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		opts []sandbox.Option
		rows string
		keys []string
	}{
		{"object", nil, "result.data.#", []string{"next_cursor", "has_next_page"}},
		{"bare array", []sandbox.Option{sandbox.WithBareResults()}, "result.#", []string{"next_cursor", "has_next_page"}},
		{"end cursor", []sandbox.Option{sandbox.WithPagingKeys(sandbox.PagingEndCursor)}, "result.data.#", []string{"end_cursor", "has_next_page"}},
		{"camel case", []sandbox.Option{sandbox.WithPagingKeys(sandbox.PagingCamelCase)}, "result.data.#", []string{"endCursor", "hasNextPage"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, c := connect(t, append(tt.opts, sandbox.WithPageSize("accounts", 4))...)
			got := c.execute(`{"entity":"accounts","action":"list"}`)
			c.want(got, http.StatusOK)
			if got.get(tt.rows).Int() != 4 {
				t.Errorf("%s is not 4", tt.rows)
			}
			for _, key := range tt.keys {
				if !got.get("connector_metadata." + key).Exists() {
					t.Errorf("connector_metadata has no %s: %s", key, got.get("connector_metadata").Raw)
				}
			}
		})
	}
}

func TestExecuteRefusals(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	long := strings.Repeat("ü", 513)
	tests := []struct {
		name, body string
		status     int
		text       string
	}{
		{"no entity", `{"action":"list"}`, 422, "entity"},
		{"no action", `{"entity":"issues"}`, 422, "action"},
		{"number as entity", `{"entity":5,"action":"list"}`, 422, "entity"},
		{"params no object", `{"entity":"issues","action":"list","params":[]}`, 422, "params"},
		{"fields no list", `{"entity":"issues","action":"list","select_fields":"id"}`, 422, "select_fields"},
		{"truncation no flag", `{"entity":"issues","action":"list","skip_truncation":"no"}`, 422, "skip_truncation"},
		{"intent too long", `{"entity":"me","action":"get","intent":"` + long + `"}`, 422, "512"},
		{"unknown entity", `{"entity":"tickets","action":"list"}`, 404, "tickets"},
		{"unknown action", `{"entity":"issues","action":"read"}`, 400, "read"},
		{"missing record", `{"entity":"issues","action":"get","params":{"id":"none"}}`, 404, "not found"},
		{"missing parameter", `{"entity":"issues","action":"get"}`, 400, "id"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := &client{t: t, base: c.base, token: c.token}
			c.wantError(c.execute(tt.body), tt.status, tt.text)
		})
	}
	c.want(c.execute(`{"entity":"me","action":"get","intent":"`+long[2:]+`"}`), http.StatusOK)
}

func TestExecuteTellsTheRecordThatIsInTheWay(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	tag := c.execute(`{"entity":"tags","action":"list"}`).get("result.data.0")
	got := c.execute(`{"entity":"tags","action":"create","params":{"value":` + tag.Get("value").Raw + `,"object_type":` + tag.Get("object_type").Raw + `}}`)
	c.wantError(got, http.StatusBadRequest, "")
	if got.get("errors.0.details.exists_id").String() != tag.Get("id").String() {
		t.Errorf("refusal %s, tag %s", got.body, tag.Raw)
	}
}

func TestExecuteSelectsFields(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	tests := []struct {
		name, fields string
		keys         []string
	}{
		{"select", `"select_fields":["id","name"]`, []string{"id", "name"}},
		{"select wins", `"select_fields":["name"],"exclude_fields":["name"]`, []string{"name"}},
		{"select nothing there", `"select_fields":["colour"]`, nil},
		{"null", `"select_fields":null,"exclude_fields":["users","created_at"]`, []string{"id", "name"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := &client{t: t, base: c.base, token: c.token}
			got := c.execute(`{"entity":"teams","action":"list",` + tt.fields + `}`)
			c.want(got, http.StatusOK)
			var keys []string
			got.get("result.data.0").ForEach(func(key, _ gjson.Result) bool { keys = append(keys, key.String()); return true })
			if strings.Join(keys, " ") != strings.Join(tt.keys, " ") || !got.get("result.meta").Exists() {
				t.Errorf("keys %q, want %q", keys, tt.keys)
			}
		})
	}
}

func TestExecuteSelectsBelowAndKeepsBytes(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	whole := c.execute(`{"entity":"accounts","action":"list"}`).get("result.data").Array()
	selected := c.execute(`{"entity":"accounts","action":"list","select_fields":["owner.id","custom_fields"]}`).get("result.data").Array()
	dropped := c.execute(`{"entity":"accounts","action":"list","exclude_fields":["owner.id"]}`).get("result.data").Array()
	if len(whole) == 0 || len(selected) != len(whole) || len(dropped) != len(whole) {
		t.Fatalf("%d, %d and %d rows", len(whole), len(selected), len(dropped))
	}
	for i, row := range whole {
		if selected[i].Get("owner.id").Raw != row.Get("owner.id").Raw || selected[i].Get("name").Exists() {
			t.Errorf("row %d selected: %s of %s", i, selected[i].Raw, row.Raw)
		}
		if got, want := selected[i].Get("custom_fields").Raw, row.Get("custom_fields").Raw; got != want {
			t.Errorf("row %d: custom_fields %s, want %s", i, got, want)
		}
		if dropped[i].Get("owner.id").Exists() || dropped[i].Get("name").Raw != row.Get("name").Raw {
			t.Errorf("row %d dropped: %s", i, dropped[i].Raw)
		}
	}
}

func TestExecuteTruncatesOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	long := strings.Repeat("ä<", 400)
	body, err := json.Marshal(map[string]any{"entity": "tags", "action": "create", "params": map[string]any{"value": long, "object_type": "issue"}})
	if err != nil {
		t.Fatal(err)
	}
	made := c.execute(string(body))
	c.want(made, http.StatusOK)
	value := func(truncation string) string {
		list := c.execute(`{"entity":"tags","action":"list"` + truncation + `}`)
		c.want(list, http.StatusOK)
		return list.get(`result.data.#(id=="` + made.get("result.data.id").String() + `").value`).String()
	}
	if got := value(""); got != long {
		t.Errorf("the default shortens the text to %d bytes", len(got))
	}
	if got := value(`,"skip_truncation":true`); got != long {
		t.Errorf("skip_truncation shortens the text to %d bytes", len(got))
	}
	if got, want := value(`,"skip_truncation":false`), strings.Repeat("ä<", 250)+"…"; got != want {
		t.Errorf("truncated to %q", got)
	}
}

func TestExecuteDescribe(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	got := c.execute(`{"entity":"","action":"describe"}`)
	c.want(got, http.StatusOK)
	issues := got.get(`result.describe.entities.#(name=="issues")`)
	if !issues.Get(`actions.#(name=="context_store_search")`).Exists() ||
		issues.Get(`actions.#(name=="get").parameters.#(name=="id").required`).Raw != "true" {
		t.Errorf("issues are described as %s", issues.Raw)
	}
	if got.get("result.describe.entities.#").Int() != 21 {
		t.Errorf("%s entities, want 21", got.get("result.describe.entities.#").Raw)
	}
}

func TestExecuteSearchesTheContextStore(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	got := c.execute(`{"entity":"issues","action":"context_store_search","params":{"query":{"filter":{"eq":{"state":"closed"}}},"limit":2}}`)
	c.want(got, http.StatusOK)
	if got.get("result.data.#").Int() != 2 || !got.get("result.meta.has_more").Bool() || got.get("result.data.0.state").String() != "closed" {
		t.Errorf("found %s", got.get("result").Raw)
	}
}

func TestExecuteWritesAreSeenByReads(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	made := c.execute(`{"entity":"accounts","action":"create","params":{"name":"Grüße & Söhne <KG>"}}`)
	c.want(made, http.StatusOK)
	got := c.execute(`{"entity":"accounts","action":"get","params":{"id":` + made.get("result.data.id").Raw + `}}`)
	c.want(got, http.StatusOK)
	if name := got.get("result.name").Raw; name != `"Grüße & Söhne <KG>"` {
		t.Errorf("the name came back as %s", name)
	}
}

func TestExecuteUsesTheOptions(t *testing.T) {
	t.Parallel()
	year := `{"entity":"issues","action":"list","params":{"start_time":"2026-01-01T00:00:00Z","end_time":"2026-06-01T00:00:00Z"}}`
	_, strict := connect(t)
	strict.wantError(strict.execute(year), http.StatusBadRequest, "")
	_, wide := connect(t, sandbox.WithIssueWindow(365*24*time.Hour))
	wide.want(wide.execute(year), http.StatusOK)
}
