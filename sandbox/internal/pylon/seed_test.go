package pylon_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

func TestSeedHoldsEnough(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	for entity, least := range map[string]int{
		"accounts": 25, "contacts": 80, "issues": 300, "teams": 8, "users": 20, "tags": 10, "custom_fields": 10, "ticket_forms": 3,
		"user_roles": 3, "tasks": 10, "projects": 5, "milestones": 10, "knowledge_bases": 1, "articles": 5, "collections": 3,
	} {
		if got := len(o.IDs(entity)); got < least {
			t.Errorf("%d %s, want at least %d", got, entity, least)
		}
	}
	if got := o.IDs("unicorns"); got != nil {
		t.Errorf("IDs of an unknown kind = %v", got)
	}
}

func TestSeedIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	dump := func(clock func() time.Time) []string {
		o := pylon.NewOrganization(clock)
		var all []string
		for _, entity := range []string{"issues", "accounts", "contacts", "teams", "tags", "users", "custom_fields"} {
			for _, id := range o.IDs(entity) {
				all = append(all, string(execute(t, o, entity, "get", object{"id": id}).Result))
			}
		}
		return all
	}
	if diff := cmp.Diff(dump(nil), dump(func() time.Time { return later })); diff != "" {
		t.Error(diff)
	}
}

func TestSeedTellsCoherentStories(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	epoch := pylon.Epoch.Format(time.RFC3339)
	states := map[any]int{}
	for n, issue := range everyIssue(t, o) {
		states[issue["state"]]++
		if want := json.Number(strconv.Itoa(1001 + n)); issue["number"] != want {
			t.Fatalf("issue %d has number %v, want %s", n, issue["number"], want)
		}
		messages := messagesOf(t, o, issue["id"])
		if len(messages) < 2 || len(messages) > 8 {
			t.Errorf("issue %v has %d messages, want 2 to 8", issue["number"], len(messages))
		}
		previous := issue["created_at"].(string)
		for _, message := range messages {
			at := message["timestamp"].(string)
			if at < previous || at > epoch {
				t.Errorf("issue %v: message at %s, after %s, epoch %s", issue["number"], at, previous, epoch)
			}
			previous = at
		}
		if issue["latest_message_time"] != previous {
			t.Errorf("issue %v: latest_message_time %v, last message at %s", issue["number"], issue["latest_message_time"], previous)
		}
		closed := issue["state"] == "closed" || issue["state"] == "wont_fix"
		if closed != (issue["resolution_time"] != nil) {
			t.Errorf("issue %v: state %v with resolution_time %v", issue["number"], issue["state"], issue["resolution_time"])
		}
		if (issue["state"] == "new") != (issue["first_response_time"] == nil) {
			t.Errorf("issue %v: state %v with first_response_time %v", issue["number"], issue["state"], issue["first_response_time"])
		}
	}
	for _, state := range []string{"new", "waiting_on_you", "waiting_on_customer", "on_hold", "in_progress", "escalated", "closed", "wont_fix"} {
		if states[state] == 0 {
			t.Errorf("no issue in state %s", state)
		}
	}
}

func TestSeedHoldsHardValues(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	var all strings.Builder
	for _, entity := range []string{"accounts", "contacts", "users", "issues"} {
		for _, id := range o.IDs(entity) {
			all.Write(execute(t, o, entity, "get", object{"id": id}).Result)
		}
	}
	for _, id := range o.IDs("issues") {
		all.Write(execute(t, o, "messages", "list", object{"id": id}).Result)
	}
	for name, part := range map[string]string{
		"integer beyond a float64": `"ledger_sequence":{"value":9007199254740993}`,
		"emoji":                    "🎮",
		"joined emoji":             "👩\u200d💻",
		"right to left":            "النخيل",
		"combining mark":           "Cafe\u0301",
		"unescaped markup":         "<p>Hello team,</p>",
		"unescaped ampersand":      "Fathom & Reed LLP",
		"missing tags":             `"tags":null`,
		"missing assignee":         `"assignee":null`,
		"missing email":            `"email":null`,
	} {
		if !strings.Contains(all.String(), part) {
			t.Errorf("%s: nothing holds %s", name, part)
		}
	}
}

// TestRecordKeys pins the keys and their order, as the service sends them.
func TestRecordKeys(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	for entity, want := range map[string]string{
		"issues":        "id number title link body_html state type source account requester assignee team tags custom_fields created_at updated_at latest_message_time first_response_time resolution_time first_resolution_time customer_portal_visible is_issue_group author_unverified number_of_touches time_in_status_seconds business_hours_time_in_status_seconds",
		"accounts":      "id name logo_url owner domain domains primary_domain type channels created_at updated_at tags custom_fields latest_customer_activity_time external_ids is_disabled parent_account_id subaccount_ids",
		"contacts":      "id name email emails account avatar_url phone_numbers primary_phone_number portal_role portal_role_id external_ids integration_user_ids custom_fields",
		"teams":         "id name users",
		"tags":          "id value object_type hex_color",
		"users":         "id name email emails avatar_url role_id role status",
		"custom_fields": "id label slug description object_type type source is_read_only default_value default_values select_metadata number_metadata created_at updated_at",
	} {
		raw := execute(t, o, entity, "get", object{"id": o.IDs(entity)[0]}).Result
		if got := strings.Join(topKeys(t, raw), " "); !strings.HasPrefix(got, want) {
			t.Errorf("%s: keys %s, want them to start with %s", entity, got, want)
		}
	}
}

// topKeys returns the keys of an object in the order in which they stand.
func topKeys(t *testing.T, raw json.RawMessage) []string {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

func BenchmarkNewOrganization(b *testing.B) {
	for b.Loop() {
		pylon.NewOrganization(nil)
	}
}
