package pylon_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// grammar is which operators each search takes for each of its fields.
func grammar() map[string]map[string]string {
	const times = "time_is_after time_is_before time_range"
	return map[string]map[string]string{
		"/tasks/search": {
			"account_id": "equals in not_in is_set", "assignee_id": "equals in not_in is_set", "milestone_id": "equals in not_in is_set",
			"project_id": "equals in not_in is_set is_unset", "status": "equals in not_in", "created_at": times, "updated_at": times, "due_date": times + " is_set",
		},
		"/projects/search": {
			"account_id": "equals in not_in is_set", "status": "equals in not_in", "owner_id": "equals in not_in is_set is_unset",
			"is_archived": "equals", "created_at": times, "updated_at": times,
		},
		"/surveys/search":    {"updated_at": times},
		"/audit-logs/search": {"action": "equals in not_in string_contains string_does_not_contain", "action_happened_at": times},
		"/call-recordings/search": {
			"account_id": "equals in not_in is_set is_unset", "source": "equals in not_in", "title": "equals string_contains", "start_time": times,
		},
		"/custom-objects/environment/search": {
			"name": "equals in not_in string_contains string_does_not_contain is_set is_unset", "created_at": times, "updated_at": times,
		},
	}
}

func filterWith(field, operator string) object {
	f := object{"field": field, "operator": operator}
	switch operator {
	case "in", "not_in":
		f["values"] = []string{"x"}
	case "time_range":
		f["values"] = []string{"2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"}
	case "time_is_after", "time_is_before":
		f["value"] = "2026-01-01T00:00:00+02:00"
	case "is_set", "is_unset":
	default:
		f["value"] = "1"
	}
	return f
}

func TestSearchesTakeTheirOperatorsAndNoOthers(t *testing.T) {
	t.Parallel()
	all := strings.Fields("equals not_equals contains does_not_contain in not_in time_is_after time_is_before time_range " +
		"string_contains string_does_not_contain is_set is_unset greater_than less_than greater_than_or_equals less_than_or_equals")
	for path, fields := range grammar() {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			for field, legal := range fields {
				for _, operator := range all {
					_, refused := d.try("POST "+path, object{"filter": filterWith(field, operator)})
					if want := slices.Contains(strings.Fields(legal), operator); want != (refused == nil) {
						t.Errorf("%s %s: legal %v, but %v", field, operator, want, refused)
					}
				}
			}
			refused := d.refuse("POST "+path, object{"filter": filterWith("colour", "equals")})
			if refused.Status != http.StatusBadRequest || !strings.Contains(refused.Message, "colour") {
				t.Errorf("an unknown field = %v", refused)
			}
		})
	}
}

// searched is a search, and a test that each of its rows must pass and every
// other row must fail.
type searched struct {
	name, path string
	filter     object
	accept     func(object) bool
}

func selections(d *desk) []searched {
	owner, status := d.o.IDs("users")[15], func(want string) func(object) bool {
		return func(row object) bool { return row["status"] == want }
	}
	nested := func(key string) func(object) string {
		return func(row object) string {
			inner, _ := row[key].(object)
			id, _ := inner["id"].(string)
			return id
		}
	}
	account, project := d.o.IDs("accounts")[0], d.o.IDs("projects")[1]
	field := func(row object, slug string) any {
		value, _ := row["custom_fields"].(object)[slug].(object)
		return value["value"]
	}
	return []searched{
		{"tasks by status", "/tasks/search", object{"field": "status", "operator": "equals", "value": "completed"}, status("completed")},
		{"tasks of accounts", "/tasks/search", object{"field": "account_id", "operator": "in", "values": []string{account}}, func(row object) bool { return nested("account")(row) == account }},
		{"tasks outside a project", "/tasks/search", object{"field": "project_id", "operator": "not_in", "values": []string{project}}, func(row object) bool { return nested("project")(row) != project }},
		{"tasks due", "/tasks/search", object{"field": "due_date", "operator": "time_is_before", "value": "2026-08-01T00:00:00Z"}, func(row object) bool { return row["due_date"].(string) < "2026-08-01" }},
		{"projects of an owner", "/projects/search", object{"field": "owner_id", "operator": "equals", "value": owner}, func(row object) bool { return row["owner_id"] == owner }},
		{"archived projects", "/projects/search", object{"field": "is_archived", "operator": "equals", "value": "true"}, func(row object) bool { return row["is_archived"] == true }},
		{"audit logs of tags", "/audit-logs/search", object{"field": "action", "operator": "string_contains", "value": "TAG."}, func(row object) bool { return strings.HasPrefix(row["action"].(string), "tag.") }},
		{"calls by source", "/call-recordings/search", object{"field": "source", "operator": "not_in", "values": []string{"zoom"}}, func(row object) bool { return row["source"] != "zoom" }},
		{"calls without account", "/call-recordings/search", object{"field": "account_id", "operator": "is_unset"}, func(row object) bool { return row["account_id"] == nil }},
		{"surveys in a range", "/surveys/search", object{"field": "updated_at", "operator": "time_range", "values": []string{"2026-10-01T00:00:00Z", "2026-10-30T00:00:00Z"}}, func(row object) bool { return row["updated_at"].(string) > "2026-10" }},
		{"objects by a field", "/custom-objects/environment/search", object{"field": "region", "operator": "equals", "value": "eu"}, func(row object) bool { return field(row, "region") == "eu" }},
		{"objects by a number", "/custom-objects/contract/search", object{"field": "value", "operator": "greater_than", "value": "13500"}, func(row object) bool { return field(row, "value").(string) > "13500" }},
		{"one or the other", "/custom-objects/environment/search", object{"operator": "or", "subfilters": []object{
			{"field": "region", "operator": "equals", "value": "us"}, {"field": "modules", "operator": "contains", "value": "mobile"},
		}}, func(row object) bool {
			modules := row["custom_fields"].(object)["modules"].(object)["values"].([]any)
			return field(row, "region") == "us" || slices.Contains(modules, any("mobile"))
		}},
	}
}

func TestSearchSelectsWhatMatches(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, c := range selections(d) {
		everything := d.records("POST "+c.path, object{"limit": 100})
		var want, got []string
		for _, row := range everything {
			if c.accept(row) {
				want = append(want, row["id"].(string))
			}
		}
		for _, row := range d.records("POST "+c.path, object{"limit": 100, "filter": c.filter}) {
			got = append(got, row["id"].(string))
		}
		if len(want) == len(everything) || len(want) == 0 && c.name != "calls without account" {
			t.Errorf("%s: the case selects %d of %d rows and tests nothing", c.name, len(want), len(everything))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestProjectStatusFollowsItsTasks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	project := d.record("POST /projects", object{"name": "Fresh", "account_id": d.o.IDs("accounts")[1]})["id"]
	inState := func(status string) bool {
		rows := d.records("POST /projects/search", object{"filter": object{"field": "status", "operator": "equals", "value": status}})
		return slices.ContainsFunc(rows, func(row object) bool { return row["id"] == project })
	}
	if !inState("not_started") {
		t.Error("a project without tasks is not not_started")
	}
	task := d.record("POST /tasks", object{"title": "A", "project_id": project, "status": "completed"})["id"].(string)
	if !inState("completed") {
		t.Error("a project with nothing left to do is not completed")
	}
	d.call("PATCH /tasks/"+task, object{"status": "in_progress"})
	if !inState("in_progress") || inState("completed") {
		t.Error("a project with a task at work is not in_progress")
	}
}

func TestListsWalkTheirPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	survey := d.first("GET /surveys")
	base := d.o.IDs("knowledge_bases")[0]
	for _, path := range []string{"GET /tasks", "GET /audit-logs", "GET /custom-objects/environment", "GET /surveys/" + survey + "/responses", "GET /knowledge-bases/" + base + "/articles"} {
		all := d.records(path+"?limit=99", nil)
		var walked []object
		pages, cursor := 0, ""
		for more := true; more; pages++ {
			answer := d.call(fmt.Sprintf("%s?limit=5&cursor=%s", path, cursor), nil)
			walked = append(walked, listIn(t, answer)...)
			pagination, sent := answer["pagination"].(object)
			if more = sent; sent {
				cursor = pagination["cursor"].(string)
			}
		}
		if diff := cmp.Diff(all, walked); diff != "" || pages != (len(all)+4)/5 {
			t.Errorf("%s: %d rows in %d pages, want %d rows (-want +got):\n%s", path, len(walked), pages, len(all), diff)
		}
	}
}

func TestSearchesWalkTheirPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, path := range []string{"/tasks/search", "/projects/search", "/audit-logs/search", "/call-recordings/search", "/custom-objects/environment/search"} {
		all := d.records("POST "+path, object{"limit": 100})
		var walked []object
		body := object{"limit": 4}
		for {
			answer := d.call("POST "+path+"?cursor=ignored", body)
			walked = append(walked, listIn(t, answer)...)
			pagination, more := answer["pagination"].(object)
			if !more {
				break
			}
			body["cursor"] = pagination["cursor"]
		}
		if diff := cmp.Diff(all, walked); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
		if refused := d.refuse("POST "+path, object{"cursor": "bogus"}); refused.Status != http.StatusBadRequest {
			t.Errorf("%s with an unknown cursor = %v", path, refused)
		}
	}
}

func TestLimitsDifferByList(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	survey := d.first("GET /surveys")
	base := d.o.IDs("knowledge_bases")[0]
	most := map[string]int{
		"GET /tasks": 999, "GET /audit-logs": 999, "GET /knowledge-bases/" + base + "/articles": 999, "GET /surveys/" + survey + "/responses": 999,
		"GET /custom-objects/environment": 100, "POST /custom-objects/environment/search": 100, "POST /tasks/search": 999, "POST /projects/search": 999,
		"POST /audit-logs/search": 999, "POST /surveys/search": 999, "POST /call-recordings/search": 1000, "POST /feature-requests/search": 1000,
	}
	for call, limit := range most {
		try := func(n int) bool {
			if strings.HasPrefix(call, "POST ") {
				_, refused := d.try(call, object{"limit": n})
				return refused == nil
			}
			_, refused := d.try(fmt.Sprintf("%s?limit=%d", call, n), nil)
			return refused == nil
		}
		for n, want := range map[int]bool{-1: false, 0: false, 1: true, limit: true, limit + 1: false} {
			if got := try(n); got != want {
				t.Errorf("%s with limit %d is legal: %v, want %v", call, n, got, want)
			}
		}
	}
	if got := len(d.records("GET /custom-objects/environment", nil)); got != 25 {
		t.Errorf("%d custom objects on a page, want 25", got)
	}
}

func TestEmptySearchesLeaveDataOut(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	nothing := object{"filter": object{"field": "created_at", "operator": "time_is_after", "value": "2030-01-01T00:00:00Z"}}
	calls := map[string]object{
		"POST /tasks/search": nothing, "POST /projects/search": nothing, "POST /custom-objects/contract/search": nothing,
		"POST /feature-requests/search": {"query": "no such thing"},
		"POST /surveys/search":          {"filter": object{"field": "updated_at", "operator": "time_is_after", "value": "2030-01-01T00:00:00Z"}},
	}
	for call, body := range calls {
		if answer := d.call(call, body); len(answer) != 0 {
			t.Errorf("%s = %v, want no data", call, answer)
		}
	}
	d.o.SetKeepsEmptyData(true)
	for call, body := range calls {
		if diff := cmp.Diff(object{"data": []any{}}, d.call(call, body)); diff != "" {
			t.Errorf("%s, data kept (-want +got):\n%s", call, diff)
		}
	}
}
