package pylon_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

func nested(depth int) object {
	f := object{"field": "state", "operator": "equals", "value": "new"}
	for range depth - 1 {
		f = object{"operator": "and", "subfilters": []object{f}}
	}
	return f
}

func TestFilterRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	where := func(field, operator string, more object) object {
		f := object{"field": field, "operator": operator}
		maps.Copy(f, more)
		return object{"filter": f}
	}
	value := object{"value": "x"}
	checkRefusals(t, d, []refusalCase{
		{"POST /issues/search", object{"filter": "state"}, 400, "filter must be an object"},
		{"POST /issues/search", object{"filter": []object{}}, 400, "filter must be an object"},
		{"POST /issues/search", object{"filter": object{}}, 400, "operator is required"},
		{"POST /issues/search", object{"filter": object{"operator": "equals", "value": "x"}}, 400, "field is required"},
		{"POST /issues/search", object{"filter": object{"state": object{"operator": "equals", "value": "new"}}}, 400, "operator is required"},
		{"POST /issues/search", where("colour", "equals", value), 400, `"colour" is not a field`},
		{"POST /issues/search", where("number", "equals", value), 400, "not a field"},
		{"POST /issues/search", where("plan", "equals", value), 400, "not a field"}, // a custom field of accounts
		{"POST /issues/search", where("state", "is", value), 400, "equals, in, not_in"},
		{"POST /issues/search", where("state", "contains", value), 400, "equals, in, not_in"},
		{"POST /issues/search", where("title", "equals", value), 400, "string_contains"},
		{"POST /issues/search", where("state", "equals", nil), 400, "needs a value"},
		{"POST /issues/search", where("state", "equals", object{"value": 5}), 400, "filter must be an object"},
		{"POST /issues/search", where("state", "in", nil), 400, "needs values"},
		{"POST /issues/search", where("created_at", "time_is_after", object{"value": "2026-10-01T00:00:00"}), 400, "RFC3339"},
		{"POST /issues/search", where("created_at", "time_range", object{"values": []string{"2026-10-01T00:00:00Z"}}), 400, "two values"},
		{"POST /issues/search", where("created_at", "time_range", object{"values": []string{"2026-10-01T00:00:00Z", "later"}}), 400, "RFC3339"},
		{"POST /issues/search", where("affected_users", "greater_than", object{"value": "many"}), 400, "a number"},
		{"POST /issues/search", object{"filter": object{"operator": "and"}}, 400, "needs subfilters"},
		{"POST /issues/search", object{"filter": object{"operator": "or", "subfilters": []object{}}}, 400, "needs subfilters"},
		{"POST /issues/search", object{"filter": nested(4)}, 400, "at most 3 levels"},
		{"POST /issues/search", object{"limit": 1000}, 400, "limit must be from 1 to 999"},
		{"POST /issues/search", object{"limit": 0}, 400, "limit must be from 1 to 999"},
		{"POST /issues/search", object{"limit": "5"}, 400, "limit must be an integer"},
		{"POST /issues/search", object{"cursor": "nonsense"}, 400, "cursor"},
		{"POST /accounts/search", where("name", "is_set", nil), 400, "equals, in, not_in, string_contains"},
		{"POST /contacts/search", where("account_id", "is_set", nil), 400, "equals, in, not_in"},
		{"POST /users/search", where("name", "equals", value), 400, "not a field"},
	})
}

func TestFilterFindsExactlyWhatItSays(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	issues := everyIssue(t, d.o)
	some := issues[200]
	refID := func(issue object, key string) any {
		if r, ok := issue[key].(object); ok {
			return r["id"]
		}
		return nil
	}
	field := func(issue object, slug string) object {
		f, _ := issue["custom_fields"].(object)[slug].(object)
		return f
	}
	tagged := func(issue object, tag string) bool {
		tags, _ := issue["tags"].([]any)
		return slices.Contains(tags, any(tag))
	}
	created := func(i object) string { return i["created_at"].(string) }
	const at = "2026-09-15T00:00:00Z"
	for name, c := range map[string]struct {
		filter string
		want   func(object) bool
	}{
		"equals":                  {`{"field":"state","operator":"equals","value":"on_hold"}`, func(i object) bool { return i["state"] == "on_hold" }},
		"custom state":            {`{"field":"state","operator":"in","values":["escalated","in_progress"]}`, func(i object) bool { return i["state"] == "escalated" || i["state"] == "in_progress" }},
		"not_in":                  {`{"field":"state","operator":"not_in","values":["closed"]}`, func(i object) bool { return i["state"] != "closed" }},
		"reference":               {`{"field":"account_id","operator":"equals","value":"` + refID(some, "account").(string) + `"}`, func(i object) bool { return refID(i, "account") == refID(some, "account") }},
		"is_set":                  {`{"field":"assignee_id","operator":"is_set"}`, func(i object) bool { return i["assignee"] != nil }},
		"is_unset":                {`{"field":"assignee_id","operator":"is_unset"}`, func(i object) bool { return i["assignee"] == nil }},
		"issue type":              {`{"field":"issue_type","operator":"equals","value":"ticket"}`, func(i object) bool { return i["type"] == "ticket" }},
		"ticket form is never":    {`{"field":"ticket_form_id","operator":"is_set"}`, func(object) bool { return false }},
		"contains":                {`{"field":"tags","operator":"contains","value":"bug"}`, func(i object) bool { return tagged(i, "bug") }},
		"does_not_contain":        {`{"field":"tags","operator":"does_not_contain","value":"bug"}`, func(i object) bool { return !tagged(i, "bug") }},
		"tags in":                 {`{"field":"tags","operator":"in","values":["bug","sso"]}`, func(i object) bool { return tagged(i, "bug") || tagged(i, "sso") }},
		"string_contains":         {`{"field":"title","operator":"string_contains","value":"csv export"}`, func(i object) bool { return strings.Contains(i["title"].(string), "CSV export") }},
		"string_does_not_contain": {`{"field":"title","operator":"string_does_not_contain","value":"CSV"}`, func(i object) bool { return !strings.Contains(i["title"].(string), "CSV") }},
		"time_is_after":           {`{"field":"created_at","operator":"time_is_after","value":"` + at + `"}`, func(i object) bool { return created(i) > at }},
		"time_is_before":          {`{"field":"created_at","operator":"time_is_before","value":"` + at + `"}`, func(i object) bool { return created(i) < at }},
		"time_is_after is strict": {`{"field":"created_at","operator":"time_is_after","value":"` + created(some) + `"}`, func(i object) bool { return created(i) > created(some) }},
		"time with another zone":  {`{"field":"created_at","operator":"time_is_after","value":"2026-09-15T02:00:00+02:00"}`, func(i object) bool { return created(i) > at }},
		"time_range":              {`{"field":"created_at","operator":"time_range","values":["` + created(some) + `","` + created(issues[210]) + `"]}`, func(i object) bool { return created(i) >= created(some) && created(i) <= created(issues[210]) }},
		"time of what is unset":   {`{"field":"resolved_at","operator":"time_is_after","value":"2000-01-01T00:00:00Z"}`, func(i object) bool { return i["resolution_time"] != nil }},
		"custom field":            {`{"field":"priority","operator":"equals","value":"urgent"}`, func(i object) bool { return field(i, "priority")["value"] == "urgent" }},
		"custom field unset":      {`{"field":"invoice_number","operator":"is_unset"}`, func(i object) bool { return field(i, "invoice_number") == nil }},
		"custom field not_equals": {`{"field":"priority","operator":"not_equals","value":"urgent"}`, func(i object) bool { return field(i, "priority")["value"] != "urgent" }},
		"custom multi contains": {`{"field":"affected_components","operator":"contains","value":"mobile"}`, func(i object) bool {
			values, _ := field(i, "affected_components")["values"].([]any)
			return slices.Contains(values, any("mobile"))
		}},
		"or in and": {
			`{"operator":"and","subfilters":[{"field":"issue_type","operator":"equals","value":"ticket"},{"operator":"or","subfilters":[{"field":"state","operator":"equals","value":"new"},{"field":"tags","operator":"contains","value":"bug"}]}]}`,
			func(i object) bool { return i["type"] == "ticket" && (i["state"] == "new" || tagged(i, "bug")) },
		},
	} {
		want := 0
		for _, issue := range issues {
			if c.want(issue) {
				want++
			}
		}
		found := d.records("POST /issues/search", object{"filter": json.RawMessage(c.filter), "limit": 999})
		for _, issue := range found {
			if !c.want(issue) {
				t.Errorf("%s found issue %v", name, issue["number"])
			}
		}
		if len(found) != want || (want == 0) != (name == "ticket form is never") {
			t.Errorf("%s found %d issues, want %d", name, len(found), want)
		}
	}
}

func TestSearchText(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for call, c := range map[string]struct{ text, key string }{
		"POST /issues/search":   {"dark MODE", "title"},
		"POST /accounts/search": {"bluefinch", "name"},
		"POST /contacts/search": {"amara.", "email"},
	} {
		found := d.records(call, object{"search_text": c.text})
		if len(found) == 0 {
			t.Errorf("%s %q finds nothing", call, c.text)
		}
		for _, row := range found {
			if !strings.Contains(strings.ToLower(row[c.key].(string)), strings.ToLower(c.text)) {
				t.Errorf("%s %q found %v", call, c.text, row[c.key])
			}
		}
	}
	both := object{"search_text": "dark mode", "filter": object{"field": "state", "operator": "equals", "value": "closed"}}
	all := d.records("POST /issues/search", object{"search_text": "dark mode"})
	if closed := d.records("POST /issues/search", both); len(closed) == 0 || len(closed) >= len(all) {
		t.Errorf("with a filter %d of %d are left", len(closed), len(all))
	}
}

func TestSearchOfFollowersChannelsAndPeople(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path, _ := openIssue(d)
	issue := d.record("GET "+path, nil)
	user, contact := d.o.IDs("users")[4], d.o.IDs("contacts")[7]
	d.call("POST "+path+"/followers", object{"user_ids": []string{user}, "contact_ids": []string{contact}})
	for field, value := range map[string]string{"follower_user_id": user, "follower_contact_id": contact} {
		found := d.records("POST /issues/search", object{"filter": object{"field": field, "operator": "equals", "value": value}})
		if len(found) == 0 || found[0]["id"] != issue["id"] {
			t.Errorf("%s: the newest of %d issues found is not the followed one", field, len(found))
		}
	}
	seeded := findIssue(t, d.o, "through Slack", func(i object) bool { return i["slack"] != nil })
	channel := seeded["slack"].(object)["channel_id"]
	for _, found := range d.records("POST /issues/search", object{"filter": object{"field": "slack_channel_id", "operator": "equals", "value": channel}}) {
		if found["slack"].(object)["channel_id"] != channel {
			t.Errorf("issue %v is of another channel", found["number"])
		}
	}
	mail := d.records("POST /users/search", object{"filter": object{"field": "email", "operator": "in", "values": []string{"aiko@northlight.test"}}})
	if len(mail) != 1 || mail[0]["name"] != "Aiko Hanamura" {
		t.Errorf("users by email: %v", mail)
	}
}

func TestNumbersCompareWithAllDigits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	// 2^53 and 2^53+1 are one and the same float64.
	above := d.records("POST /accounts/search", object{"filter": object{"field": "ledger_sequence", "operator": "greater_than", "value": "9007199254740993"}})
	from := d.records("POST /accounts/search", object{"filter": object{"field": "ledger_sequence", "operator": "greater_than_or_equals", "value": "9007199254740993"}})
	if len(above) == 0 || len(from) != len(above)+1 {
		t.Errorf("above: %d, from: %d accounts", len(above), len(from))
	}
}
