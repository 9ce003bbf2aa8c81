package tools_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// parityRow is a call that both modes can make. Names in angle brackets in its
// parameters stand for ids of the sandbox's records.
type parityRow struct{ name, entity, action, params string }

func (r parityRow) operation() string { return r.entity + "." + r.action }

// parityRows are the hosted operations, each with all of its hosted parameters
// and, where that differs, with as few as it takes.
func parityRows() []parityRow {
	return []parityRow{
		{"", "issues", "list", `{"start_time":"2026-10-27T12:00:00Z","end_time":"2026-10-30T12:00:00Z"}`},
		{"nothing in it", "issues", "list", `{"start_time":"2020-10-01T00:00:00Z","end_time":"2020-10-02T00:00:00Z"}`},
		{"", "issues", "create", `{"title":"Export \"fails\" <again>","body_html":"<p>It does &amp; how</p>","priority":"high","account_id":"<account>","requester_email":"someone@kestrelbay.test","requester_name":"Some One","assignee_id":"<user>","team_id":"<team>","tags":["bug","sso"]}`},
		{"required alone", "issues", "create", `{"title":"Export fails","body_html":"<p>It does</p>","account_id":"<account>"}`},
		{"", "issues", "get", `{"id":"<issue>"}`},
		{"by number", "issues", "get", `{"id":"1001"}`},
		{"", "issues", "update", `{"id":"1001","state":"closed","assignee_id":"<user>","team_id":"<team>","account_id":"<account>","tags":["sso"]}`},
		{"tags emptied", "issues", "update", `{"id":"1001","tags":[]}`},
		{"", "issues", "delete", `{"id":"1001"}`},
		{"", "issue_replies", "create", `{"id":"1448","body_html":"<p>On it</p>","message_id":"<message>"}`},
		{"", "issue_assignments", "update", `{"id":"1001","assignee_id":"<user>","team_id":"<team>"}`},
		{"", "issue_statuses", "update", `{"id":"1001","state":"on_hold"}`},
		{"", "messages", "list", `{"id":"1001"}`},
		{"", "issue_notes", "create", `{"id":"1001","body_html":"<p>Seen</p>"}`},
		{"", "issue_threads", "create", `{"id":"1001","name":"Talk"}`},
		{"", "accounts", "list", `{}`},
		{"", "accounts", "get", `{"id":"<account>"}`},
		{"", "accounts", "create", `{"name":"New","domains":["new.test"],"primary_domain":"new.test","owner_id":"<user>","logo_url":"https://new.test/l.png","tags":["vip"]}`},
		{"", "accounts", "update", `{"id":"<account>","name":"Other","domains":["other.test"],"primary_domain":"other.test","owner_id":"<user>","logo_url":"https://new.test/l.png","is_disabled":true,"tags":["vip"]}`},
		{"", "contacts", "list", `{}`},
		{"", "contacts", "get", `{"id":"<contact>"}`},
		{"", "contacts", "create", `{"name":"Ana","email":"ana@new.test","account_id":"<account>","avatar_url":"https://new.test/a.png"}`},
		{"", "contacts", "update", `{"id":"<contact>","name":"Ana","email":"ana@new.test","account_id":"<account>"}`},
		{"", "teams", "list", `{}`},
		{"", "teams", "get", `{"id":"<team>"}`},
		{"", "teams", "create", `{"name":"Night shift"}`},
		{"without a name", "teams", "create", `{}`},
		{"", "teams", "update", `{"id":"<team>","name":"Night shift"}`},
		{"", "tags", "list", `{}`},
		{"", "tags", "get", `{"id":"<tag>"}`},
		{"", "tags", "create", `{"value":"night","object_type":"issue","hex_color":"#112233"}`},
		{"", "tags", "update", `{"id":"<tag>","value":"night","hex_color":"#112233"}`},
		{"", "users", "list", `{}`},
		{"", "users", "get", `{"id":"<user>"}`},
		{"", "custom_fields", "list", `{"object_type":"account"}`},
		{"", "custom_fields", "get", `{"id":"<custom_field>"}`},
		{"", "ticket_forms", "list", `{}`},
		{"", "user_roles", "list", `{}`},
		{"", "tasks", "create", `{"title":"Call","body_html":"<p>Soon</p>","status":"in_progress","assignee_id":"<user>","project_id":"<project>","due_date":"2026-11-30"}`},
		{"required alone", "tasks", "create", `{"title":"Call"}`},
		{"", "tasks", "update", `{"id":"<task>","title":"Call","body_html":"<p>Soon</p>","status":"completed","assignee_id":"<user>"}`},
		{"", "projects", "create", `{"name":"Launch","account_id":"<account>","description_html":"<p>Soon</p>","start_date":"2026-11-01","end_date":"2026-11-30"}`},
		{"", "projects", "update", `{"id":"<project>","name":"Launch","description_html":"<p>Soon</p>","is_archived":true}`},
		{"", "milestones", "create", `{"name":"Beta","project_id":"<project>","due_date":"2026-11-30"}`},
		{"", "milestones", "update", `{"id":"<milestone>","name":"Beta","due_date":"2026-11-30"}`},
		{"", "articles", "create", `{"kb_id":"<knowledge_base>","title":"How to","body_html":"<p>So</p>","author_user_id":"<user>","slug":"how","is_published":true}`},
		{"required alone", "articles", "create", `{"kb_id":"<knowledge_base>","title":"How to","body_html":"<p>So</p>","author_user_id":"<user>"}`},
		{"", "articles", "update", `{"kb_id":"<knowledge_base>","article_id":"<article>","title":"How to","body_html":"<p>So</p>"}`},
		{"", "collections", "create", `{"kb_id":"<knowledge_base>","title":"Basics","description":"First","slug":"first"}`},
		{"", "me", "get", `{}`},
	}
}

// TestParity holds that a model reads the same bytes from both modes: each call
// runs on a fresh sandbox through the platform, and on another one through
// Pylon's own API. The id of the request needs no care: a write leaves it out of
// the envelope, and a delete gets the same one from both sandboxes.
func TestParity(t *testing.T) {
	t.Parallel()
	ids := seeded(t)
	covered := map[string]bool{}
	for _, row := range parityRows() {
		covered[row.operation()] = true
		t.Run(strings.TrimSpace(row.operation()+" "+row.name), func(t *testing.T) {
			t.Parallel()
			args := executeCall(t, row.entity, row.action, ids.Replace(row.params))
			hosted, direct := bothModes(t)
			want, got := callSet(t, hosted, args), callSet(t, direct, args)
			if want.IsError {
				t.Fatalf("the hosted call failed: %s", want.Text)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-hosted +direct):\n%s", args, diff)
			}
		})
	}
	for _, operation := range hostedOperations(t) {
		if !covered[operation] {
			t.Errorf("%s has no row", operation)
		}
	}
}

// TestParityOfEffects holds that a write is there afterwards in both modes, and
// that a story of several calls goes the same way.
func TestParityOfEffects(t *testing.T) {
	t.Parallel()
	ids := seeded(t)
	hosted, direct := bothModes(t)
	for _, row := range []parityRow{
		{"", "issue_statuses", "update", `{"id":"1448","state":"closed"}`},
		{"", "issue_notes", "create", `{"id":"1448","body_html":"<p>Done</p>"}`},
		{"", "issue_replies", "create", `{"id":"1448","message_id":"<message>","body_html":"<p>Fixed</p>"}`},
		{"", "messages", "list", `{"id":"1448"}`},
		{"", "issues", "get", `{"id":"1448"}`},
		{"", "issues", "create", `{"title":"Next","body_html":"<p>B</p>","account_id":"<account>"}`},
		{"", "issues", "delete", `{"id":"1448"}`},
		{"", "issues", "get", `{"id":"1448"}`},
	} {
		args := executeCall(t, row.entity, row.action, ids.Replace(row.params))
		want, got := callSet(t, hosted, args), callSet(t, direct, args)
		if diff := cmp.Diff(want.Text, got.Text); diff != "" {
			t.Errorf("%s (-hosted +direct):\n%s", args, diff)
		}
	}
}

// TestParityOfPages follows the cursors of the lists that the service cuts.
func TestParityOfPages(t *testing.T) {
	t.Parallel()
	for _, row := range []parityRow{
		{"", "issues", "list", `{"start_time":"2026-10-27T12:00:00Z","end_time":"2026-10-30T12:00:00Z"}`},
		{"", "accounts", "list", `{}`},
		{"", "contacts", "list", `{}`},
	} {
		t.Run(row.operation(), func(t *testing.T) {
			t.Parallel()
			hosted, direct := bothModesOf(t, []sandbox.Option{sandbox.WithPageSize(row.entity, 15)})
			params := row.params
			for page := 1; ; page++ {
				args := executeCall(t, row.entity, row.action, params)
				want, got := callSet(t, hosted, args), callSet(t, direct, args)
				if diff := cmp.Diff(want, got); diff != "" || want.IsError {
					t.Fatalf("page %d (-hosted +direct):\n%s", page, diff)
				}
				meta := gjson.Get(want.Text, "meta")
				if !meta.Get("has_more").Bool() {
					if page == 1 {
						t.Error("there is one page only")
					}
					return
				}
				params = setMember(t, params, "cursor", meta.Get("cursor").String())
			}
		})
	}
}

// TestParityOfCutResults holds that the same rows stay where they do not all
// fit. The hint alone differs: only Pylon itself takes a limit.
func TestParityOfCutResults(t *testing.T) {
	t.Parallel()
	hosted, direct := bothModes(t, tools.WithMaxOutput(20_000))
	args := executeCall(t, "issues", "list", `{"start_time":"2026-10-27T12:00:00Z","end_time":"2026-10-30T12:00:00Z"}`)
	want, got := callSet(t, hosted, args).Text, callSet(t, direct, args).Text
	if !gjson.Get(want, "meta.truncated").Bool() || !strings.Contains(gjson.Get(got, "meta.hint").String(), "limit") {
		t.Errorf("meta %s and %s", gjson.Get(want, "meta"), gjson.Get(got, "meta"))
	}
	if diff := cmp.Diff(without(t, want, "meta.hint"), without(t, got, "meta.hint")); diff != "" {
		t.Errorf("(-hosted +direct):\n%s", diff)
	}
}

func hostedOperations(t *testing.T) []string {
	t.Helper()
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("there is no manifest of pylon")
	}
	var names []string
	for _, e := range manifest.Entities() {
		for _, a := range e.Actions {
			if a.Name != "context_store_search" {
				names = append(names, e.Name+"."+a.Name)
			}
		}
	}
	if len(names) != 43 {
		t.Errorf("%d hosted operations, want 43", len(names))
	}
	return names
}
