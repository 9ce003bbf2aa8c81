package pylon_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// schemas are the documented keys of the records; ? marks one that is sent only
// where it applies.
func schemas() map[string]string {
	return map[string]string{
		"Task":                "account assignee body_html created_at custom_fields customer_portal_visible due_date id milestone parent_task_id project status subtask_ids title updated_at",
		"TaskComment":         "author body_html created_at id is_internal last_edited_at task_id updated_at",
		"Milestone":           "account created_at due_date id name project updated_at",
		"Project":             "account archived_at created_at custom_fields customer_portal_visible description_html end_date id is_archived name owner_id project_template start_date updated_at",
		"KnowledgeBase":       "default_language id slug supported_languages title",
		"Article":             "approval_info author_user_id collection_id created_at current_draft_content_html current_published_content_html id identifier is_published is_unlisted last_edited_at last_published_at slug tags title url visibility_config",
		"ReviewRequest":       "approval_status article_id article_version_id",
		"Collection":          "created_at description icon id parent_collection_id slug title visibility_config",
		"RouteRedirect":       "created_at from_path id language object_id object_type",
		"MacroGroup":          "created_at id title updated_at",
		"Macro":               "actions created_at has_actions id macro_group_id name text_html text_type updated_at visibility",
		"TrainingData":        "created_at documents exclude_from_kb_search id name scrape_status type updated_at visibility",
		"AuditLog":            "action action_happened_at actor_contact_id actor_user_id attributes created_at id link metadata object_id object_type source",
		"Survey":              "id name type updated_at",
		"SurveyResponse":      "account_id answers contact_id id submitted_at",
		"FeatureRequest":      "created_at custom_fields description evidence? evidence_count id portal_visible_to_account_ids request_status title updated_at",
		"FeatureSearchResult": "account_ids created_at custom_fields description evidence_count id portal_visible_to_account_ids request_status title updated_at",
		"CustomObject":        "created_at custom_fields id name relations type updated_at",
		"CallRecording":       "account_id calendar_event_id created_at custom_fields duration_ms end_time external_id id participant_emails source start_time summary title updated_at url",
		"Contact":             "account avatar_url custom_fields email emails external_ids id integration_user_ids name phone_numbers portal_role portal_role_id primary_phone_number",
		"Disconnected":        "disconnected",
	}
}

func checkShape(t *testing.T, schema string, record object) {
	t.Helper()
	documented, ok := schemas()[schema]
	if !ok {
		t.Fatalf("no schema %s", schema)
	}
	want := []string{}
	for key := range strings.FieldsSeq(documented) {
		name, optional := strings.CutSuffix(key, "?")
		if _, sent := record[name]; sent || !optional {
			want = append(want, name)
		}
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(record))); diff != "" {
		t.Errorf("keys of a %s (-want +got):\n%s", schema, diff)
	}
}

// shapeCase is one call, and the schema of its data: "" for the bodies without.
type shapeCase struct {
	call, schema string
	body         any
	list         bool
}

func TestLibraryRoutesAnswerTheDocumentedShape(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	tried := map[string]bool{}
	for _, c := range slices.Concat(taskCases(d), knowledgeCases(d), deskCases(d), insightCases(d), objectCases(d), deleteCases(d)) {
		answer := d.call(c.call, c.body)
		tried[d.patternOf(c.call)] = true
		switch rows := listIn(t, answer); {
		case c.list && len(rows) == 0:
			t.Errorf("%s lists nothing", c.call)
		case c.list:
			for _, row := range rows {
				checkShape(t, c.schema, row)
			}
		case c.schema == "":
			if answer["data"] != nil {
				t.Errorf("%s answers data: %v", c.call, answer)
			}
		default:
			checkShape(t, c.schema, answer["data"].(object))
		}
	}
	tried["POST /training-data/upload"] = true // multipart: TestTrainingUpload
	tried["POST /import/issues"] = true        // TestImportIssue
	tried["POST /import/issues/{id}/messages"] = true
	for pattern := range d.routes {
		if ours(pattern) && !tried[pattern] {
			t.Errorf("%s was not tried", pattern)
		}
	}
}

// ours tells the routes that these tests cover from those of the support desk.
func ours(pattern string) bool {
	areas := []string{
		"/tasks", "/milestones", "/projects", "/knowledge-bases", "/training-data", "/audit-logs", "/macro", "/surveys",
		"/feature-requests", "/custom-objects", "/call-recordings", "/import", "/integrations",
	}
	_, path, _ := strings.Cut(pattern, " ")
	return slices.ContainsFunc(areas, func(area string) bool { return strings.HasPrefix(path, area) })
}

func TestLibraryHasAllItsRoutes(t *testing.T) {
	t.Parallel()
	n := 0
	for _, route := range pylon.Routes() {
		if ours(route.Method + " " + route.Pattern) {
			n++
		}
		if legal := []int{30, 120, 300}; !slices.Contains(legal, route.PerMinute) {
			t.Errorf("%s %s: %d calls a minute, want one of %v", route.Method, route.Pattern, route.PerMinute, legal)
		}
	}
	if n != 71 {
		t.Errorf("%d routes, want 71", n)
	}
}

func taskCases(d *desk) []shapeCase {
	task, account := "/tasks/"+d.o.IDs("tasks")[0], d.o.IDs("accounts")[0]
	comment := d.record("POST "+task+"/comments", object{"body_html": "<p>Mine</p>"})["id"].(string)
	project, milestone := "/projects/"+d.o.IDs("projects")[0], "/milestones/"+d.o.IDs("milestones")[0]
	return []shapeCase{
		{call: "GET /tasks", schema: "Task", list: true},
		{call: "POST /tasks", schema: "Task", body: object{"title": "Call back"}},
		{call: "POST /tasks/search", schema: "Task", list: true, body: object{"filter": object{"field": "project_id", "operator": "is_set"}}},
		{call: "GET " + task, schema: "Task"},
		{call: "PATCH " + task, schema: "Task", body: object{"status": "completed"}},
		{call: "GET " + task + "/comments", schema: "TaskComment", list: true},
		{call: "POST " + task + "/comments", schema: "TaskComment", body: object{"body_html": "<p>Done</p>", "is_internal": true}},
		{call: "PATCH " + task + "/comments/" + comment, schema: "TaskComment", body: object{"body_html": "<p>Edited</p>"}},
		{call: "DELETE " + task + "/comments/" + comment},
		{call: "POST /projects", schema: "Project", body: object{"name": "Move", "account_id": account}},
		{call: "POST /projects/search", schema: "Project", list: true, body: object{}},
		{call: "GET " + project, schema: "Project"},
		{call: "PATCH " + project, schema: "Project", body: object{"is_archived": true}},
		{call: "POST /milestones", schema: "Milestone", body: object{"name": "Half-way", "project_id": d.o.IDs("projects")[0]}},
		{call: "GET " + milestone, schema: "Milestone"},
		{call: "PATCH " + milestone, schema: "Milestone", body: object{"due_date": "2026-12-24"}},
	}
}

func knowledgeCases(d *desk) []shapeCase {
	base := "/knowledge-bases/" + d.o.IDs("knowledge_bases")[0]
	article, collection := d.o.IDs("articles")[0], d.o.IDs("collections")[0]
	user := d.o.IDs("users")[0]
	return []shapeCase{
		{call: "GET /knowledge-bases", schema: "KnowledgeBase", list: true},
		{call: "GET " + base, schema: "KnowledgeBase"},
		{call: "GET " + base + "/articles", schema: "Article", list: true},
		{call: "POST " + base + "/articles", schema: "Article", body: object{"title": "T", "body_html": "<p>B</p>", "author_user_id": user}},
		{call: "GET " + base + "/articles/" + article, schema: "Article"},
		{call: "PATCH " + base + "/articles/" + article, schema: "Article", body: object{"body_html": "<p>New</p>"}},
		{call: "POST " + base + "/articles/" + article + "/request-review", schema: "ReviewRequest", body: object{"reviewer_user_ids": []string{user}}},
		{call: "GET " + base + "/collections", schema: "Collection", list: true},
		{call: "POST " + base + "/collections", schema: "Collection", body: object{"title": "Limits"}},
		{call: "GET " + base + "/collections/" + collection, schema: "Collection"},
		{call: "PATCH " + base + "/collections/" + collection, schema: "Collection", body: object{"description": "All of it"}},
		{call: "POST " + base + "/route-redirects", schema: "RouteRedirect", body: object{"from_path": "/old", "object_id": article, "object_type": "article"}},
	}
}

func deskCases(d *desk) []shapeCase {
	group, macro, data := d.first("GET /macro-groups"), "/macros/"+d.first("GET /macros"), "/training-data/"+d.first("GET /training-data")
	return []shapeCase{
		{call: "GET /macro-groups", schema: "MacroGroup", list: true},
		{call: "GET /macros", schema: "Macro", list: true},
		{call: "POST /macros", schema: "Macro", body: object{"name": "Bye", "macro_group_id": group, "text_html": "<p>Bye</p>"}},
		{call: "GET " + macro, schema: "Macro"},
		{call: "PATCH " + macro, schema: "Macro", body: object{"name": "Hello"}},
		{call: "GET /training-data", schema: "TrainingData", list: true},
		{call: "POST /training-data", schema: "TrainingData", body: object{"training_data_name": "Notes"}},
		{call: "POST /training-data/upload-content", schema: "TrainingData", body: object{"content": "Text", "file_name": "a.md"}},
		{call: "GET " + data, schema: "TrainingData"},
		{call: "DELETE " + data + "/documents?external_ids=runbook-1"},
	}
}

func insightCases(d *desk) []shapeCase {
	survey, feature := "/surveys/"+d.first("GET /surveys"), "/feature-requests/"+d.first("POST /feature-requests/search")
	return []shapeCase{
		{call: "GET /audit-logs", schema: "AuditLog", list: true},
		{call: "POST /audit-logs/search", schema: "AuditLog", list: true, body: object{}},
		{call: "GET /surveys", schema: "Survey", list: true},
		{call: "POST /surveys/search", schema: "Survey", list: true, body: object{}},
		{call: "GET " + survey, schema: "Survey"},
		{call: "GET " + survey + "/responses", schema: "SurveyResponse", list: true},
		{call: "POST /feature-requests", schema: "FeatureRequest", body: object{"title": "Offline mode"}},
		{call: "POST /feature-requests/search", schema: "FeatureSearchResult", list: true, body: object{}},
		{call: "GET " + feature, schema: "FeatureRequest"},
		{call: "PATCH " + feature, schema: "FeatureRequest", body: object{"request_status": "under_review"}},
		{call: "POST " + feature + "/set-portal-visibility", schema: "FeatureRequest", body: object{"visible": true, "account_ids": d.o.IDs("accounts")[:2]}},
		{call: "POST /integrations/devin/disconnect", schema: "Disconnected"},
		{call: "POST /import/contacts", schema: "Contact", body: object{"name": "Ada Bell", "email": "ada.bell@aldermoor.test"}},
	}
}

func objectCases(d *desk) []shapeCase {
	object1, call := d.first("GET /custom-objects/contract"), "/call-recordings/"+d.first("POST /call-recordings/search")
	return []shapeCase{
		{call: "GET /custom-objects/contract", schema: "CustomObject", list: true},
		{call: "POST /custom-objects/contract", schema: "CustomObject", body: object{"name": "Framework"}},
		{call: "PATCH /custom-objects/contract", body: object{"ids": []string{object1}, "custom_fields": object{"reference": object{"value": "X"}}}},
		{call: "POST /custom-objects/environment/search", schema: "CustomObject", list: true, body: object{}},
		{call: "GET /custom-objects/contract/" + object1, schema: "CustomObject"},
		{call: "PATCH /custom-objects/contract/" + object1, schema: "CustomObject", body: object{"name": "Renamed"}},
		{call: "POST /call-recordings/search", schema: "CallRecording", list: true, body: object{}},
		{call: "GET " + call, schema: "CallRecording"},
		{call: "PATCH " + call, schema: "CallRecording", body: object{"account_id": d.o.IDs("accounts")[3]}},
	}
}

// deleteCases come last: the others read what they take away.
func deleteCases(d *desk) []shapeCase {
	base := "/knowledge-bases/" + d.o.IDs("knowledge_bases")[0]
	return []shapeCase{
		{call: "DELETE /tasks/" + d.o.IDs("tasks")[0]},
		{call: "DELETE /milestones/" + d.o.IDs("milestones")[0]},
		{call: "DELETE /projects/" + d.o.IDs("projects")[0]},
		{call: "DELETE " + base + "/articles/" + d.o.IDs("articles")[0]},
		{call: "DELETE " + base + "/collections/" + d.o.IDs("collections")[0]},
		{call: "DELETE /feature-requests/" + d.first("POST /feature-requests/search")},
		{call: "DELETE /custom-objects/contract/" + d.first("GET /custom-objects/contract")},
		{call: "DELETE /call-recordings/" + d.first("POST /call-recordings/search")},
	}
}
