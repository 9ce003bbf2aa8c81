package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/catalog"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// hosted is what the hosted platform offers for Pylon, written down from its
// contract and not from pylon.yaml: operation, request, then one line per
// parameter as signature renders it.
var hosted = []struct {
	operation string
	request   string
	params    []string
}{
	{"issues.list", "GET /issues", []string{
		`start_time: query string required format=date-time default="2024-01-01T00:00:00Z"`,
		`end_time: query string required format=date-time default="2099-12-31T23:59:59Z"`,
		`cursor: query string`,
	}},
	{"issues.create", "POST /issues", []string{
		"title: body string required", "body_html: body string required", "priority: body string",
		"requester_email: body string", "requester_name: body string", "account_id: body string",
		"assignee_id: body string", "team_id: body string", "tags: body array of string",
	}},
	{"issues.get", "GET /issues/{id}", []string{"id: path string required"}},
	{"issues.update", "PATCH /issues/{id}", []string{
		"id: path string required", "state: body string", "assignee_id: body string", "team_id: body string",
		"account_id: body string", "tags: body array of string",
	}},
	{"issues.delete", "DELETE /issues/{id}", []string{"id: path string required"}},
	{"issue_replies.create", "POST /issues/{id}/reply", []string{
		"id: path string required", "body_html: body string required", "message_id: body string required",
		"user_id: body string", "contact_id: body string", "attachment_urls: body array of string",
	}},
	{"issue_assignments.update", "PATCH /issues/{id}", []string{
		"id: path string required", "assignee_id: body string", "team_id: body string",
	}},
	{"issue_statuses.update", "PATCH /issues/{id}", []string{"id: path string required", "state: body string required"}},
	{"messages.list", "GET /issues/{id}/messages", []string{"id: path string required", "cursor: query string"}},
	{"issue_notes.create", "POST /issues/{id}/note", []string{
		"id: path string required", "body_html: body string required", "thread_id: body string", "message_id: body string",
	}},
	{"issue_threads.create", "POST /issues/{id}/threads", []string{"id: path string required", "name: body string"}},
	{"accounts.list", "GET /accounts", []string{"cursor: query string"}},
	{"accounts.create", "POST /accounts", []string{
		"name: body string required", "domains: body array of string", "primary_domain: body string",
		"owner_id: body string", "logo_url: body string", "tags: body array of string",
	}},
	{"accounts.get", "GET /accounts/{id}", []string{"id: path string required"}},
	{"accounts.update", "PATCH /accounts/{id}", []string{
		"id: path string required", "name: body string", "domains: body array of string", "primary_domain: body string",
		"owner_id: body string", "logo_url: body string", "is_disabled: body boolean", "tags: body array of string",
	}},
	{"contacts.list", "GET /contacts", []string{"cursor: query string"}},
	{"contacts.create", "POST /contacts", []string{
		"name: body string required", "email: body string", "account_id: body string", "avatar_url: body string",
	}},
	{"contacts.get", "GET /contacts/{id}", []string{"id: path string required"}},
	{"contacts.update", "PATCH /contacts/{id}", []string{
		"id: path string required", "name: body string", "email: body string", "account_id: body string",
	}},
	{"teams.list", "GET /teams", []string{"cursor: query string"}},
	{"teams.create", "POST /teams", []string{"name: body string"}},
	{"teams.get", "GET /teams/{id}", []string{"id: path string required"}},
	{"teams.update", "PATCH /teams/{id}", []string{"id: path string required", "name: body string"}},
	{"tags.list", "GET /tags", []string{"cursor: query string"}},
	{"tags.create", "POST /tags", []string{
		"value: body string required", "object_type: body string required", "hex_color: body string",
	}},
	{"tags.get", "GET /tags/{id}", []string{"id: path string required"}},
	{"tags.update", "PATCH /tags/{id}", []string{"id: path string required", "value: body string", "hex_color: body string"}},
	{"users.list", "GET /users", []string{"cursor: query string"}},
	{"users.get", "GET /users/{id}", []string{"id: path string required"}},
	{"custom_fields.list", "GET /custom-fields", []string{
		`object_type: query string required enum="account","issue","contact" default="issue"`, "cursor: query string",
	}},
	{"custom_fields.get", "GET /custom-fields/{id}", []string{"id: path string required"}},
	{"ticket_forms.list", "GET /ticket-forms", []string{"cursor: query string"}},
	{"user_roles.list", "GET /user-roles", []string{"cursor: query string"}},
	{"tasks.create", "POST /tasks", []string{
		"title: body string required", "body_html: body string", "status: body string", "assignee_id: body string",
		"project_id: body string", "milestone_id: body string", "due_date: body string",
	}},
	{"tasks.update", "PATCH /tasks/{id}", []string{
		"id: path string required", "title: body string", "body_html: body string", "status: body string",
		"assignee_id: body string",
	}},
	{"projects.create", "POST /projects", []string{
		"name: body string required", "account_id: body string required", "description_html: body string",
		"start_date: body string", "end_date: body string",
	}},
	{"projects.update", "PATCH /projects/{id}", []string{
		"id: path string required", "name: body string", "description_html: body string", "is_archived: body boolean",
	}},
	{"milestones.create", "POST /milestones", []string{
		"name: body string required", "project_id: body string required", "due_date: body string",
	}},
	{"milestones.update", "PATCH /milestones/{id}", []string{
		"id: path string required", "name: body string", "due_date: body string",
	}},
	{"articles.create", "POST /knowledge-bases/{kb_id}/articles", []string{
		"kb_id: path string required", "title: body string required", "body_html: body string required",
		"author_user_id: body string required", "slug: body string", "is_published: body boolean",
	}},
	{"articles.update", "PATCH /knowledge-bases/{kb_id}/articles/{article_id}", []string{
		"kb_id: path string required", "article_id: path string required", "title: body string", "body_html: body string",
	}},
	{"collections.create", "POST /knowledge-bases/{kb_id}/collections", []string{
		"kb_id: path string required", "title: body string required", "description: body string", "slug: body string",
	}},
	{"me.get", "GET /me", nil},
}

func signature(p manifest.Parameter) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s %s", p.Name, p.In, p.Type)
	switch string(p.Items) {
	case "":
	case `{"type":"string"}`:
		b.WriteString(" of string")
	default:
		b.WriteString(" of " + string(p.Items))
	}
	if p.Required {
		b.WriteString(" required")
	}
	if p.Format != "" {
		b.WriteString(" format=" + p.Format)
	}
	var values []string
	for _, value := range p.Enum {
		values = append(values, string(value))
	}
	if values != nil {
		b.WriteString(" enum=" + strings.Join(values, ","))
	}
	if p.Default != nil {
		b.WriteString(" default=" + string(p.Default))
	}
	if p.DirectOnly {
		b.WriteString(" direct-only")
	}
	return b.String()
}

// pylon is the shared document; the tests only read it.
func pylon(t *testing.T) *manifest.Document {
	t.Helper()
	doc, ok := catalog.Lookup("pylon")
	if !ok {
		t.Fatal("the catalog has no pylon")
	}
	return doc
}

func TestHostedOperations(t *testing.T) {
	t.Parallel()
	type operation struct {
		Name, Request string
		Params        []string
	}
	var want, got []operation
	for _, h := range hosted {
		want = append(want, operation{h.operation, h.request, h.params})
	}
	for _, entity := range pylon(t).Entities {
		for _, op := range entity.Operations {
			if op.DirectOnly {
				continue
			}
			var params []string
			for _, p := range op.Parameters {
				if !p.DirectOnly {
					params = append(params, signature(p))
				}
			}
			got = append(got, operation{entity.Name + "." + op.Action, op.Method + " " + op.Path, params})
		}
	}
	if len(want) != 43 {
		t.Fatalf("the table has %d operations, want 43", len(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("hosted operations (-want +got):\n%s", diff)
	}
}

func TestHostedEntityOrder(t *testing.T) {
	t.Parallel()
	want := []string{
		"issues", "issue_replies", "issue_assignments", "issue_statuses", "messages", "issue_notes", "issue_threads",
		"accounts", "contacts", "teams", "tags", "users", "custom_fields", "ticket_forms", "user_roles", "tasks",
		"projects", "milestones", "articles", "collections", "me",
	}
	var got []string
	for _, entity := range hostedView(pylon(t)) {
		got = append(got, entity.Name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("hosted entities (-want +got):\n%s", diff)
	}
}

func TestCheckRunsOnAccounts(t *testing.T) {
	t.Parallel()
	var got []string
	for _, entity := range pylon(t).Entities {
		for _, op := range entity.Operations {
			if op.PreferredForCheck {
				got = append(got, entity.Name+"."+op.Action)
			}
		}
	}
	if diff := cmp.Diff([]string{"accounts.list"}, got); diff != "" {
		t.Errorf("preferred for check (-want +got):\n%s", diff)
	}
}
