package pylon_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
)

// refusalCase is a call, and what its refusal must say.
type refusalCase struct {
	call   string
	body   any
	status int
	says   string
}

func checkRefusals(t *testing.T, d *desk, cases []refusalCase) {
	t.Helper()
	for _, c := range cases {
		refused := d.refuse(c.call, c.body)
		if refused.Status != c.status || !strings.Contains(refused.Message, c.says) {
			t.Errorf("%s %v = %v, want %d with %q", c.call, c.body, refused, c.status, c.says)
		}
		if wantCode := c.status == http.StatusNotFound; wantCode != (refused.Code == "not_found") {
			t.Errorf("%s: code = %q", c.call, refused.Code)
		}
	}
}

func TestWorkRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	task, project, milestone := "/tasks/"+d.o.IDs("tasks")[0], "/projects/"+d.o.IDs("projects")[0], "/milestones/"+d.o.IDs("milestones")[0]
	account := d.o.IDs("accounts")[0]
	checkRefusals(t, d, []refusalCase{
		{"POST /tasks", nil, 400, "title is required"},
		{"POST /tasks", object{"title": "  "}, 400, "title is required"},
		{"POST /tasks", object{"title": 5}, 400, "title must be a string"},
		{"POST /tasks", []string{"title"}, 400, "object"},
		{"POST /tasks", object{"title": "T", "status": "open"}, 400, "not_started, in_progress, completed"},
		{"POST /tasks", object{"title": "T", "due_date": "tomorrow"}, 400, "due_date"},
		{"POST /tasks", object{"title": "T", "account_id": "x"}, 404, "Account not found!"},
		{"POST /tasks", object{"title": "T", "assignee_id": "x"}, 404, "User not found!"},
		{"POST /tasks", object{"title": "T", "project_id": "x"}, 404, "Project not found!"},
		{"POST /tasks", object{"title": "T", "milestone_id": "x"}, 404, "Milestone not found!"},
		{"POST /tasks", object{"title": "T", "parent_task_id": "x"}, 404, "Task not found!"},
		{"POST /tasks", object{"title": "T", "project_id": d.o.IDs("projects")[1], "milestone_id": d.o.IDs("milestones")[0]}, 400, "another project"},
		{"POST /tasks", object{"title": "T", "custom_fields": object{"a": object{}}}, 400, "custom_fields must be an array of objects"},
		{"POST /tasks", object{"title": "T", "custom_fields": []object{{"slug": "nope", "value": "1"}}}, 400, "nope"},
		{"GET /tasks/unknown", nil, 404, "Task not found!"},
		{"GET /tasks?limit=0", nil, 400, "limit"},
		{"GET /tasks?limit=1000", nil, 400, "limit must be from 1 to 999"},
		{"GET /tasks?limit=many", nil, 400, "limit must be an integer"},
		{"GET /tasks?cursor=bogus", nil, 400, "cursor"},
		{"PATCH " + task, object{"title": ""}, 400, "title must not be empty"},
		{"PATCH /tasks/unknown", object{"title": "T"}, 404, "Task not found!"},
		{"DELETE /tasks/unknown", nil, 404, "Task not found!"},
		{"GET /tasks/unknown/comments", nil, 404, "Task not found!"},
		{"POST /tasks/unknown/comments", object{"body_html": "x"}, 404, "Task not found!"},
		{"POST " + task + "/comments", object{}, 400, "body_html is required"},
		{"PATCH " + task + "/comments/unknown", object{"body_html": "x"}, 404, "Comment not found!"},
		{"DELETE /tasks/unknown/comments/unknown", nil, 404, "Task not found!"},
		{"POST /projects", object{"name": "N"}, 400, "account_id is required"},
		{"POST /projects", object{"name": "N", "account_id": "x"}, 404, "Account not found!"},
		{"POST /projects", object{"name": "N", "account_id": account, "owner_id": "x"}, 404, "User not found!"},
		{"POST /projects", object{"name": "N", "account_id": account, "start_date": "soon"}, 400, "start_date"},
		{"PATCH " + project, object{"name": ""}, 400, "name must not be empty"},
		{"PATCH " + project, object{"end_date": "later"}, 400, "end_date"},
		{"PATCH " + project, object{"is_archived": "yes"}, 400, "is_archived must be a boolean"},
		{"PATCH " + project, object{"owner_id": "x"}, 404, "User not found!"},
		{"PATCH /projects/unknown", object{}, 404, "Project not found!"},
		{"GET /projects/unknown", nil, 404, "Project not found!"},
		{"DELETE /projects/unknown", nil, 404, "Project not found!"},
		{"POST /milestones", object{"name": "N"}, 400, "project_id is required"},
		{"POST /milestones", object{"name": "N", "project_id": "x"}, 404, "Project not found!"},
		{"POST /milestones", object{"name": "N", "project_id": d.o.IDs("projects")[0], "account_id": "x"}, 404, "Account not found!"},
		{"POST /milestones", object{"name": "N", "project_id": "x", "due_date": "x"}, 400, "due_date"},
		{"PATCH " + milestone, object{"name": ""}, 400, "name"},
		{"GET /milestones/unknown", nil, 404, "Milestone not found!"},
		{"DELETE /milestones/unknown", nil, 404, "Milestone not found!"},
	})
}

func TestKnowledgeRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	bases, user := d.o.IDs("knowledge_bases"), d.o.IDs("users")[0]
	base := "/knowledge-bases/" + bases[0]
	article, collection := base+"/articles/"+d.o.IDs("articles")[0], base+"/collections/"+d.o.IDs("collections")[0]
	elsewhere := "/knowledge-bases/" + bases[1] + "/articles/" + d.o.IDs("articles")[0]
	written := func(extra object) object {
		body := object{"title": "T", "body_html": "B", "author_user_id": user}
		maps.Copy(body, extra)
		return body
	}
	checkRefusals(t, d, []refusalCase{
		{"GET /knowledge-bases/unknown", nil, 404, "Knowledge base not found!"},
		{"GET /knowledge-bases/unknown/articles", nil, 404, "Knowledge base not found!"},
		{"GET " + base + "/articles?language=jp", nil, 400, "en, fr, de"},
		{"GET " + base + "/articles?limit=1000", nil, 400, "limit"},
		{"POST " + base + "/articles", object{"title": "T", "body_html": "B"}, 400, "author_user_id is required"},
		{"POST " + base + "/articles", written(object{"author_user_id": "x"}), 404, "User not found!"},
		{"POST " + base + "/articles", written(object{"collection_id": "x"}), 404, "Collection not found!"},
		{"POST " + base + "/articles", written(object{"visibility_config": object{"visibility": "secret"}}), 400, "public, customer, internal_only"},
		{"POST " + base + "/articles", written(object{"visibility_config": object{"ai_agent_access": "all"}}), 400, "inherit, none, specific_agents"},
		{"POST " + base + "/articles", written(object{"visibility_config": object{"customer_visibility_condition": object{"field": "tags", "operator": "is"}}}), 400, "operator"},
		{"POST " + base + "/articles", written(object{"translations": []object{{"language": "fr", "title": "T"}}}), 400, "translations"},
		{"POST " + base + "/articles", written(object{"translations": []object{{"language": "en", "title": "T", "body_html": "B"}}}), 400, "default language"},
		{"GET " + article + "?language=de", nil, 404, "Article not found!"},
		{"GET " + elsewhere, nil, 404, "Article not found!"},
		{"GET " + base + "/articles/unknown", nil, 404, "Article not found!"},
		{"PATCH " + article, object{"title": ""}, 400, "title"},
		{"PATCH " + article, object{"tag_ids": []string{"x"}}, 404, "Tag not found!"},
		{"PATCH " + article, object{"tag_ids": d.o.IDs("tags")[:1]}, 400, "issue"},
		{"DELETE " + elsewhere, nil, 404, "Article not found!"},
		{"POST " + article + "/request-review", object{}, 400, "request_ai_review or reviewer_user_ids is required"},
		{"POST " + article + "/request-review", object{"reviewer_user_ids": []string{"x"}}, 404, "User not found!"},
		{"POST " + article + "/request-review", object{"request_ai_review": true}, 400, "unpublished version"},
		{"GET /knowledge-bases/unknown/collections", nil, 404, "Knowledge base not found!"},
		{"POST " + base + "/collections", object{}, 400, "title is required"},
		{"POST " + base + "/collections", object{"title": "T", "parent_collection_id": "x"}, 404, "Collection not found!"},
		{"GET " + base + "/collections/unknown", nil, 404, "Collection not found!"},
		{"GET /knowledge-bases/" + bases[1] + "/collections/" + d.o.IDs("collections")[0], nil, 404, "Collection not found!"},
		{"PATCH " + collection, object{"title": ""}, 400, "title"},
		{"PATCH " + collection, object{"slug": ""}, 400, "slug"},
		{"PATCH " + collection, object{"visibility_config": object{"visibility": "x"}}, 400, "visibility"},
		{"DELETE " + base + "/collections/unknown", nil, 404, "Collection not found!"},
		{"POST " + base + "/route-redirects", object{"from_path": "old", "object_id": "x", "object_type": "article"}, 400, "slash"},
		{"POST " + base + "/route-redirects", object{"from_path": "/old", "object_id": "x", "object_type": "issue"}, 400, "article, collection"},
		{"POST " + base + "/route-redirects", object{"from_path": "/old", "object_id": "x", "object_type": "article"}, 404, "Article not found!"},
		{"POST " + base + "/route-redirects", object{"from_path": "/old", "object_id": "x", "object_type": "collection"}, 404, "Collection not found!"},
		{"POST " + base + "/route-redirects", object{"from_path": "/old"}, 400, "object_id is required"},
	})
}

func TestDeskRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	group, macro, data := d.first("GET /macro-groups"), "/macros/"+d.first("GET /macros"), "/training-data/"+d.first("GET /training-data")
	deep := object{"operator": "and", "subfilters": []object{{"operator": "or", "subfilters": []object{{"operator": "and", "subfilters": []object{{"field": "f", "operator": "is_set"}}}}}}}
	checkRefusals(t, d, []refusalCase{
		{"POST /macros", object{"name": "N", "text_html": "T"}, 400, "macro_group_id is required"},
		{"POST /macros", object{"name": "N", "text_html": "T", "macro_group_id": "x"}, 404, "Macro group not found!"},
		{"POST /macros", object{"name": "N", "text_html": "T", "macro_group_id": group, "text_type": "sms"}, 400, "reply, note, email"},
		{"POST /macros", object{"name": "N", "text_html": "T", "macro_group_id": group, "visibility": object{"type": "all"}}, 400, "org, user, team, users_and_teams"},
		{"POST /macros", object{"name": "N", "text_html": "T", "macro_group_id": group, "visibility": object{"type": "team", "team_ids": []string{"x"}}}, 404, "Team not found!"},
		{"POST /macros", object{"name": "N", "text_html": "T", "macro_group_id": group, "conditions": deep}, 400, "3 levels"},
		{"POST /macros", object{"name": "N", "text_html": "T", "macro_group_id": group, "conditions": object{"operator": "or"}}, 400, "subfilters"},
		{"POST /macros", object{"name": "N", "text_html": "T", "macro_group_id": group, "conditions": object{"operator": "is_set"}}, 400, "field"},
		{"POST /macros", object{"name": "N", "text_html": "T", "macro_group_id": group, "conditions": "all"}, 400, "conditions must be a filter object"},
		{"GET /macros/unknown", nil, 404, "Macro not found!"},
		{"PATCH " + macro, object{"name": ""}, 400, "name"},
		{"PATCH " + macro, object{"macro_group_id": ""}, 400, "macro_group_id"},
		{"PATCH " + macro, object{"visibility": object{"type": "user", "user_ids": []string{"x"}}}, 404, "User not found!"},
		{"PATCH /macros/unknown", object{}, 404, "Macro not found!"},
		{"POST /training-data", object{"visibility": "nobody"}, 400, "everyone, user_only, ai_agent_only"},
		{"POST /training-data/upload", object{}, 400, "multipart/form-data"},
		{"POST /training-data/upload-content", object{"file_name": "a.md"}, 400, "content is required"},
		{"POST /training-data/upload-content", object{"content": "x", "training_data_id": "x"}, 404, "Training data not found!"},
		{"GET /training-data/unknown", nil, 404, "Training data not found!"},
		{"DELETE " + data + "/documents", nil, 400, "document_ids or external_ids is required"},
		{"DELETE /training-data/unknown/documents?document_ids=x", nil, 404, "Training data not found!"},
	})
}
