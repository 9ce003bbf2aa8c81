package pylon_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTaskTakesItsPlace(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	milestone := d.record("GET /milestones/"+d.o.IDs("milestones")[3], nil)
	project, account := milestone["project"].(object)["id"], milestone["account"].(object)["id"]
	parent, contact := d.o.IDs("tasks")[1], d.o.IDs("contacts")[0]

	created := d.record("POST /tasks", object{
		"title": "Send the plan", "body_html": "<p>Soon</p>", "milestone_id": milestone["id"], "parent_task_id": parent,
		"assignee_id": contact, "due_date": "2026-12-01", "customer_portal_visible": true,
	})
	want := object{
		"project": object{"id": project}, "milestone": object{"id": milestone["id"]}, "parent_task_id": parent, "status": "not_started",
		"assignee": object{"contact": object{"id": contact}}, "due_date": "2026-12-01", "customer_portal_visible": true,
	}
	for key, value := range want {
		if diff := cmp.Diff(value, created[key]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	if got := created["account"].(object)["id"]; got != account {
		t.Errorf("account = %v, want the project's, %v", got, account)
	}
	subtasks := d.record("GET /tasks/"+parent, nil)["subtask_ids"]
	if diff := cmp.Diff([]any{created["id"]}, subtasks); diff != "" {
		t.Errorf("subtask_ids of the parent (-want +got):\n%s", diff)
	}

	d.call("DELETE /tasks/"+parent, nil)
	if got := d.record("GET /tasks/"+created["id"].(string), nil)["parent_task_id"]; got != nil {
		t.Errorf("parent_task_id = %v after the parent was deleted", got)
	}
}

func TestTaskUpdateMovesIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	task := "/tasks/" + d.o.IDs("tasks")[0]
	milestones := d.o.IDs("milestones")
	steps := []struct {
		name                       string
		body                       object
		projectSet, milestone, due any
	}{
		{"to another project's milestone", object{"milestone_id": milestones[2]}, true, milestones[2], d.record("GET "+task, nil)["due_date"]},
		{"to another project", object{"project_id": d.o.IDs("projects")[4], "due_date": "2027-01-01"}, true, nil, "2027-01-01"},
		{"out of its project", object{"project_id": "", "due_date": ""}, false, nil, nil},
	}
	for _, step := range steps {
		got := d.record("PATCH "+task, step.body)
		var milestone any
		if m, ok := got["milestone"].(object); ok {
			milestone = m["id"]
		}
		if diff := cmp.Diff([]any{step.projectSet, step.milestone, step.due}, []any{got["project"] != nil, milestone, got["due_date"]}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
		if got["updated_at"] != later.Format("2006-01-02T15:04:05Z") {
			t.Errorf("%s: updated_at = %v", step.name, got["updated_at"])
		}
	}
}

func TestRefusedTaskUpdateChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	task := "/tasks/" + d.o.IDs("tasks")[0]
	before := d.record("GET "+task, nil)
	for _, body := range []object{
		{"title": "Other", "status": "snoozed"},
		{"title": "Other", "assignee_id": "nobody"},
		{"title": "Other", "project_id": d.o.IDs("projects")[2], "milestone_id": d.o.IDs("milestones")[0]},
		{"title": "Other", "custom_fields": []object{{"slug": "unknown", "value": "1"}}},
	} {
		if refused := d.refuse("PATCH "+task, body); refused.Status >= http.StatusInternalServerError {
			t.Errorf("%v = %v", body, refused)
		}
		if diff := cmp.Diff(before, d.record("GET "+task, nil)); diff != "" {
			t.Errorf("%v changed the task (-want +got):\n%s", body, diff)
		}
	}
}

func TestBothFacesShowTheSameWork(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	task := write(t, d.o, "tasks", "create", object{"title": "From the hosted face", "project_id": d.o.IDs("projects")[0]})
	if diff := cmp.Diff(task, d.record("GET /tasks/"+task["id"].(string), nil)); diff != "" {
		t.Errorf("task (-hosted +REST):\n%s", diff)
	}
	shown := d.record("PATCH /projects/"+d.o.IDs("projects")[0], object{"owner_id": d.o.IDs("users")[4], "end_date": "2027-02-01"})
	hosted := write(t, d.o, "projects", "update", object{"id": shown["id"]})
	if diff := cmp.Diff(shown, hosted); diff != "" {
		t.Errorf("project (-REST +hosted):\n%s", diff)
	}
	base := d.o.IDs("knowledge_bases")[0]
	article := write(t, d.o, "articles", "create", object{"kb_id": base, "title": "New", "body_html": "<p>x</p>", "author_user_id": d.o.IDs("users")[0]})
	read := d.record("GET /knowledge-bases/"+base+"/articles/"+article["id"].(string), nil)
	if diff := cmp.Diff(article, read); diff != "" {
		t.Errorf("article (-hosted +REST):\n%s", diff)
	}
}

func TestTaskCommentsBelongToTheirAuthors(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	comments := "/tasks/" + d.o.IDs("tasks")[0] + "/comments"
	seeded := d.records("GET "+comments, nil)
	if len(seeded) < 2 {
		t.Fatalf("%d seeded comments, want several", len(seeded))
	}
	for i := 1; i < len(seeded); i++ {
		if seeded[i-1]["created_at"].(string) > seeded[i]["created_at"].(string) {
			t.Errorf("comments are not oldest first: %v", seeded)
		}
	}
	theirs := comments + "/" + seeded[0]["id"].(string)
	for _, call := range []string{"PATCH " + theirs, "DELETE " + theirs} {
		if refused := d.refuse(call, object{"body_html": "<p>Mine now</p>"}); refused.Status != http.StatusForbidden || refused.Code != "permission_denied" {
			t.Errorf("%s = %v with code %q", call, refused, refused.Code)
		}
	}
	mine := comments + "/" + seeded[len(seeded)-1]["id"].(string)
	edited := d.record("PATCH "+mine, object{"body_html": "<p>Edited</p>"})
	if edited["body_html"] != "<p>Edited</p>" || edited["last_edited_at"] == nil {
		t.Errorf("edited comment = %v", edited)
	}
	elsewhere := "/tasks/" + d.o.IDs("tasks")[1] + "/comments/" + edited["id"].(string)
	if refused := d.refuse("DELETE "+elsewhere, nil); refused.Status != http.StatusNotFound {
		t.Errorf("the comment under another task = %v", refused)
	}
	d.call("DELETE "+mine, nil)
	if got := len(d.records("GET "+comments, nil)); got != len(seeded)-1 {
		t.Errorf("%d comments after a delete, want %d", got, len(seeded)-1)
	}
}

func TestDeletedProjectLeavesItsTasks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	project := d.o.IDs("projects")[0]
	search := object{"filter": object{"field": "project_id", "operator": "equals", "value": project}}
	tasks := d.records("POST /tasks/search", search)
	milestone := tasks[0]["milestone"].(object)["id"].(string)

	d.call("DELETE /projects/"+project, nil)
	if refused := d.refuse("GET /milestones/"+milestone, nil); refused.Status != http.StatusNotFound {
		t.Errorf("its milestone = %v", refused)
	}
	if left := d.records("POST /tasks/search", search); len(left) != 0 {
		t.Errorf("%d tasks are still in the project", len(left))
	}
	kept := d.record("GET /tasks/"+tasks[0]["id"].(string), nil)
	if kept["project"] != nil || kept["milestone"] != nil {
		t.Errorf("task after the delete = %v", kept)
	}
}

func TestDeletedMilestoneLeavesTheProject(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	task := d.record("GET /tasks/"+d.o.IDs("tasks")[0], nil)
	d.call("DELETE /milestones/"+task["milestone"].(object)["id"].(string), nil)
	after := d.record("GET /tasks/"+task["id"].(string), nil)
	if after["milestone"] != nil || !cmp.Equal(after["project"], task["project"]) {
		t.Errorf("task after the delete = %v", after)
	}
}
