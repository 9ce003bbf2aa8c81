package pylon_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWritesOfTasksProjectsAndArticles(t *testing.T) {
	t.Parallel()
	seeded := newOrganization()
	project, milestone, task := seeded.IDs("projects")[0], seeded.IDs("milestones")[0], seeded.IDs("tasks")[0]
	account, user := seeded.IDs("accounts")[0], seeded.IDs("users")[2]
	kb, article := seeded.IDs("knowledge_bases")[0], seeded.IDs("articles")[0]
	owner := object{"id": account, "external_ids": nil}
	for _, test := range []struct {
		name, operation string
		params, want    object
	}{
		{
			"task", "tasks.create",
			object{"title": "T", "body_html": "<p>B</p>", "status": "in_progress", "assignee_id": user, "project_id": project, "milestone_id": milestone, "due_date": "2026-11-15"},
			object{"title": "T", "status": "in_progress", "assignee": object{"user": object{"id": user}}, "project": object{"id": project}, "milestone": object{"id": milestone}, "due_date": "2026-11-15", "account": owner, "subtask_ids": []any{}},
		},
		{"bare task", "tasks.create", object{"title": "T", "due_date": ""}, object{"status": "not_started", "assignee": nil, "project": nil, "account": nil, "due_date": nil}},
		{
			"task update", "tasks.update",
			object{"id": task, "title": "N", "body_html": "", "status": "completed", "assignee_id": ""},
			object{"id": task, "title": "N", "body_html": "", "status": "completed", "assignee": nil, "updated_at": writtenAt},
		},
		{
			"project", "projects.create",
			object{"name": "P", "account_id": account, "description_html": "<p>D</p>", "start_date": "2026-11-01", "end_date": "2026-12-01T00:00:00Z"},
			object{"name": "P", "account": owner, "description_html": "<p>D</p>", "start_date": "2026-11-01", "end_date": "2026-12-01T00:00:00Z", "is_archived": false, "archived_at": nil},
		},
		{"project archived", "projects.update", object{"id": project, "is_archived": true}, object{"is_archived": true, "archived_at": writtenAt}},
		{"project restored", "projects.update", object{"id": seeded.IDs("projects")[3], "is_archived": false, "name": "N"}, object{"is_archived": false, "archived_at": nil, "name": "N"}},
		{"milestone", "milestones.create", object{"name": "M", "project_id": project}, object{"name": "M", "project": object{"id": project}, "account": owner, "due_date": nil}},
		{"milestone update", "milestones.update", object{"id": milestone, "due_date": ""}, object{"id": milestone, "name": "Kick-off", "due_date": nil, "updated_at": writtenAt}},
		{
			"draft", "articles.create",
			object{"kb_id": kb, "title": "Größe & Maß: ein Überblick", "body_html": "<p>B</p>", "author_user_id": user},
			object{"slug": "größe-maß-ein-überblick", "is_published": false, "current_draft_content_html": "<p>B</p>", "current_published_content_html": "", "last_published_at": nil, "author_user_id": user},
		},
		{
			"published", "articles.create",
			object{"kb_id": kb, "title": "T", "slug": "s", "body_html": "<p>B</p>", "author_user_id": user, "is_published": true},
			object{"slug": "s", "is_published": true, "current_published_content_html": "<p>B</p>", "last_published_at": writtenAt},
		},
		{
			"article update", "articles.update",
			object{"kb_id": kb, "article_id": article, "body_html": "<p>N</p>", "title": "N"},
			object{
				"id": article, "title": "N", "current_draft_content_html": "<p>N</p>", "last_edited_at": writtenAt, "slug": "export-large-reports",
				"current_published_content_html": "<h1>Export large reports</h1><p>Step by step, with <code>a < b && c</code> examples.</p>",
			},
		},
		{"collection", "collections.create", object{"kb_id": kb, "title": "New things", "description": "D"}, object{"title": "New things", "slug": "new-things", "description": "D", "parent_collection_id": nil}},
		{"collection slug", "collections.create", object{"kb_id": kb, "title": "T", "slug": "s"}, object{"slug": "s"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrganization()
			entity, action, _ := strings.Cut(test.operation, ".")
			before := len(o.IDs(entity))
			got := write(t, o, entity, action, test.params)
			if diff := cmp.Diff(test.want, subset(got, test.want)); diff != "" {
				t.Error(diff)
			}
			if _, ok := got["body_html"]; ok && entity == "articles" {
				t.Error("an article carries body_html")
			}
			want := before
			if action == "create" {
				want++
			}
			if ids := o.IDs(entity); len(ids) != want || (action == "create" && ids[before] != got["id"]) {
				t.Errorf("%d %s stored, want %d", len(ids), entity, want)
			}
		})
	}
}

func TestArticleOfAnotherKnowledgeBase(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	refused := refusal(t, o, "articles", "update", object{"kb_id": o.IDs("knowledge_bases")[1], "article_id": o.IDs("articles")[0]})
	if refused.Message != "Article not found!" {
		t.Errorf("got %v", refused)
	}
}
