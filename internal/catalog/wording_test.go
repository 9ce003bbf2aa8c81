package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const (
	maxDescription = 300
	// A filter tells which fields it knows; nothing else does.
	maxFilterDescription = 900
)

// checkText reports text that costs a model more than it tells it.
func checkText(t *testing.T, where, text string) {
	t.Helper()
	checkTextUpTo(t, maxDescription, where, text)
}

func checkTextUpTo(t *testing.T, limit int, where, text string) {
	t.Helper()
	if strings.TrimSpace(text) == "" {
		t.Errorf("%s: no text", where)
	}
	if len(text) > limit {
		t.Errorf("%s: %d characters, more than %d: %s", where, len(text), limit, text)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }); i >= 0 {
		t.Errorf("%s: %q is not plain ASCII", where, text[i:])
	}
}

func TestEverythingIsDescribed(t *testing.T) {
	t.Parallel()
	doc := pylon(t)
	checkText(t, "connector", doc.Description)
	for _, entity := range doc.Entities {
		checkEntity(t, entity)
		for _, op := range entity.Operations {
			where := entity.Name + "." + op.Action
			checkText(t, where, op.Description)
			for _, p := range op.Parameters {
				limit := maxDescription
				if p.Name == "filter" {
					limit = maxFilterDescription
				}
				checkTextUpTo(t, limit, where+" "+p.Name, p.Description)
			}
		}
	}
	for kind, questions := range map[string][]string{
		"direct":      doc.ExampleQuestions.Direct,
		"search":      doc.ExampleQuestions.Search,
		"unsupported": doc.ExampleQuestions.Unsupported,
	} {
		if len(questions) == 0 {
			t.Errorf("no %s questions", kind)
		}
		for _, question := range questions {
			checkText(t, kind+" question", question)
		}
	}
}

func checkEntity(t *testing.T, entity manifest.Entity) {
	t.Helper()
	checkText(t, entity.Name+" summary", entity.Summary)
	checkText(t, entity.Name+" when_to_use", entity.WhenToUse)
	checkText(t, entity.Name+" search_strategy", entity.SearchStrategy)
	for kind, texts := range map[string][]string{"phrase": entity.TriggerPhrases, "question": entity.ExampleQuestions} {
		if len(texts) == 0 {
			t.Errorf("%s: no trigger %s", entity.Name, kind)
		}
		for i, text := range texts {
			checkText(t, fmt.Sprintf("%s %s %d", entity.Name, kind, i), text)
		}
	}
	for _, r := range entity.Relationships {
		checkText(t, entity.Name+" to "+r.Target, r.Description)
	}
	decodeSchema(t, entity.Schema).walk(entity.Name, func(path string, s schema) {
		if s.Description != "" {
			checkText(t, path, s.Description)
		}
	})
	if entity.Search != nil {
		for _, field := range entity.Search.Fields {
			checkText(t, entity.Name+" store "+field.Name, field.Description)
		}
	}
}

func TestFreshness(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"issues": "live", "messages": "live", "accounts": "live", "contacts": "live", "teams": "static",
		"tags": "live", "users": "live", "custom_fields": "static", "ticket_forms": "static", "user_roles": "static",
	}
	got := map[string]string{}
	for _, entity := range pylon(t).Entities {
		if _, ok := want[entity.Name]; ok {
			got[entity.Name] = entity.Freshness
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("freshness (-want +got):\n%s", diff)
	}
}

// What a model must know before it writes is said where it reads.
func TestTrapsAreTold(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ where, says string }{
		"window":              {"issues.list", "at most 30 days apart"},
		"time format":         {"issues.list start_time", "RFC3339 with a zone"},
		"create is silent":    {"issues.create", "not notified"},
		"create needs one of": {"issues.create", "account_id or requester_email"},
		"bodies are HTML":     {"issues.create body_html", "HTML"},
		"states":              {"issue_statuses.update state", "new, waiting_on_you, waiting_on_customer, on_hold, closed"},
		"no open state":       {"issues.update state", "no state called open"},
		"reply needs message": {"issue_replies.create message_id", "is_private false"},
		"reply is seen":       {"issue_replies.create", "The customer sees it"},
		"tags replace":        {"issues.update tags", "Replaces all tags"},
		"account tags":        {"accounts.update tags", "Replaces all tags"},
		"empty clears":        {"issue_assignments.update assignee_id", `empty string ""`},
		"delete asks":         {"issues.delete", "ask the user"},
		"note is internal":    {"issue_notes.create", "customer does not see"},
		"article draft":       {"articles.update", "draft"},
		"email recipients":    {"issue_replies.create email_info", "at least one address"},
		"merge is for good":   {"account_merges.create", "gone for good"},
		"redaction is too":    {"message_redactions.create", "Nothing brings the content back"},
		"search by number":    {"issues.api_search", "issues.get"},
		"what search filters": {"issues.api_search filter", "latest_message_activity_at"},
		"uploads for replies": {"attachments.create", "attachment_urls"},
		"accounts keep":       {"accounts.delete", "is_disabled"},
		"collections cascade": {"collections.delete", "articles"},
	}
	texts := map[string]string{}
	for _, entity := range pylon(t).Entities {
		for _, op := range entity.Operations {
			texts[entity.Name+"."+op.Action] = op.Description
			for _, p := range op.Parameters {
				texts[entity.Name+"."+op.Action+" "+p.Name] = p.Description
			}
		}
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(texts[test.where], test.says) {
				t.Errorf("%s does not say %q: %s", test.where, test.says, texts[test.where])
			}
		})
	}
}
