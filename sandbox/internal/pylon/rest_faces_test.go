package pylon_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// faceCase is one hosted operation and the REST call that does the same.
type faceCase struct {
	entity, action string
	params         object
	call           string
	body           any
}

func TestReadsShowTheSameRecords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := func(entity string) string { return d.o.IDs(entity)[2] }
	with := func(entity string) object { return object{"id": id(entity)} }
	for _, c := range []faceCase{
		{"issues", "get", with("issues"), "GET /issues/" + id("issues"), nil},
		{"accounts", "get", with("accounts"), "GET /accounts/" + id("accounts"), nil},
		{"contacts", "get", with("contacts"), "GET /contacts/" + id("contacts"), nil},
		{"teams", "get", with("teams"), "GET /teams/" + id("teams"), nil},
		{"tags", "get", with("tags"), "GET /tags/" + id("tags"), nil},
		{"users", "get", with("users"), "GET /users/" + id("users"), nil},
		{"custom_fields", "get", with("custom_fields"), "GET /custom-fields/" + id("custom_fields"), nil},
		{"me", "get", nil, "GET /me", nil},
	} {
		hosted, direct := read(t, d.o, c.entity, c.action, c.params), decoded(t, d.call(c.call, c.body)["data"])
		if diff := cmp.Diff(hosted, direct); diff != "" {
			t.Errorf("%s (-hosted +direct):\n%s", c.call, diff)
		}
	}
	for _, c := range []faceCase{
		{"issues", "list", recent(), "GET /issues" + window() + "&limit=100", nil},
		{"accounts", "list", nil, "GET /accounts", nil},
		{"contacts", "list", nil, "GET /contacts", nil},
		{"messages", "list", with("issues"), "GET /issues/" + id("issues") + "/messages", nil},
		{"teams", "list", nil, "GET /teams", nil},
		{"tags", "list", nil, "GET /tags", nil},
		{"users", "list", nil, "GET /users", nil},
		{"user_roles", "list", nil, "GET /user-roles", nil},
		{"ticket_forms", "list", nil, "GET /ticket-forms", nil},
		{"custom_fields", "list", object{"object_type": "account"}, "GET /custom-fields?object_type=account", nil},
	} {
		hosted := rows(t, d.o, c.entity, c.action, c.params)
		if diff := cmp.Diff(hosted, d.records(c.call, c.body)); diff != "" || len(hosted) == 0 {
			t.Errorf("%s, %d rows (-hosted +direct):\n%s", c.call, len(hosted), diff)
		}
	}
}

// decoded asserts that a value is an object.
func decoded(tb testing.TB, value any) object {
	tb.Helper()
	record, ok := value.(object)
	if !ok {
		tb.Fatalf("%v is no object", value)
	}
	return record
}

// TestWritesMakeTheSameRecords runs one story through each face of its own
// organization: numbers, ids and times must be equal throughout.
func TestWritesMakeTheSameRecords(t *testing.T) {
	t.Parallel()
	hosted, direct := newOrganization(), newDesk(t)
	id := func(entity string) string { return hosted.IDs(entity)[2] }
	both := func(params object, more object) object {
		merged := object{}
		for _, from := range []object{params, more} {
			maps.Copy(merged, from)
		}
		return merged
	}
	chat := findIssue(t, hosted, "by chat", func(i object) bool { return i["source"] == "chat_widget" && i["state"] != "closed" })["id"].(string)
	issue := object{"title": "T", "body_html": "B", "priority": "high", "requester_email": "someone@kestrelbay.test", "requester_name": "Some One", "tags": []string{"bug"}}
	changed := object{"state": "closed", "team_id": id("teams"), "tags": []string{"sso", "sso"}}
	reply := object{"body_html": "R", "message_id": findMessage(t, hosted, chat, false)}
	account := object{"name": "N", "domains": []string{"n.test"}, "owner_id": id("users")}
	contact := object{"name": "C", "email": "c@n.test", "account_id": id("accounts")}
	for _, c := range []faceCase{
		{"issues", "create", issue, "POST /issues", issue},
		{"issues", "update", both(changed, object{"id": chat}), "PATCH /issues/" + chat, changed},
		{"issue_replies", "create", both(reply, object{"id": chat}), "POST /issues/" + chat + "/reply", reply},
		{"issue_notes", "create", object{"id": chat, "body_html": "N"}, "POST /issues/" + chat + "/note", object{"body_html": "N"}},
		{"issue_threads", "create", object{"id": chat, "name": "Talk"}, "POST /issues/" + chat + "/threads", object{"name": "Talk"}},
		{"accounts", "create", account, "POST /accounts", account},
		{"accounts", "update", object{"id": id("accounts"), "name": "M"}, "PATCH /accounts/" + id("accounts"), object{"name": "M"}},
		{"contacts", "create", contact, "POST /contacts", contact},
		{"contacts", "update", object{"id": id("contacts"), "email": "d@n.test"}, "PATCH /contacts/" + id("contacts"), object{"email": "d@n.test"}},
		{"teams", "create", object{"name": "N"}, "POST /teams", object{"name": "N"}},
		{"teams", "update", object{"id": id("teams"), "name": "M"}, "PATCH /teams/" + id("teams"), object{"name": "M"}},
		{"tags", "create", object{"value": "v", "object_type": "issue"}, "POST /tags", object{"value": "v", "object_type": "issue"}},
		{"tags", "update", object{"id": id("tags"), "value": "w"}, "PATCH /tags/" + id("tags"), object{"value": "w"}},
	} {
		want := write(t, hosted, c.entity, c.action, c.params)
		got := direct.record(c.call, c.body)
		_, pattern := direct.mux.Handler(request(t, c.call))
		direct.o.RequestID(direct.routes[pattern], true)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-hosted +direct):\n%s", c.call, diff)
		}
	}
	read(t, hosted, "issues", "delete", object{"id": chat})
	direct.call("DELETE /issues/"+chat, nil)
	if diff := cmp.Diff(hosted.IDs("issues"), direct.o.IDs("issues")); diff != "" {
		t.Errorf("issues left (-hosted +direct):\n%s", diff)
	}
}

func TestOneFaceShowsWhatTheOtherWrote(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made := d.record("POST /issues", object{"title": "From REST", "body_html": "B", "account_id": d.o.IDs("accounts")[0]})
	if got := read(t, d.o, "issues", "get", object{"id": made["id"]}); got["title"] != "From REST" {
		t.Errorf("the hosted face shows %v", got)
	}
	made = write(t, d.o, "teams", "create", object{"name": "From the platform"})
	if got := d.record("GET /teams/"+made["id"].(string), nil); got["name"] != "From the platform" {
		t.Errorf("the REST face shows %v", got)
	}
}

// request makes a request out of "METHOD /path".
func request(tb testing.TB, call string) *http.Request {
	tb.Helper()
	method, target, _ := strings.Cut(call, " ")
	return httptest.NewRequestWithContext(tb.Context(), method, target, http.NoBody)
}
