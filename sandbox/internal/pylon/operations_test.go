package pylon_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// declared is the connector's surface, written out by hand.
func declared() []pylon.Operation {
	return []pylon.Operation{
		{Entity: "issues", Action: "list"},
		{Entity: "issues", Action: "create"},
		{Entity: "issues", Action: "get"},
		{Entity: "issues", Action: "update"},
		{Entity: "issue_replies", Action: "create"},
		{Entity: "issue_assignments", Action: "update"},
		{Entity: "issue_statuses", Action: "update"},
		{Entity: "issues", Action: "delete"},
		{Entity: "messages", Action: "list"},
		{Entity: "issue_notes", Action: "create"},
		{Entity: "issue_threads", Action: "create"},
		{Entity: "accounts", Action: "list"},
		{Entity: "accounts", Action: "create"},
		{Entity: "accounts", Action: "get"},
		{Entity: "accounts", Action: "update"},
		{Entity: "contacts", Action: "list"},
		{Entity: "contacts", Action: "create"},
		{Entity: "contacts", Action: "get"},
		{Entity: "contacts", Action: "update"},
		{Entity: "teams", Action: "list"},
		{Entity: "teams", Action: "create"},
		{Entity: "teams", Action: "get"},
		{Entity: "teams", Action: "update"},
		{Entity: "tags", Action: "list"},
		{Entity: "tags", Action: "create"},
		{Entity: "tags", Action: "get"},
		{Entity: "tags", Action: "update"},
		{Entity: "users", Action: "list"},
		{Entity: "users", Action: "get"},
		{Entity: "custom_fields", Action: "list"},
		{Entity: "custom_fields", Action: "get"},
		{Entity: "ticket_forms", Action: "list"},
		{Entity: "user_roles", Action: "list"},
		{Entity: "tasks", Action: "create"},
		{Entity: "tasks", Action: "update"},
		{Entity: "projects", Action: "create"},
		{Entity: "projects", Action: "update"},
		{Entity: "milestones", Action: "create"},
		{Entity: "milestones", Action: "update"},
		{Entity: "articles", Action: "create"},
		{Entity: "articles", Action: "update"},
		{Entity: "collections", Action: "create"},
		{Entity: "me", Action: "get"},
	}
}

func TestOperationsAreTheDeclaredOnes(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(declared(), pylon.Operations()); diff != "" {
		t.Error(diff)
	}
	if got := len(declared()); got != 43 {
		t.Errorf("%d operations, want 43", got)
	}
}

// validParams returns parameters with which every operation succeeds on a
// fresh organization.
func validParams(t *testing.T, o *pylon.Organization) map[string]object {
	t.Helper()
	slack := findIssue(t, o, "from slack", func(i object) bool { return i["source"] == "slack" })["id"]
	id := func(entity string) object { return object{"id": o.IDs(entity)[0]} }
	kb, author := o.IDs("knowledge_bases")[0], o.IDs("users")[2]
	return map[string]object{
		"issues.list": recent(), "issues.get": id("issues"), "issues.delete": id("issues"),
		"issues.create":            {"title": "T", "body_html": "<p>B</p>", "account_id": o.IDs("accounts")[0]},
		"issues.update":            {"id": slack, "state": "closed"},
		"issue_replies.create":     {"id": slack, "body_html": "<p>R</p>", "message_id": findMessage(t, o, slack, false)},
		"issue_assignments.update": {"id": slack, "assignee_id": author},
		"issue_statuses.update":    {"id": slack, "state": "on_hold"},
		"messages.list":            id("issues"),
		"issue_notes.create":       {"id": slack, "body_html": "<p>N</p>"},
		"issue_threads.create":     {"id": slack, "name": "War room"},
		"accounts.list":            {}, "accounts.get": id("accounts"), "accounts.create": {"name": "A"},
		"accounts.update": {"id": o.IDs("accounts")[0], "name": "A"},
		"contacts.list":   {}, "contacts.get": id("contacts"), "contacts.create": {"name": "C"},
		"contacts.update": {"id": o.IDs("contacts")[0], "name": "C"},
		"teams.list":      {}, "teams.get": id("teams"), "teams.create": {"name": "T"}, "teams.update": {"id": o.IDs("teams")[0], "name": "T"},
		"tags.list": {}, "tags.get": id("tags"), "tags.create": {"value": "v", "object_type": "issue"},
		"tags.update": {"id": o.IDs("tags")[0], "value": "w"},
		"users.list":  {}, "users.get": id("users"), "ticket_forms.list": {}, "user_roles.list": {}, "me.get": {},
		"custom_fields.list": {"object_type": "issue"}, "custom_fields.get": id("custom_fields"),
		"tasks.create": {"title": "T"}, "tasks.update": {"id": o.IDs("tasks")[0], "status": "completed"},
		"projects.create":    {"name": "P", "account_id": o.IDs("accounts")[0]},
		"projects.update":    {"id": o.IDs("projects")[0], "is_archived": true},
		"milestones.create":  {"name": "M", "project_id": o.IDs("projects")[0]},
		"milestones.update":  {"id": o.IDs("milestones")[0], "name": "M"},
		"articles.create":    {"kb_id": kb, "title": "A", "body_html": "<p>B</p>", "author_user_id": author},
		"articles.update":    {"kb_id": kb, "article_id": o.IDs("articles")[0], "title": "A"},
		"collections.create": {"kb_id": kb, "title": "C"},
	}
}

func TestEveryOperationAnswersInItsShape(t *testing.T) {
	t.Parallel()
	params := validParams(t, newOrganization())
	for _, op := range declared() {
		t.Run(op.Entity+"."+op.Action, func(t *testing.T) {
			t.Parallel()
			o := newOrganization()
			got := read(t, o, op.Entity, op.Action, params[op.Entity+"."+op.Action])
			var want []string
			switch op.Action {
			case "list":
				want = []string{"data", "meta"}
			case "create", "update":
				want = []string{"data", "request_id"}
			case "delete":
				want = []string{"request_id"}
			default:
				want = []string{"id"}
			}
			for _, key := range want {
				if _, ok := got[key]; !ok {
					t.Errorf("no %s in %v", key, got)
				}
			}
		})
	}
}

// TestRequiredParameters takes each required parameter away in turn.
func TestRequiredParameters(t *testing.T) {
	t.Parallel()
	required := map[string][]string{
		"issues.list": {"start_time", "end_time"}, "issues.get": {"id"}, "issues.delete": {"id"}, "issues.update": {"id"},
		"issues.create": {"title", "body_html"}, "issue_replies.create": {"id", "body_html", "message_id"},
		"issue_assignments.update": {"id"}, "issue_statuses.update": {"id", "state"}, "messages.list": {"id"},
		"issue_notes.create": {"id", "body_html"}, "issue_threads.create": {"id"}, "accounts.create": {"name"}, "accounts.get": {"id"},
		"accounts.update": {"id"}, "contacts.create": {"name"}, "contacts.get": {"id"}, "contacts.update": {"id"}, "teams.get": {"id"},
		"teams.update": {"id"}, "tags.create": {"value", "object_type"}, "tags.get": {"id"}, "tags.update": {"id"}, "users.get": {"id"},
		"custom_fields.list": {"object_type"}, "custom_fields.get": {"id"}, "tasks.create": {"title"}, "tasks.update": {"id"},
		"projects.create": {"name", "account_id"}, "projects.update": {"id"}, "milestones.create": {"name", "project_id"},
		"milestones.update": {"id"}, "articles.create": {"kb_id", "title", "body_html", "author_user_id"},
		"articles.update": {"kb_id", "article_id"}, "collections.create": {"kb_id", "title"},
	}
	o := newOrganization()
	all := validParams(t, o)
	for name, params := range required {
		entity, action, _ := strings.Cut(name, ".")
		for _, param := range params {
			for what, value := range map[string]any{"absent": nil, "blank": "  "} {
				t.Run(name+"/"+param+"/"+what, func(t *testing.T) {
					t.Parallel()
					without := object{param: value}
					for key, kept := range all[name] {
						if key != param {
							without[key] = kept
						}
					}
					refused := refusal(t, o, entity, action, without)
					if want := param + " is required"; refused.Status != http.StatusBadRequest || refused.Message != want {
						t.Errorf("got %v, want 400 %s", refused, want)
					}
				})
			}
		}
	}
}

func TestUnknownRecords(t *testing.T) {
	t.Parallel()
	const missing = "00000000-0000-4000-8000-000000000000"
	o := newOrganization()
	account, user, kb := o.IDs("accounts")[0], o.IDs("users")[0], o.IDs("knowledge_bases")[0]
	for _, test := range []struct {
		operation, want string
		params          object
	}{
		{"issues.get", "Issue", object{"id": missing}},
		{"issues.get", "Issue", object{"id": 99}},
		{"issues.delete", "Issue", object{"id": missing}},
		{"issues.update", "Issue", object{"id": missing}},
		{"issues.update", "User", object{"id": 1001, "assignee_id": missing}},
		{"issues.update", "Team", object{"id": 1001, "team_id": missing}},
		{"issues.update", "Account", object{"id": 1001, "account_id": missing}},
		{"issues.create", "Account", object{"title": "T", "body_html": "B", "account_id": missing}},
		{"issues.create", "User", object{"title": "T", "body_html": "B", "account_id": account, "assignee_id": missing}},
		{"messages.list", "Issue", object{"id": missing}},
		{"issue_notes.create", "Issue", object{"id": missing, "body_html": "B"}},
		{"issue_threads.create", "Issue", object{"id": missing}},
		{"issue_replies.create", "Issue", object{"id": missing, "body_html": "B", "message_id": missing}},
		{"accounts.get", "Account", object{"id": missing}},
		{"accounts.update", "Account", object{"id": missing}},
		{"accounts.update", "User", object{"id": account, "owner_id": missing}},
		{"accounts.create", "User", object{"name": "A", "owner_id": missing}},
		{"contacts.get", "Contact", object{"id": missing}},
		{"contacts.update", "Contact", object{"id": missing}},
		{"contacts.create", "Account", object{"name": "C", "account_id": missing}},
		{"teams.get", "Team", object{"id": missing}},
		{"teams.update", "Team", object{"id": missing}},
		{"tags.get", "Tag", object{"id": missing}},
		{"tags.update", "Tag", object{"id": missing}},
		{"users.get", "User", object{"id": missing}},
		{"custom_fields.get", "Custom field", object{"id": missing}},
		{"tasks.update", "Task", object{"id": missing}},
		{"tasks.create", "User", object{"title": "T", "assignee_id": missing}},
		{"tasks.create", "Project", object{"title": "T", "project_id": missing}},
		{"tasks.create", "Milestone", object{"title": "T", "milestone_id": missing}},
		{"projects.update", "Project", object{"id": missing}},
		{"projects.create", "Account", object{"name": "P", "account_id": missing}},
		{"milestones.update", "Milestone", object{"id": missing}},
		{"milestones.create", "Project", object{"name": "M", "project_id": missing}},
		{"articles.create", "Knowledge base", object{"kb_id": missing, "title": "A", "body_html": "B", "author_user_id": user}},
		{"articles.create", "User", object{"kb_id": kb, "title": "A", "body_html": "B", "author_user_id": missing}},
		{"articles.update", "Knowledge base", object{"kb_id": missing, "article_id": missing}},
		{"articles.update", "Article", object{"kb_id": kb, "article_id": missing}},
		{"collections.create", "Knowledge base", object{"kb_id": missing, "title": "C"}},
	} {
		t.Run(test.operation+"/"+test.want, func(t *testing.T) {
			t.Parallel()
			entity, action, _ := strings.Cut(test.operation, ".")
			refused := refusal(t, o, entity, action, test.params)
			want := &pylon.Error{Status: http.StatusNotFound, Message: test.want + " not found!", Code: "not_found"}
			if diff := cmp.Diff(want, refused); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnknownOperations(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	for name, test := range map[string]struct {
		entity, action string
		status         int
		legal          string
	}{
		"entity":            {"tickets", "list", http.StatusNotFound, "issues, issue_replies, issue_assignments"},
		"empty entity":      {"", "list", http.StatusNotFound, "me"},
		"action":            {"issues", "search", http.StatusBadRequest, "list, create, get, update, delete, context_store_search"},
		"action of writes":  {"tasks", "list", http.StatusBadRequest, "create, update"},
		"search of writes":  {"tasks", "context_store_search", http.StatusBadRequest, "issues, accounts, contacts, teams, tags, users, custom_fields, ticket_forms, user_roles"},
		"search of replies": {"messages", "context_store_search", http.StatusBadRequest, "user_roles"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused := refusal(t, o, test.entity, test.action, object{})
			if refused.Status != test.status || !strings.Contains(refused.Message, test.legal) {
				t.Errorf("got %v, want %d naming %s", refused, test.status, test.legal)
			}
		})
	}
}
