package pylon_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func importable(extra object) object {
	body := object{
		"title": "From the old desk", "state": "closed", "created_at": "2026-03-01T08:00:00Z", "first_response_time": "2026-03-01T09:00:00Z",
		"resolution_time": "2026-03-02T08:00:00Z", "updated_at": "2026-03-02T08:00:00Z",
		"messages": []object{
			{"body_html": "<p>Second</p>", "is_private": true, "created_at": "2026-03-01T09:00:00Z"},
			{"body_html": "<p>First</p>", "is_private": false, "created_at": "2026-03-01T08:00:00Z", "attachment_urls": []string{"https://media.example/a.png", "a.png"}},
		},
	}
	maps.Copy(body, extra)
	return body
}

func TestImportIssue(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	contact := d.record("POST /import/contacts", object{"name": "Nia", "email": "nia@imported.test", "account_id": d.o.IDs("accounts")[4], "phone_numbers": []string{"4930123"}})
	answer := d.call("POST /import/issues", importable(object{
		"requester_id": contact["id"], "issue_number": 12, "tags": []string{"bug"}, "custom_fields": []object{{"slug": "priority", "value": "low"}},
		"external_issues": []object{{"source": "jira", "external_issue_id": "10044"}}, "external_refs": object{"zendesk_ticket_id": "77"},
		"attachment_urls": []string{"ftp://media.example/x"},
	}))
	if diff := cmp.Diff(object{"skipped_attachments": []any{"ftp://media.example/x", "a.png"}}, answer["warnings"]); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	issue := answer["data"].(object)
	want := object{
		"number": json.Number("12"), "state": "closed", "created_at": "2026-03-01T08:00:00Z", "first_response_time": "2026-03-01T09:00:00Z",
		"resolution_time": "2026-03-02T08:00:00Z", "resolution_seconds": json.Number("86400"), "latest_message_time": "2026-03-01T09:00:00Z",
		"tags": []any{"bug"}, "custom_fields": object{"priority": object{"value": "low"}}, "requester": object{"id": contact["id"]},
	}
	for key, value := range want {
		if diff := cmp.Diff(value, issue[key]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	if diff := cmp.Diff([]any{object{"source": "jira", "external_id": "10044", "link": "https://jira.northlight.test/issue/10044"}}, issue["external_issues"]); diff != "" {
		t.Errorf("external_issues (-want +got):\n%s", diff)
	}
	if issue["account"].(object)["id"] != d.o.IDs("accounts")[4] {
		t.Errorf("account = %v, want the requester's", issue["account"])
	}
	if diff := cmp.Diff(issue, read(t, d.o, "issues", "get", object{"id": "12"})); diff != "" {
		t.Errorf("the hosted face shows another issue (-imported +hosted):\n%s", diff)
	}
	var texts []any
	for _, message := range messagesOf(t, d.o, issue["id"]) {
		texts = append(texts, message["message_html"])
	}
	if diff := cmp.Diff([]any{"<p>First</p>", "<p>Second</p>"}, texts); diff != "" {
		t.Errorf("messages, oldest first (-want +got):\n%s", diff)
	}
}

func TestImportMessages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	plain := d.call("POST /import/issues", importable(object{"messages": []object{{"body_html": "x", "is_private": false}}, "state": "new"}))
	if plain["warnings"] != nil {
		t.Errorf("warnings = %v", plain["warnings"])
	}
	id := plain["data"].(object)["id"].(string)
	answer := d.call("POST /import/issues/"+id+"/messages", object{"messages": []object{
		{"body_html": "y", "is_private": false, "contact_id": d.o.IDs("contacts")[0], "created_at": "2026-02-01T00:00:00Z"},
		{"body_html": "z", "is_private": true, "user_id": d.o.IDs("users")[0], "attachment_urls": []string{"bad"}},
	}})
	if diff := cmp.Diff(object{"skipped_attachments": []any{"bad"}}, answer["warnings"]); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	messages := messagesOf(t, d.o, id)
	if len(messages) != 3 || messages[0]["message_html"] != "y" || messages[0]["author"].(object)["contact"] == nil || messages[2]["author"].(object)["user"] == nil {
		t.Errorf("messages = %v", messages)
	}
}

func TestImportRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	with := func(key string, value any) object { return importable(object{key: value}) }
	checkRefusals(t, d, []refusalCase{
		{"POST /import/contacts", object{"name": "N"}, 400, "email is required"},
		{"POST /import/contacts", object{"name": "N", "email": "nobody"}, 400, "email"},
		{"POST /import/contacts", object{"name": "N", "email": "a@b.test", "portal_role": "king"}, 400, "portal_role"},
		{"POST /import/contacts", object{"name": "N", "email": "a@b.test", "account_id": "x"}, 404, "Account not found!"},
		{"POST /import/issues", object{"title": "T", "state": "new"}, 400, "messages is required"},
		{"POST /import/issues", with("messages", []object{}), 400, "at least one message"},
		{"POST /import/issues", with("messages", []object{{"body_html": "x"}}), 400, "messages[0]: is_private is required"},
		{"POST /import/issues", with("messages", []object{{"is_private": true}}), 400, "messages[0]: body_html is required"},
		{"POST /import/issues", with("messages", []object{{"body_html": "x", "is_private": true, "user_id": "a", "contact_id": "b"}}), 400, "exclude"},
		{"POST /import/issues", with("messages", []object{{"body_html": "x", "is_private": true, "user_id": "a"}}), 404, "User not found!"},
		{"POST /import/issues", with("messages", []object{{"body_html": "x", "is_private": true, "created_at": "2026-01-01"}}), 400, "messages[0]: created_at"},
		{"POST /import/issues", with("state", "solved"), 400, "waiting_on_you"},
		{"POST /import/issues", with("state", ""), 400, "state is required"},
		{"POST /import/issues", with("created_at", "2026-01-01"), 400, "created_at"},
		{"POST /import/issues", with("updated_at", "x"), 400, "updated_at"},
		{"POST /import/issues", with("first_response_time", "x"), 400, "first_response_time"},
		{"POST /import/issues", with("resolution_time", "x"), 400, "resolution_time"},
		{"POST /import/issues", with("issue_number", 0), 400, "issue_number must be from 1"},
		{"POST /import/issues", with("issue_number", 999999), 400, "issue_number"},
		{"POST /import/issues", with("issue_number", "7"), 400, "issue_number must be an integer"},
		{"POST /import/issues", with("account_id", "x"), 404, "Account not found!"},
		{"POST /import/issues", with("requester_id", "x"), 404, "Contact not found!"},
		{"POST /import/issues", with("assignee_id", "x"), 404, "User not found!"},
		{"POST /import/issues", with("team_id", "x"), 404, "Team not found!"},
		{"POST /import/issues", with("external_issues", []object{{"source": "jira"}}), 400, "external_issue_id is required"},
		{"POST /import/issues", with("external_issues", []object{{"source": "post-its", "external_issue_id": "1"}}), 400, "linear, asana"},
		{"POST /import/issues", with("custom_fields", []object{{"slug": "nope", "value": "x"}}), 400, "nope"},
		{"POST /import/issues/unknown/messages", object{"messages": []object{{"body_html": "x", "is_private": true}}}, 404, "Issue not found!"},
		{"POST /import/issues/" + d.o.IDs("issues")[0] + "/messages", object{}, 400, "messages is required"},
		{"POST /import/issues/" + d.o.IDs("issues")[0] + "/messages", object{"messages": []object{}}, 400, "messages"},
	})
}

func TestImportNamesWhatExistsAlready(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	issue := d.o.IDs("issues")[0]
	if refused := d.refuse("POST /import/issues", importable(object{"issue_number": 1001})); refused.Status != http.StatusBadRequest || refused.ExistsID != issue {
		t.Errorf("a taken number = %v, exists_id %q, want %s", refused, refused.ExistsID, issue)
	}
	created := d.record("POST /import/contacts", object{"name": "Nia", "email": "nia@imported.test"})
	if refused := d.refuse("POST /import/contacts", object{"name": "Nia", "email": "NIA@imported.test"}); refused.ExistsID != created["id"] {
		t.Errorf("a taken address = %v, exists_id %q", refused, refused.ExistsID)
	}
}
