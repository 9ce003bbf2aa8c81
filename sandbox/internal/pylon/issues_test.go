package pylon_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

func TestListIssuesWindow(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	for name, test := range map[string]struct{ start, end, want string }{
		"thirty days":      {"2026-09-30T00:00:00Z", "2026-10-30T00:00:00Z", ""},
		"a zone":           {"2026-10-01T00:00:00+02:00", "2026-10-02T00:00:00+02:00", ""},
		"one instant":      {"2026-10-01T00:00:00Z", "2026-10-01T00:00:00Z", ""},
		"too wide":         {"2026-09-29T23:59:59Z", "2026-10-30T00:00:00Z", "at most 30 days"},
		"the usual sample": {"2024-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "at most 30 days"},
		"inverted":         {"2026-10-02T00:00:00Z", "2026-10-01T00:00:00Z", "end_time must not be before start_time"},
		"no zone":          {"2026-10-01T00:00:00", "2026-10-02T00:00:00Z", "start_time must be an RFC3339 time with a zone"},
		"a day only":       {"2026-10-01T00:00:00Z", "2026-10-02", "end_time must be an RFC3339 time with a zone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			params := object{"start_time": test.start, "end_time": test.end}
			if test.want == "" {
				rows(t, o, "issues", "list", params)
				return
			}
			if refused := refusal(t, o, "issues", "list", params); refused.Status != http.StatusBadRequest || !strings.Contains(refused.Message, test.want) {
				t.Errorf("got %v, want 400 with %q", refused, test.want)
			}
		})
	}
}

func TestListIssuesWiderWindow(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	o.SetWindow(365 * 24 * time.Hour)
	o.SetPageSize("issues", 0)
	year := object{"start_time": "2025-11-01T00:00:00Z", "end_time": "2026-10-30T12:00:00Z"}
	if got, want := len(rows(t, o, "issues", "list", year)), len(o.IDs("issues")); got != want {
		t.Errorf("%d issues in the year, want all %d", got, want)
	}
}

func TestListIssuesNewestFirstInsideTheWindow(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	window := recent()
	previous := window["end_time"].(string)
	got := rows(t, o, "issues", "list", window)
	if len(got) != 100 {
		t.Fatalf("%d issues, want a full page of 100", len(got))
	}
	for _, issue := range got {
		at := issue["created_at"].(string)
		if at > previous || at < window["start_time"].(string) {
			t.Errorf("issue %v created at %s stands after %s", issue["number"], at, previous)
		}
		previous = at
	}
}

func TestGetIssueByNumber(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	want := read(t, o, "issues", "get", object{"id": o.IDs("issues")[0]})
	for name, id := range map[string]any{"text": "1001", "number": 1001} {
		if diff := cmp.Diff(want, read(t, o, "issues", "get", object{"id": id})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestCreateIssue(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	account, user, team := o.IDs("accounts")[2], o.IDs("users")[2], o.IDs("teams")[0]
	number := len(o.IDs("issues")) + 1001
	created := write(t, o, "issues", "create", object{
		"title": "Naïve 🚀 title", "body_html": "<p>a < b & c</p>", "account_id": account, "assignee_id": user, "team_id": team,
		"priority": "high", "tags": []string{"bug", "bug", "sso"}, "limit": 3, "State": "closed",
	})
	want := object{
		"title": "Naïve 🚀 title", "body_html": "<p>a < b & c</p>", "state": "new", "source": "manual", "type": "conversation",
		"account": object{"id": account, "external_ids": nil}, "requester": nil, "assignee": object{"id": user}, "team": object{"id": team},
		"tags": []any{"bug", "sso"}, "custom_fields": object{"priority": object{"value": "high"}}, "created_at": "2026-10-31T12:00:00Z",
	}
	got := object{}
	for key := range want {
		got[key] = created[key]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if id := created["id"]; read(t, o, "issues", "get", object{"id": number})["id"] != id {
		t.Errorf("issue %d is not %v", number, id)
	}
	messages := messagesOf(t, o, created["id"])
	if len(messages) != 1 || messages[0]["is_private"] != true || messages[0]["message_html"] != "<p>a < b & c</p>" {
		t.Errorf("messages = %v, want the body as one private note", messages)
	}
}

func TestCreateIssueRequester(t *testing.T) {
	t.Parallel()
	seeded := newOrganization()
	contact := read(t, seeded, "contacts", "get", object{"id": seeded.IDs("contacts")[0]})
	account := read(t, seeded, "accounts", "get", object{"id": seeded.IDs("accounts")[0]})
	other := seeded.IDs("accounts")[1]
	email := contact["email"].(string)
	for name, test := range map[string]struct {
		params  object
		contact any // nil: a new one
		account any
	}{
		"known email":              {object{"requester_email": email}, contact["id"], account["id"]},
		"known email, other case":  {object{"requester_email": strings.ToUpper(email)}, contact["id"], account["id"]},
		"known email, own account": {object{"requester_email": email, "account_id": account["id"]}, contact["id"], account["id"]},
		"new email, known domain":  {object{"requester_email": "new@" + account["domain"].(string)}, nil, account["id"]},
		"new email, named account": {object{"requester_email": "new@mailbox.example", "account_id": other}, nil, other},
		"new email, no account":    {object{"requester_email": "new@mailbox.example", "requester_name": "New"}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrganization()
			before := len(o.IDs("contacts"))
			test.params["title"], test.params["body_html"] = "T", "B"
			created := write(t, o, "issues", "create", test.params)
			requester := created["requester"].(object)["id"]
			added := len(o.IDs("contacts")) - before
			if test.contact != nil && (requester != test.contact || added != 0) {
				t.Errorf("requester = %v with %d contacts added, want %v", requester, added, test.contact)
			}
			if test.contact == nil && added != 1 {
				t.Errorf("%d contacts added, want 1", added)
			}
			in, _ := created["account"].(object)
			if in["id"] != test.account {
				t.Errorf("account = %v, want %v", in["id"], test.account)
			}
		})
	}
}

func TestCreateIssueRefusals(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	email := read(t, o, "contacts", "get", object{"id": o.IDs("contacts")[0]})["email"]
	before := len(o.IDs("issues"))
	for name, test := range map[string]struct {
		params object
		want   string
	}{
		"nobody":          {object{}, "account_id or requester_email is required"},
		"empty account":   {object{"account_id": ""}, "account_id or requester_email is required"},
		"no address":      {object{"requester_email": "somebody"}, "requester_email must be an email address"},
		"priority":        {object{"account_id": o.IDs("accounts")[0], "priority": "p1"}, `priority "p1" is not valid: use one of urgent, high, medium, low`},
		"foreign account": {object{"account_id": o.IDs("accounts")[1], "requester_email": email}, "does not belong to the account"},
		"tags as text":    {object{"account_id": o.IDs("accounts")[0], "tags": "bug"}, "tags must be an array of strings"},
		"title as number": {object{"account_id": o.IDs("accounts")[0], "title": 5}, "title must be a string"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			params := object{"title": "T", "body_html": "B"}
			maps.Copy(params, test.params)
			if refused := refusal(t, o, "issues", "create", params); refused.Status != http.StatusBadRequest || !strings.Contains(refused.Message, test.want) {
				t.Errorf("got %v, want 400 with %q", refused, test.want)
			}
			if after := len(o.IDs("issues")); after != before {
				t.Errorf("%d issues added by refused calls", after-before)
			}
		})
	}
}

func TestDeleteIssue(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	reply := read(t, o, "issues", "delete", object{"id": 1001})
	if len(reply) != 1 || len(reply["request_id"].(string)) != 36 {
		t.Errorf("reply = %v, want a request id alone", reply)
	}
	for _, operation := range []string{"issues.get", "issues.delete", "messages.list"} {
		entity, action, _ := strings.Cut(operation, ".")
		if refused := refusal(t, o, entity, action, object{"id": 1001}); refused.Status != http.StatusNotFound {
			t.Errorf("%s after the delete: %v, want 404", operation, refused)
		}
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	err := &pylon.Error{Status: 404, Message: "Issue not found!"}
	if got, want := err.Error(), "pylon: 404: Issue not found!"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
}
