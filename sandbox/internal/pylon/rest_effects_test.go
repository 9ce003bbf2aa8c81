package pylon_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func texts(value any) []string {
	list, _ := value.([]any)
	out := []string{}
	for _, item := range list {
		out = append(out, item.(string))
	}
	return out
}

func TestIssueCreatedInFull(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	contact := d.records("GET /contacts", nil)[0]
	user := d.o.IDs("users")[5]
	got := d.record("POST /issues", object{
		"title": "T", "body_html": "B", "requester_id": contact["id"], "user_id": user, "created_at": "2026-10-05T10:00:00+02:00",
		"attachment_urls": []string{"https://media.test/a.png"}, "customer_portal_visible": true, "author_unverified": true,
		"destination_metadata": object{"destination": "email", "email": "support@northlight.test", "email_ccs": []string{"x@y.test"}},
		"custom_fields": []object{
			{"slug": "priority", "value": "high"},
			{"slug": "affected_components", "values": []string{"api", "web"}},
			{"slug": "invoice_number"},
		},
	})
	for key, want := range map[string]any{
		"created_at": "2026-10-05T08:00:00Z", "source": "email", "workspace_email": "support@northlight.test",
		"requester": object{"id": contact["id"]}, "customer_portal_visible": true, "author_unverified": true,
		"custom_fields": object{
			"priority":            object{"value": "high"},
			"affected_components": object{"value": "", "values": []any{"api", "web"}},
		},
	} {
		if diff := cmp.Diff(want, got[key]); diff != "" {
			t.Errorf("%s:\n%s", key, diff)
		}
	}
	opening := d.records("GET /issues/"+got["id"].(string)+"/messages", nil)[0]
	if opening["is_private"] != false || opening["author"].(object)["user"].(object)["id"] != user {
		t.Errorf("opening message = %v", opening)
	}
	if diff := cmp.Diff([]string{"https://media.test/a.png"}, texts(opening["file_urls"])); diff != "" {
		t.Error(diff)
	}
	reply := object{
		"body_html": "R", "message_id": opening["id"],
		"email_info": object{"to_emails": []string{"a@b.test"}, "cc_emails": []string{"c@d.test"}},
	}
	sent := d.record("POST /issues/"+got["id"].(string)+"/reply", reply)
	messages := d.records("GET /issues/"+got["id"].(string)+"/messages", nil)
	last := messages[len(messages)-1]
	info := last["email_info"].(object)
	if last["id"] != sent["id"] || info["from_email"] != "support@northlight.test" || !slices.Equal(texts(info["to_emails"]), []string{"a@b.test"}) {
		t.Errorf("reply = %v", last)
	}
	delete(reply, "email_info")
	if refused := d.refuse("POST /issues/"+got["id"].(string)+"/reply", reply); refused.Status != 400 {
		t.Errorf("a reply by email without recipients: %v", refused)
	}
}

func TestIssueUpdateClearsAndMerges(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	issue := findIssue(t, d.o, "with everything", func(i object) bool {
		return i["account"] != nil && i["assignee"] != nil && i["team"] != nil && i["type"] == "conversation"
	})
	path := "/issues/" + issue["id"].(string)
	got := d.record("PATCH "+path, object{
		"assignee_id": "", "team_id": "", "account_id": "", "requester_id": "", "type": "ticket", "title": "New",
		"custom_fields": []object{{"slug": "product_area"}, {"slug": "affected_version", "value": "4.2"}}, "unheard_of": 1,
	})
	for _, key := range []string{"assignee", "team", "account", "requester"} {
		if got[key] != nil {
			t.Errorf("%s = %v, want null", key, got[key])
		}
	}
	fields := got["custom_fields"].(object)
	before := issue["custom_fields"].(object)
	if fields["product_area"] != nil || fields["affected_version"].(object)["value"] != "4.2" || !cmp.Equal(fields["priority"], before["priority"]) {
		t.Errorf("custom_fields = %v", fields)
	}
	if got["title"] != "New" || got["updated_at"] == issue["updated_at"] {
		t.Errorf("title %v, updated_at %v", got["title"], got["updated_at"])
	}
	if refused := d.refuse("PATCH "+path, object{"type": "conversation"}); refused.Status != 400 {
		t.Errorf("back to a conversation: %v", refused)
	}
	if got := d.record("PATCH "+path, object{"requestor_id": d.o.IDs("contacts")[0]}); got["requester"] == nil {
		t.Error("the older spelling requestor_id is not understood")
	}
}

func TestIssuePathsTakeTheNumber(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.o.IDs("issues")[0]
	for _, call := range []string{"GET /issues/1001", "PATCH /issues/1001", "POST /issues/1001/external-issues"} {
		got := d.record(call, object{"external_issue_id": "a/b/7", "source": "github"})
		if got["id"] != id {
			t.Errorf("%s is about %v", call, got["id"])
		}
	}
	links := d.record("POST /issues/1001/external-issues", object{"external_issue_id": "a/b/7", "source": "github", "operation": "unlink"})
	if links["external_issues"] != nil && len(links["external_issues"].([]any)) != 0 {
		t.Errorf("external_issues = %v", links["external_issues"])
	}
	d.call("DELETE /issues/1001", nil)
	if refused := d.refuse("GET /issues/"+id, nil); refused.Status != 404 {
		t.Errorf("after the delete: %v", refused)
	}
}

func TestFollowersComeAndGo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path, _ := openIssue(d)
	who := object{"user_ids": d.o.IDs("users")[:2], "contact_ids": d.o.IDs("contacts")[:1]}
	if n := len(d.records("POST "+path+"/followers", who)); n != 3 {
		t.Errorf("%d followers, want 3", n)
	}
	if n := len(d.records("POST "+path+"/followers", who)); n != 3 {
		t.Errorf("%d followers after adding them again, want 3", n)
	}
	left := d.records("POST "+path+"/followers", object{"user_ids": d.o.IDs("users")[:2], "operation": "remove"})
	if len(left) != 1 || left[0]["type"] != "contact" {
		t.Errorf("left: %v", left)
	}
}

func TestRedactionReachesTheBody(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path := "/issues/" + d.o.IDs("issues")[7]
	issue := d.record("GET "+path, nil)
	opening := d.records("GET "+path+"/messages", nil)[0]
	got := d.record("POST "+path+"/messages/"+opening["id"].(string)+"/redact", nil)
	body := d.record("GET "+path, nil)["body_html"]
	if got["message_html"] == opening["message_html"] || body == issue["body_html"] {
		t.Errorf("message %v, body %v", got["message_html"], body)
	}
	d.call("DELETE "+path+"/messages/"+opening["id"].(string), nil)
	if left := d.records("GET "+path+"/messages", nil); len(left) > 0 && left[0]["id"] == opening["id"] {
		t.Error("the message is still there")
	}
}

func TestNoteThreads(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path, _ := openIssue(d)
	d.call("POST "+path+"/note", object{"body_html": "N", "thread_name": "Escalation", "thread_id": "", "user_id": d.o.IDs("users")[2]})
	threads := d.records("GET "+path+"/threads", nil)
	messages := d.records("GET "+path+"/messages", nil)
	note := messages[len(messages)-1]
	if len(threads) != 1 || threads[0]["name"] != "Escalation" || note["thread_id"] != threads[0]["id"] {
		t.Errorf("threads %v, note %v", threads, note)
	}
	if author := note["author"].(object)["user"].(object); author["id"] != d.o.IDs("users")[2] {
		t.Errorf("author = %v", author)
	}
}

func TestAIResponseAsANote(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path, _ := openIssue(d)
	answer := d.call("POST "+path+"/ai-response", object{"ai_agent_id": "a"})
	if n := len(d.records("GET "+path+"/messages", nil)); n != 1 || answer["response_valid"] != true {
		t.Errorf("%d messages, answer %v", n, answer)
	}
	d.call("POST "+path+"/ai-response", object{"ai_agent_id": "a", "post_as_internal_note": true})
	messages := d.records("GET "+path+"/messages", nil)
	if last := messages[len(messages)-1]; last["is_private"] != true || last["message_html"] != answer["response_html"] {
		t.Errorf("last message = %v", last)
	}
}

func TestUploads(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := [][3]string{{"file", "report 1.pdf", "%PDF"}}
	account := "/accounts/" + d.o.IDs("accounts")[0] + "/files"
	stored := d.sent(d.form("/attachments", file, map[string]string{"description": "Q3"}))
	one, _ := stored["data"].(object)
	checkKeys(t, "POST /attachments", "Attachment", one)
	if one["name"] != "report 1.pdf" || one["description"] != "Q3" {
		t.Errorf("attachment = %v", one)
	}
	byURL := d.sent(d.form("/attachments", nil, map[string]string{"file_url": "https://media.test/a/b.png"}))
	if name := byURL["data"].(object)["name"]; name != "b.png" {
		t.Errorf("name = %v", name)
	}
	list := listIn(t, d.sent(d.form(account, file, nil)))
	if len(list) != 1 {
		t.Fatalf("%d files", len(list))
	}
	checkKeys(t, account, "Attachment", list[0])

	for name, r := range map[string]struct {
		target string
		files  [][3]string
		values map[string]string
		status int
	}{
		"nothing":         {"/attachments", nil, nil, 400},
		"both":            {"/attachments", file, map[string]string{"file_url": "https://media.test/a"}, 400},
		"no absolute url": {"/attachments", nil, map[string]string{"file_url": "a.png"}, 400},
		"no filename":     {"/attachments", nil, map[string]string{"file": "content"}, 400},
		"no account":      {"/accounts/unknown/files", file, nil, 404},
	} {
		if _, refused := d.form(r.target, r.files, r.values); refused == nil || refused.Status != r.status {
			t.Errorf("%s: %v, want %d", name, refused, r.status)
		}
	}
	if refused := d.refuse("POST /attachments", object{"file_url": "https://media.test/a.png"}); refused.Status != 400 {
		t.Errorf("JSON: %v", refused)
	}
}
