package pylon_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

type object = map[string]any

// later is the clock of the tests: writes are told from seeded data by it.
var later = pylon.Epoch.Add(24 * time.Hour)

func newOrganization() *pylon.Organization {
	return pylon.NewOrganization(func() time.Time { return later })
}

func encodeParams(tb testing.TB, params any) json.RawMessage {
	tb.Helper()
	raw, err := json.Marshal(params)
	if err != nil {
		tb.Fatalf("encode params: %v", err)
	}
	return raw
}

func execute(tb testing.TB, o *pylon.Organization, entity, action string, params any) pylon.Reply {
	tb.Helper()
	reply, err := o.Execute(entity, action, encodeParams(tb, params))
	if err != nil {
		tb.Fatalf("%s.%s(%v) = %v", entity, action, params, err)
	}
	return reply
}

func refusal(tb testing.TB, o *pylon.Organization, entity, action string, params any) *pylon.Error {
	tb.Helper()
	reply, err := o.Execute(entity, action, encodeParams(tb, params))
	var refused *pylon.Error
	if !errors.As(err, &refused) {
		tb.Fatalf("%s.%s(%v) = %s, %v; want a refusal", entity, action, params, reply.Result, err)
	}
	return refused
}

// decode keeps numbers as written.
func decode[T any](tb testing.TB, raw json.RawMessage) T {
	tb.Helper()
	var value T
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		tb.Fatalf("decode %.200s: %v", raw, err)
	}
	return value
}

func read(tb testing.TB, o *pylon.Organization, entity, action string, params any) object {
	tb.Helper()
	return decode[object](tb, execute(tb, o, entity, action, params).Result)
}

// write runs a write and returns the record inside its wrapper.
func write(tb testing.TB, o *pylon.Organization, entity, action string, params any) object {
	tb.Helper()
	wrapper := read(tb, o, entity, action, params)
	if id, _ := wrapper["request_id"].(string); len(id) != 36 {
		tb.Fatalf("%s.%s: request_id = %v, want a UUID", entity, action, wrapper["request_id"])
	}
	record, _ := wrapper["data"].(object)
	return record
}

func rows(tb testing.TB, o *pylon.Organization, entity, action string, params any) []object {
	tb.Helper()
	type list struct {
		Data []object `json:"data"`
	}
	return decode[list](tb, execute(tb, o, entity, action, params).Result).Data
}

// recent is the last legal window of issues.
func recent() object {
	return object{
		"start_time": pylon.Epoch.Add(-pylon.DefaultWindow).Format(time.RFC3339),
		"end_time":   pylon.Epoch.Format(time.RFC3339),
	}
}

// everyIssue widens the window and reads all issues with all their messages.
func everyIssue(tb testing.TB, o *pylon.Organization) []object {
	tb.Helper()
	var issues []object
	for _, id := range o.IDs("issues") {
		issues = append(issues, read(tb, o, "issues", "get", object{"id": id}))
	}
	return issues
}

func messagesOf(tb testing.TB, o *pylon.Organization, issueID any) []object {
	tb.Helper()
	return rows(tb, o, "messages", "list", object{"id": issueID})
}

// findIssue returns the first issue, newest last, that the predicate accepts.
func findIssue(tb testing.TB, o *pylon.Organization, what string, accept func(object) bool) object {
	tb.Helper()
	for _, issue := range everyIssue(tb, o) {
		if accept(issue) {
			return issue
		}
	}
	tb.Fatalf("no issue: %s", what)
	return nil
}

// findMessage returns the id of the first message that is private or not.
func findMessage(tb testing.TB, o *pylon.Organization, issueID any, private bool) string {
	tb.Helper()
	for _, message := range messagesOf(tb, o, issueID) {
		if message["is_private"] == private {
			return message["id"].(string)
		}
	}
	tb.Fatalf("issue %v has no message with is_private %v", issueID, private)
	return ""
}
