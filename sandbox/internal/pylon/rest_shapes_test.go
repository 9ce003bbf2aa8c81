package pylon_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// supportSchemas are the documented keys of the records; ? marks one that is
// sent only where it applies.
func supportSchemas() map[string]string {
	return map[string]string{
		"Issue": "id number title link body_html state type source account requester assignee team tags custom_fields created_at updated_at" +
			" latest_message_time first_response_time resolution_time first_resolution_time customer_portal_visible is_issue_group" +
			" author_unverified number_of_touches time_in_status_seconds business_hours_time_in_status_seconds first_response_seconds?" +
			" business_hours_first_response_seconds? resolution_seconds? business_hours_resolution_seconds? snoozed_until_time? slack?" +
			" workspace_email? chat_widget_info? external_issues? csat_responses? attachment_urls?",
		"Message":       "id message_html timestamp is_private source thread_id? author email_info? file_urls",
		"Posted":        "id issue_id",
		"Thread":        "id issue_id name source channel_id thread_id",
		"Follower":      "id type",
		"VoiceCall":     "id created_at duration_sec from_phone_number to_phone_number recordings",
		"Status":        "slug label category is_default_status is_archived",
		"Account":       "id name logo_url owner domain domains primary_domain type channels created_at updated_at tags custom_fields latest_customer_activity_time external_ids is_disabled parent_account_id subaccount_ids associated_account_ids? crm_settings?",
		"Highlight":     "id account_id content_html expires_at created_at updated_at",
		"Relationship":  "id relationship_type child_account_id parent_account_id related_object_id created_at updated_at",
		"Success":       "success",
		"Contact":       "id name email emails account avatar_url phone_numbers primary_phone_number portal_role portal_role_id external_ids integration_user_ids custom_fields",
		"Team":          "id name users",
		"Tag":           "id value object_type hex_color",
		"User":          "id name email emails avatar_url role_id role status",
		"Role":          "id name slug",
		"Me":            "id name user",
		"CustomField":   "id label slug description object_type type source is_read_only default_value default_values select_metadata number_metadata created_at updated_at",
		"TicketForm":    "id name slug description_html url is_public fields",
		"ActivityType":  "id slug label icon_url",
		"AIResponse":    "response_html response_valid",
		"Attachment":    "id name url description",
		"OnlyRequestID": "",
	}
}

func checkKeys(t *testing.T, call, schema string, record object) {
	t.Helper()
	documented, ok := supportSchemas()[schema]
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
	got := slices.Sorted(maps.Keys(record))
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), got, equateEmpty); diff != "" {
		t.Errorf("%s: keys of %s (-want +got):\n%s", call, schema, diff)
	}
}

// equateEmpty takes no keys for no keys, however they are held.
var equateEmpty = cmp.Transformer("none", func(keys []string) []string { return append([]string{}, keys...) })

// kind says where an answer keeps its records.
type kind int

const (
	one  kind = iota // an object in data
	many             // an array in data, not empty
	flat             // the body itself
)

type supportCase struct {
	call   string
	body   any
	kind   kind
	schema string
}

func TestSupportRoutesAnswerTheDocumentedShape(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	tried := map[string]bool{}
	for _, c := range slices.Concat(issueShapes(d), accountShapes(d), contactShapes(d), workspaceShapes(d)) {
		tried[d.patternOf(c.call)] = true
		answer := d.call(c.call, c.body)
		switch c.kind {
		case flat:
			checkKeys(t, c.call, c.schema, answer)
		case one:
			record, _ := answer["data"].(object)
			checkKeys(t, c.call, c.schema, record)
		case many:
			rows := listIn(t, answer)
			if len(rows) == 0 {
				t.Errorf("%s lists nothing", c.call)
			}
			for _, row := range rows {
				checkKeys(t, c.call, c.schema, row)
			}
		}
	}
	for _, r := range pylon.Routes() {
		area, _, _ := strings.Cut(strings.TrimPrefix(r.Pattern, "/"), "/")
		uploads := strings.HasSuffix(r.Pattern, "/files") || area == "attachments" // see TestUploads
		if slices.Contains(supportAreas(), area) && !uploads && !tried[r.Method+" "+r.Pattern] {
			t.Errorf("%s %s is not tried", r.Method, r.Pattern)
		}
	}
}

func supportAreas() []string {
	return []string{
		"issues", "issue-statuses", "accounts", "contacts", "teams", "tags", "me", "users", "user-roles", "custom-fields",
		"ticket-forms", "attachments", "activity-types",
	}
}

// window is the query of the last legal window of issues.
func window() string {
	w := recent()
	return "?start_time=" + w["start_time"].(string) + "&end_time=" + w["end_time"].(string)
}

// openIssue opens an issue by Slack, which a contact sees and can be replied to.
func openIssue(d *desk) (path, messageID string) {
	d.tb.Helper()
	account := d.records("POST /accounts/search", object{"filter": object{"field": "tags", "operator": "contains", "value": "startup"}})
	for _, row := range account {
		if len(row["channels"].([]any)) > 0 {
			created := d.record("POST /issues", object{
				"title": "T", "body_html": "<p>B</p>", "account_id": row["id"], "destination_metadata": object{"destination": "slack"},
			})
			path = "/issues/" + created["id"].(string)
			return path, d.first("GET " + path + "/messages")
		}
	}
	d.tb.Fatal("no account with a Slack channel")
	return "", ""
}

func issueShapes(d *desk) []supportCase {
	path, message := openIssue(d)
	called := ""
	for _, id := range d.o.IDs("issues") {
		if len(d.records("GET /issues/"+id+"/voice-calls", nil)) > 0 {
			called = id
		}
	}
	user := d.o.IDs("users")[3]
	return []supportCase{
		{"GET /issues" + window(), nil, many, "Issue"},
		{"POST /issues", object{"title": "T", "body_html": "<p>B</p>", "requester_email": "new@aldermoor.test"}, one, "Issue"},
		{"POST /issues/search", nil, many, "Issue"},
		{"GET " + path, nil, one, "Issue"},
		{"PATCH " + path, object{"state": "on_hold", "tags": []string{"bug"}}, one, "Issue"},
		{"POST " + path + "/ai-response", object{"ai_agent_id": "a", "post_as_internal_note": true}, flat, "AIResponse"},
		{"POST " + path + "/external-issues", object{"external_issue_id": "ENG-1", "source": "linear"}, one, "Issue"},
		{"POST " + path + "/followers", object{"user_ids": []string{user}}, many, "Follower"},
		{"GET " + path + "/followers", nil, many, "Follower"},
		{"GET " + path + "/messages", nil, many, "Message"},
		{"POST " + path + "/reply", object{"body_html": "<p>R</p>", "message_id": message}, one, "Posted"},
		{"POST " + path + "/note", object{"body_html": "<p>N</p>"}, one, "Posted"},
		{"POST " + path + "/threads", object{"name": "Talk"}, one, "Thread"},
		{"GET " + path + "/threads", nil, many, "Thread"},
		{"POST " + path + "/snooze", object{"snooze_until": "2026-12-01T00:00:00Z"}, one, "Issue"},
		{"GET /issues/" + called + "/voice-calls", nil, many, "VoiceCall"},
		{"POST " + path + "/messages/" + message + "/redact", nil, one, "Message"},
		{"DELETE " + path + "/messages/" + message, nil, flat, "OnlyRequestID"},
		{"DELETE " + path, nil, flat, "OnlyRequestID"},
		{"GET /issue-statuses", nil, many, "Status"},
	}
}

func accountShapes(d *desk) []supportCase {
	ids := d.o.IDs("accounts")
	path := "/accounts/" + ids[1]
	highlight := path + "/highlights/" + d.record("POST "+path+"/highlights", object{"content_html": "x"})["id"].(string)
	related := d.record("POST "+path+"/relationship", object{"related_object_id": ids[2], "relationship_type": "parent_account"})["id"].(string)
	return []supportCase{
		{"GET /accounts", nil, many, "Account"},
		{"POST /accounts", object{"name": "New"}, one, "Account"},
		{"PATCH /accounts", object{"account_ids": ids[3:5], "tags": []string{"startup"}}, flat, "Success"},
		{"POST /accounts/search", object{}, many, "Account"},
		{"GET " + path, nil, one, "Account"},
		{"PATCH " + path, object{"name": "Renamed"}, one, "Account"},
		{"POST " + path + "/highlights", object{"content_html": "<p>H</p>", "expires_at": "2027-01-01T00:00:00Z"}, one, "Highlight"},
		{"PATCH " + highlight, object{"content_html": "<p>I</p>"}, one, "Highlight"},
		{"DELETE " + highlight, nil, one, "Success"},
		{"POST " + path + "/relationship", object{"related_object_id": ids[16], "relationship_type": "partner_account"}, one, "Relationship"},
		{"GET " + path + "/relationships", nil, many, "Relationship"},
		{"DELETE " + path + "/relationships/" + related, nil, one, "Relationship"},
		{"POST " + path + "/activities", object{"slug": "meeting", "contact_id": d.o.IDs("contacts")[1]}, one, "Success"},
		{"GET /activity-types", nil, many, "ActivityType"},
		{"POST /accounts/merge", object{"merge_account_ids": ids[5:7], "merge_into_account_id": ids[4]}, one, "Account"},
		{"DELETE " + path, nil, flat, "OnlyRequestID"},
	}
}

func contactShapes(d *desk) []supportCase {
	path := "/contacts/" + d.o.IDs("contacts")[0]
	return []supportCase{
		{"GET /contacts", nil, many, "Contact"},
		{"POST /contacts", object{"name": "New", "email": "brand.new@aldermoor.test"}, one, "Contact"},
		{"POST /contacts/search", object{}, many, "Contact"},
		{"GET " + path, nil, one, "Contact"},
		{"PATCH " + path, object{"name": "Renamed"}, one, "Contact"},
		{"DELETE " + path, nil, flat, "OnlyRequestID"},
	}
}

func workspaceShapes(d *desk) []supportCase {
	team, tag, user := "/teams/"+d.o.IDs("teams")[0], "/tags/"+d.o.IDs("tags")[0], "/users/"+d.o.IDs("users")[0]
	field := "/custom-fields/" + d.o.IDs("custom_fields")[0]
	return []supportCase{
		{"GET /teams", nil, many, "Team"},
		{"POST /teams", object{"name": "New", "user_ids": d.o.IDs("users")[:2]}, one, "Team"},
		{"GET " + team, nil, one, "Team"},
		{"PATCH " + team, object{"user_ids": []string{}}, one, "Team"},
		{"GET /tags", nil, many, "Tag"},
		{"POST /tags", object{"value": "fresh", "object_type": "issue"}, one, "Tag"},
		{"GET " + tag, nil, one, "Tag"},
		{"PATCH " + tag, object{"hex_color": "#000000"}, one, "Tag"},
		{"DELETE " + tag, nil, flat, "OnlyRequestID"},
		{"GET /me", nil, one, "Me"},
		{"GET /users", nil, many, "User"},
		{"POST /users/search", object{}, many, "User"},
		{"GET " + user, nil, one, "User"},
		{"PATCH " + user, object{"status": "away"}, one, "User"},
		{"GET /user-roles", nil, many, "Role"},
		{"GET /custom-fields?object_type=issue", nil, many, "CustomField"},
		{"POST /custom-fields", object{"label": "Seats", "object_type": "account", "type": "number"}, one, "CustomField"},
		{"GET " + field, nil, one, "CustomField"},
		{"PATCH " + field, object{"description": "New"}, one, "CustomField"},
		{"GET /ticket-forms", nil, many, "TicketForm"},
		{"GET /ticket-forms/" + d.o.IDs("ticket_forms")[0], nil, one, "TicketForm"},
	}
}
