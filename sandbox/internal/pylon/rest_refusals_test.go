package pylon_test

import (
	"maps"
	"testing"
)

func TestIssueRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path, message := openIssue(d)
	note := d.record("POST "+path+"/note", object{"body_html": "n"})["id"].(string)
	contacts, accounts := d.o.IDs("contacts"), d.o.IDs("accounts")
	draft := func(more object) object {
		body := object{"title": "T", "body_html": "B", "account_id": accounts[0]}
		maps.Copy(body, more)
		return body
	}
	to := func(more object) object { return draft(object{"destination_metadata": more}) }
	checkRefusals(t, d, []refusalCase{
		{"GET /issues", nil, 400, "start_time is required"},
		{"GET /issues?start_time=2026-10-01T00:00:00Z", nil, 400, "end_time is required"},
		{"GET /issues?start_time=2026-10-01T00:00:00&end_time=2026-10-02T00:00:00Z", nil, 400, "RFC3339"},
		{"GET /issues?start_time=2026-10-03T00:00:00Z&end_time=2026-10-02T00:00:00Z", nil, 400, "must not be before"},
		{"GET /issues?start_time=2026-08-03T00:00:00Z&end_time=2026-10-02T00:00:00Z", nil, 400, "at most 30 days"},
		{"GET /issues" + window() + "&limit=20001", nil, 400, "limit must be from 0 to 20000"},
		{"GET /issues" + window() + "&limit=-1", nil, 400, "limit must be from 0 to 20000"},
		{"GET /issues" + window() + "&cursor=nonsense", nil, 400, "cursor"},
		{"GET /issues/unknown", nil, 404, "Issue not found!"},
		{"POST /issues", object{"body_html": "B", "account_id": accounts[0]}, 400, "title is required"},
		{"POST /issues", object{"title": "T", "account_id": accounts[0]}, 400, "body_html is required"},
		{"POST /issues", object{"title": "T", "body_html": "B"}, 400, "requester_email is required"},
		{"POST /issues", draft(object{"title": 7}), 400, "title must be a string"},
		{"POST /issues", draft(object{"tags": "bug"}), 400, "tags must be an array of strings"},
		{"POST /issues", draft(object{"account_id": "nobody"}), 404, "Account not found!"},
		{"POST /issues", draft(object{"requester_id": "nobody"}), 404, "Contact not found!"},
		{"POST /issues", draft(object{"requester_id": contacts[1]}), 400, "does not belong to the account"},
		{"POST /issues", draft(object{"priority": "asap"}), 400, "urgent, high, medium, low"},
		{"POST /issues", draft(object{"created_at": "yesterday"}), 400, "created_at must be an RFC3339 time"},
		{"POST /issues", draft(object{"user_id": "u", "contact_id": "c"}), 400, "exclude each other"},
		{"POST /issues", draft(object{"contact_id": contacts[0]}), 400, "destination_metadata"},
		{"POST /issues", draft(object{"user_id": "nobody"}), 404, "User not found!"},
		{"POST /issues", draft(object{"team_id": "nobody"}), 404, "Team not found!"},
		{"POST /issues", draft(object{"custom_fields": []object{{"slug": "no_such", "value": "x"}}}), 400, "no custom field"},
		{"POST /issues", draft(object{"custom_fields": []object{{"slug": "priority", "value": "asap"}}}), 400, "slug of an option"},
		{"POST /issues", draft(object{"custom_fields": []object{{"slug": "affected_users", "value": "many"}}}), 400, "a number written as a string"},
		{"POST /issues", draft(object{"custom_fields": []object{{"slug": "affected_users", "value": 5}}}), 400, "custom_fields must be an array of objects"},
		{"POST /issues", draft(object{"custom_fields": []object{{"slug": "needed_by", "value": "soon"}}}), 400, "a date such as"},
		{"POST /issues", draft(object{"custom_fields": []object{{"slug": "priority", "values": []string{"high"}}}}), 400, "takes value, not values"},
		{"POST /issues", to(object{}), 400, "destination is required"},
		{"POST /issues", to(object{"destination": "pigeon"}), 400, "is not valid"},
		{"POST /issues", to(object{"destination": "email"}), 400, "needs email"},
		{"POST /issues", to(object{"destination": "sms"}), 400, "from_sms_phone_number_id"},
		{"POST /issues", to(object{"destination": "sms", "from_sms_phone_number_id": "1"}), 400, "phone number"},
		{"POST /issues", to(object{"destination": "whatsapp"}), 400, "whatsapp_app_id"},
		{"POST /issues", to(object{"destination": "internal", "email_ccs": []string{"a@b.test"}}), 400, "email alone"},
		{"PATCH " + path, object{"state": "asleep"}, 400, "state"},
		{"PATCH " + path, object{"type": "task"}, 400, "conversation, ticket"},
		{"PATCH " + path, object{"title": ""}, 400, "title must not be empty"},
		{"PATCH " + path, object{"account_id": ""}, 400, "together with requester_id"},
		{"PATCH " + path, object{"requester_id": "nobody"}, 404, "Contact not found!"},
		{"PATCH /issues/unknown", object{"state": "closed"}, 404, "Issue not found!"},
		{"DELETE /issues/unknown", nil, 404, "Issue not found!"},
		{"POST " + path + "/reply", object{"body_html": "R"}, 400, "message_id is required"},
		{"POST " + path + "/reply", object{"body_html": "R", "message_id": "other"}, 400, "does not name a message"},
		{"POST " + path + "/reply", object{"body_html": "R", "message_id": note}, 400, "internal note"},
		{"POST " + path + "/reply", object{"body_html": "R", "message_id": message, "user_id": "u", "contact_id": "c"}, 400, "exclude each other"},
		{"POST " + path + "/reply", object{"body_html": "R", "message_id": message, "custom_source": object{"external_id": "x"}}, 400, "custom_source"},
		{"POST " + path + "/note", object{"body_html": "N", "thread_id": "t", "message_id": "m"}, 400, "exclude each other"},
		{"POST " + path + "/note", object{"body_html": "N", "thread_id": "t"}, 404, "Thread not found!"},
		{"POST " + path + "/note", object{"body_html": "N", "message_id": message}, 400, "customer-visible"},
		{"POST " + path + "/note", object{"body_html": "N", "user_id": "nobody"}, 404, "User not found!"},
		{"POST " + path + "/snooze", object{}, 400, "snooze_until is required"},
		{"POST " + path + "/snooze", object{"snooze_until": "2026-12-01"}, 400, "RFC3339"},
		{"POST " + path + "/ai-response", nil, 400, "ai_agent_id is required"},
		{"POST " + path + "/followers", object{}, 400, "user_ids or contact_ids is required"},
		{"POST " + path + "/followers", object{"user_ids": []string{"nobody"}}, 404, "User not found!"},
		{"POST " + path + "/followers", object{"user_ids": []string{"x"}, "operation": "swap"}, 400, "add, remove"},
		{"POST " + path + "/external-issues", object{"external_issue_id": "1", "source": "paper"}, 400, "linear, asana, jira, github, shortcut"},
		{"POST " + path + "/external-issues", object{"external_issue_id": "1", "source": "jira", "operation": "unlink"}, 404, "External issue not found!"},
		{"GET " + path + "/messages?limit=0", nil, 400, "limit must be from 1 to 1000"},
		{"GET " + path + "/messages?limit=1001", nil, 400, "limit must be from 1 to 1000"},
		{"DELETE " + path + "/messages/unknown", nil, 404, "Message not found!"},
		{"POST " + path + "/messages/unknown/redact", nil, 404, "Message not found!"},
		{"GET /issues/unknown/threads", nil, 404, "Issue not found!"},
		{"GET /issues/unknown/voice-calls", nil, 404, "Issue not found!"},
	})
}

func TestCustomerRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.o.IDs("accounts")
	path, contact := "/accounts/"+ids[1], "/contacts/"+d.o.IDs("contacts")[0]
	checkRefusals(t, d, []refusalCase{
		{"GET /accounts?limit=1000", nil, 400, "limit must be from 1 to 999"},
		{"GET /accounts?limit=0", nil, 400, "limit must be from 1 to 999"},
		{"GET /accounts?limit=ten", nil, 400, "limit must be an integer"},
		{"GET /accounts/unknown", nil, 404, "Account not found!"},
		{"POST /accounts", object{}, 400, "name is required"},
		{"POST /accounts", object{"name": "N", "account_type": "prospect"}, 400, "customer, internal, community, partner"},
		{"POST /accounts", object{"name": "N", "domains": []string{"https://n.test"}}, 400, "bare host"},
		{"POST /accounts", object{"name": "N", "domains": []string{"n.test"}, "primary_domain": "m.test"}, 400, "must be one of domains"},
		{"POST /accounts", object{"name": "N", "channels": []object{{"channel_id": "C", "source": "irc"}}}, 400, "slack, microsoft_teams, discord"},
		{"POST /accounts", object{"name": "N", "external_ids": []object{{"label": "x"}}}, 400, "external_id is required"},
		{"POST /accounts", object{"name": "N", "subaccount_ids": []string{"nobody"}}, 404, "Account not found!"},
		{"POST /accounts", object{"name": "N", "owner_id": "nobody"}, 404, "User not found!"},
		{"POST /accounts", object{"name": "N", "custom_fields": []object{{"slug": "ledger_sequence", "value": "1"}}}, 400, "read-only"},
		{"PATCH " + path, object{"account_type": "internal"}, 400, "customer, partner"},
		{"PATCH " + path, object{"subaccount_ids": []string{ids[1]}}, 400, "its own subaccount"},
		{"PATCH /accounts", object{}, 400, "account_ids is required"},
		{"PATCH /accounts", object{"account_ids": []string{}}, 400, "from 1 to 100"},
		{"PATCH /accounts", object{"account_ids": []string{"nobody"}}, 400, "nobody"},
		{"PATCH /accounts", object{"account_ids": ids[:1], "tags_apply_mode": "mix"}, 400, "append_only, remove_only, replace"},
		{"POST /accounts/merge", object{"merge_account_ids": ids[:1]}, 400, "merge_into_account_id is required"},
		{"POST /accounts/merge", object{"merge_account_ids": ids[:1], "merge_into_account_id": ids[0]}, 400, "must not hold"},
		{"POST /accounts/merge", object{"merge_account_ids": ids[:1], "merge_into_account_id": "nobody"}, 404, "Account not found!"},
		{"POST " + path + "/highlights", object{}, 400, "content_html is required"},
		{"POST " + path + "/highlights", object{"content_html": "x", "expires_at": "later"}, 400, "expires_at"},
		{"PATCH " + path + "/highlights/unknown", object{}, 404, "Highlight not found!"},
		{"DELETE " + path + "/highlights/unknown", nil, 404, "Highlight not found!"},
		{"POST " + path + "/relationship", object{"related_object_id": ids[2], "relationship_type": "friend"}, 400, "parent_account, partner_account"},
		{"POST " + path + "/relationship", object{"related_object_id": ids[1], "relationship_type": "parent_account"}, 400, "itself"},
		{"POST " + path + "/relationship", object{"related_object_id": "nobody", "relationship_type": "parent_account"}, 404, "Account not found!"},
		{"DELETE " + path + "/relationships/unknown", nil, 404, "Relationship not found!"},
		{"POST " + path + "/activities", object{"slug": "dance"}, 400, "activity type"},
		{"POST " + path + "/activities", object{"slug": "meeting", "happened_at": "today"}, 400, "happened_at"},
		{"POST " + path + "/activities", object{"slug": "meeting", "contact_id": "nobody"}, 404, "Contact not found!"},
		{"DELETE /accounts/unknown", nil, 404, "Account not found!"},
		{"POST /contacts", object{}, 400, "name is required"},
		{"POST /contacts", object{"name": "N", "email": "nowhere"}, 400, "email address"},
		{"POST /contacts", object{"name": "N", "account_id": ids[0], "account_external_id": "x"}, 400, "exclude each other"},
		{"POST /contacts", object{"name": "N", "account_external_id": "x"}, 404, "Account not found!"},
		{"POST /contacts", object{"name": "N", "phone_numbers": []string{"+44 20"}}, 400, "1 to 15 digits"},
		{"POST /contacts", object{"name": "N", "primary_phone_number": "4420"}, 400, "one of phone_numbers"},
		{"POST /contacts", object{"name": "N", "portal_role": "king"}, 400, "no_access, member, admin"},
		{"PATCH " + contact, object{"email": "a@b.test", "emails": []object{{"email": "a@b.test"}}}, 400, "exclude each other"},
		{"PATCH " + contact, object{"emails": []object{{"is_primary": true}}}, 400, "email is required"},
		{"PATCH " + contact, object{"name": " "}, 400, "name must not be empty"},
		{"GET /contacts/unknown", nil, 404, "Contact not found!"},
		{"DELETE /contacts/unknown", nil, 404, "Contact not found!"},
	})
}

func TestWorkspaceRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	tag, user := "/tags/"+d.o.IDs("tags")[0], "/users/"+d.o.IDs("users")[0]
	checkRefusals(t, d, []refusalCase{
		{"POST /teams", object{"name": "N", "user_ids": []string{"nobody"}}, 404, "User not found!"},
		{"PATCH /teams/unknown", object{}, 404, "Team not found!"},
		{"GET /teams/unknown", nil, 404, "Team not found!"},
		{"POST /tags", object{"value": "v"}, 400, "object_type is required"},
		{"POST /tags", object{"value": "v", "object_type": "contact"}, 400, "account, article, issue"},
		{"PATCH " + tag, object{"value": ""}, 400, "value must not be empty"},
		{"DELETE /tags/unknown", nil, 404, "Tag not found!"},
		{"PATCH " + user, object{"status": "asleep"}, 400, "active, away, out_of_office"},
		{"PATCH " + user, object{"role_id": "nobody"}, 404, "User role not found!"},
		{"GET /users/unknown", nil, 404, "User not found!"},
		{"GET /custom-fields", nil, 400, "object_type is required"},
		{"GET /custom-fields?object_type=user", nil, 400, "meeting"},
		{"POST /custom-fields", object{"label": "L", "object_type": "issue"}, 400, "type is required"},
		{"POST /custom-fields", object{"label": "L", "object_type": "issue", "type": "colour"}, 400, "multiselect"},
		{"POST /custom-fields", object{"label": "L", "object_type": "issue", "type": "select"}, 400, "select_options is required"},
		{"POST /custom-fields", object{"label": "L", "object_type": "issue", "type": "text", "select_options": []object{{"label": "A"}}}, 400, "alone"},
		{"POST /custom-fields", object{"label": "L", "object_type": "issue", "type": "number", "default_value": "x"}, 400, "a number"},
		{"PATCH /custom-fields/unknown", object{}, 404, "Custom field not found!"},
		{"GET /ticket-forms/unknown", nil, 404, "Ticket form not found!"},
	})
}

func TestDuplicatesNameTheOther(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	account := d.records("GET /accounts", nil)[0]
	contact := d.records("GET /contacts", nil)[3]
	tag := d.records("GET /tags", nil)[0]
	field := d.records("GET /custom-fields?object_type=issue", nil)[0]
	external := func(record object) any { return record["external_ids"] }
	for name, c := range map[string]struct {
		call string
		body object
		of   object
	}{
		"account domain":      {"POST /accounts", object{"name": "N", "domains": account["domains"]}, account},
		"account external id": {"POST /accounts", object{"name": "N", "external_ids": external(account)}, account},
		"contact email":       {"POST /contacts", object{"name": "N", "email": contact["email"]}, contact},
		"contact external id": {"POST /contacts", object{"name": "N", "external_ids": external(contact)}, contact},
		"tag value":           {"POST /tags", object{"value": tag["value"], "object_type": tag["object_type"]}, tag},
		"custom field slug":   {"POST /custom-fields", object{"label": "L", "slug": field["slug"], "object_type": "issue", "type": "text"}, field},
	} {
		refused := d.refuse(c.call, c.body)
		if refused.Status != 400 || refused.ExistsID != c.of["id"] {
			t.Errorf("%s: %+v, want 400 with exists_id %v", name, refused, c.of["id"])
		}
	}
}

func TestReplyToAnInternalIssue(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	created := d.record("POST /issues", object{"title": "T", "body_html": "B", "account_id": d.o.IDs("accounts")[0]})
	path := "/issues/" + created["id"].(string)
	opening := d.records("GET "+path+"/messages", nil)[0]
	if opening["is_private"] != true {
		t.Errorf("without a destination the opening message has is_private %v", opening["is_private"])
	}
	refused := d.refuse("POST "+path+"/reply", object{"body_html": "R", "message_id": opening["id"]})
	if refused.Status != 400 || refused.Code != "internal_issue_reply_not_allowed" {
		t.Errorf("refusal = %+v", refused)
	}
}
