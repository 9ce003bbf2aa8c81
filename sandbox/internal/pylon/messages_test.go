package pylon_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func fromSource(source string) func(object) bool {
	return func(issue object) bool { return issue["source"] == source }
}

func TestReply(t *testing.T) {
	t.Parallel()
	seeded := newOrganization()
	user, contact := seeded.IDs("users")[3], seeded.IDs("contacts")[5]
	for name, test := range map[string]struct {
		params object
		author string
		id     string
	}{
		"as the token": {object{}, "user", ""},
		"as a user":    {object{"user_id": user}, "user", user},
		"as a contact": {object{"contact_id": contact}, "contact", contact},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrganization()
			issue := findIssue(t, o, "new, from slack", func(i object) bool { return i["source"] == "slack" && i["state"] == "new" })
			before := len(messagesOf(t, o, issue["id"]))
			params := object{
				"id": issue["number"], "message_id": findMessage(t, o, issue["id"], false), "body_html": "<p>On it</p>",
				"attachment_urls": []string{"https://uploads.northlight.test/a.png"},
			}
			maps.Copy(params, test.params)
			posted := write(t, o, "issue_replies", "create", params)
			messages := messagesOf(t, o, issue["id"])
			last := messages[len(messages)-1]
			if len(messages) != before+1 || posted["issue_id"] != issue["id"] || posted["id"] != last["id"] || len(posted) != 2 {
				t.Fatalf("posted %v, last message %v", posted, last)
			}
			author := last["author"].(object)[test.author].(object)["id"]
			if last["is_private"] != false || last["message_html"] != "<p>On it</p>" || (test.id != "" && author != test.id) {
				t.Errorf("message = %v", last)
			}
			if diff := cmp.Diff([]any{"https://uploads.northlight.test/a.png"}, last["file_urls"]); diff != "" {
				t.Error(diff)
			}
			after := read(t, o, "issues", "get", object{"id": issue["id"]})
			answered := after["first_response_time"] == writtenAt
			if answered != (test.author == "user") || after["latest_message_time"] != writtenAt {
				t.Errorf("first_response_time = %v, latest_message_time = %v", after["first_response_time"], after["latest_message_time"])
			}
		})
	}
}

func TestReplyRefusals(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	slack := findIssue(t, o, "slack with a note", func(i object) bool {
		return i["source"] == "slack" && strings.Contains(string(execute(t, o, "messages", "list", object{"id": i["id"]}).Result), `"is_private":true`)
	})["id"]
	email := findIssue(t, o, "email", fromSource("email"))["id"]
	internal := write(t, o, "issues", "create", object{"title": "T", "body_html": "B", "account_id": o.IDs("accounts")[0]})["id"]
	public := findMessage(t, o, slack, false)
	for name, test := range map[string]struct {
		params     object
		want, code string
	}{
		"two authors":     {object{"id": slack, "message_id": public, "user_id": "a", "contact_id": "b"}, "user_id and contact_id exclude each other", ""},
		"internal note":   {object{"id": slack, "message_id": findMessage(t, o, slack, true)}, "names an internal note", ""},
		"another issue":   {object{"id": slack, "message_id": findMessage(t, o, email, false)}, "does not name a message of this issue", ""},
		"email":           {object{"id": email, "message_id": findMessage(t, o, email, false)}, "email_info with at least one recipient is required", ""},
		"internal issue":  {object{"id": internal, "message_id": public}, "no customer-visible message", "internal_issue_reply_not_allowed"},
		"unknown user":    {object{"id": slack, "message_id": public, "user_id": "a"}, "User not found!", "not_found"},
		"unknown contact": {object{"id": slack, "message_id": public, "contact_id": "a"}, "Contact not found!", "not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := len(messagesOf(t, o, test.params["id"]))
			test.params["body_html"] = "<p>R</p>"
			refused := refusal(t, o, "issue_replies", "create", test.params)
			if !strings.Contains(refused.Message, test.want) || refused.Code != test.code {
				t.Errorf("got %v (code %q), want %q (code %q)", refused, refused.Code, test.want, test.code)
			}
			if after := len(messagesOf(t, o, test.params["id"])); after != before {
				t.Error("a refused reply was posted")
			}
		})
	}
}

func TestNotesAndThreads(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	issue := findIssue(t, o, "without notes", func(i object) bool {
		return !strings.Contains(string(execute(t, o, "messages", "list", object{"id": i["id"]}).Result), `"is_private":true`)
	})["id"]
	threadOf := func(messageID any) any {
		for _, message := range messagesOf(t, o, issue) {
			if message["id"] == messageID {
				if message["is_private"] != true {
					t.Errorf("note %v is public", messageID)
				}
				return message["thread_id"]
			}
		}
		t.Fatalf("no message %v", messageID)
		return nil
	}
	note := func(params object) any {
		params["id"], params["body_html"] = issue, "<p>N</p>"
		return write(t, o, "issue_notes", "create", params)["id"]
	}

	thread := write(t, o, "issue_threads", "create", object{"id": issue, "name": "War room"})
	want := object{"id": thread["id"], "issue_id": issue, "name": "War room", "source": nil, "channel_id": nil, "thread_id": nil}
	if diff := cmp.Diff(want, thread); diff != "" {
		t.Error(diff)
	}
	first := note(object{"thread_id": thread["id"]})
	if threadOf(first) != thread["id"] {
		t.Error("the note is not in the named thread")
	}
	if threadOf(note(object{"message_id": first, "thread_id": ""})) != thread["id"] {
		t.Error("the note is not in the thread of the named note")
	}
	if got := threadOf(note(object{})); got == thread["id"] || got == nil {
		t.Errorf("a note without a thread went to %v, want a new thread", got)
	}
}

func TestNoteFallsIntoTheSlackThread(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	issue := findIssue(t, o, "slack with a note", func(i object) bool {
		return i["source"] == "slack" && strings.Contains(string(execute(t, o, "messages", "list", object{"id": i["id"]}).Result), `"is_private":true`)
	})["id"]
	write(t, o, "issue_notes", "create", object{"id": issue, "body_html": "<p>N</p>"})
	threads := map[any]bool{}
	for _, message := range messagesOf(t, o, issue) {
		if message["is_private"] == true {
			threads[message["thread_id"]] = true
		}
	}
	if len(threads) != 1 {
		t.Errorf("notes are in %d threads, want one", len(threads))
	}
}

func TestNoteRefusals(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	public := findMessage(t, o, 1001, false)
	for name, test := range map[string]struct {
		params object
		status int
		want   string
	}{
		"both":           {object{"thread_id": "a", "message_id": "b"}, http.StatusBadRequest, "thread_id and message_id exclude each other"},
		"unknown thread": {object{"thread_id": "a"}, http.StatusNotFound, "Thread not found!"},
		"unknown note":   {object{"message_id": "a"}, http.StatusNotFound, "Message not found!"},
		"public message": {object{"message_id": public}, http.StatusBadRequest, "names a customer-visible message"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.params["id"], test.params["body_html"] = 1001, "<p>N</p>"
			if refused := refusal(t, o, "issue_notes", "create", test.params); refused.Status != test.status || !strings.Contains(refused.Message, test.want) {
				t.Errorf("got %v, want %d with %q", refused, test.status, test.want)
			}
		})
	}
}
