package connector_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// notProbed are the entities of Pylon that a check cannot read, and why.
func notProbed() map[string]string {
	reasons := map[string]string{
		"custom_objects": `nothing says what parameter "type" of custom_objects should be; set it with WithConfig`,
	}
	for _, entity := range []string{"projects", "milestones", "feature_requests", "call_recordings"} { // only a record of known id can be read
		reasons[entity] = `nothing says what parameter "id" of ` + entity + ` should be; set it with WithConfig`
	}
	for _, entity := range []string{
		"issue_replies", "issue_assignments", "issue_notes", "issue_snoozes", "issue_external_issues", "issue_ai_responses",
		"message_redactions", "accounts_bulk", "account_merges", "account_highlights", "account_activities", "account_files",
		"attachments", "article_reviews", "route_redirects", "training_data_files", "training_data_content",
		"training_data_documents", "feature_request_visibility", "custom_objects_bulk", "contact_imports", "issue_imports",
		"message_imports", "devin_connections",
	} {
		reasons[entity] = "the entity has neither list nor get"
	}
	return reasons
}

// openPylonOf opens Pylon on a sandbox, whose token it takes.
func openPylonOf(t *testing.T, box *sandbox.Sandbox) *connector.Connector {
	t.Helper()
	m, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("no manifest called pylon")
	}
	conn, err := connector.Open(m, connector.Credentials{"api_token": sandbox.PylonToken}, connector.WithBaseURL(box.PylonURL()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

// TestAProbeOfAllOfPylon: what can be read is read, with reads alone, and what
// cannot is no illness of the service.
func TestAProbeOfAllOfPylon(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	health, err := openPylonOf(t, box).CheckEntities(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !health.OK || health.Status != "healthy" || len(health.Entities) == 0 {
		t.Errorf("health = %t %s of %d entities", health.OK, health.Status, len(health.Entities))
	}
	skipped := map[string]string{}
	for _, e := range health.Entities {
		switch {
		case e.Status == "skipped":
			skipped[e.Entity] = e.Message
		case e.Status != "healthy" || e.Message != "" || e.HTTPStatus != 0:
			t.Errorf("%s is %s: %s (%d)", e.Entity, e.Status, e.Message, e.HTTPStatus)
		}
	}
	if diff := cmp.Diff(notProbed(), skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	for _, r := range box.Requests() {
		if r.Method != http.MethodGet || r.Status != http.StatusOK {
			t.Errorf("%s %s was answered with %d", r.Method, r.Path, r.Status)
		}
	}
}

// TestAProbeTakesTheIDOfTheRightRecord has one request for each parent, and each
// child asked for below a record of its own parent.
func TestAProbeTakesTheIDOfTheRightRecord(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ list, parent string }{
		"messages":              {"/issues/{id}/messages", "issues"},
		"issue_threads":         {"/issues/{id}/threads", "issues"},
		"issue_followers":       {"/issues/{id}/followers", "issues"},
		"issue_voice_calls":     {"/issues/{id}/voice-calls", "issues"},
		"account_relationships": {"/accounts/{id}/relationships", "accounts"},
		"task_comments":         {"/tasks/{id}/comments", "tasks"},
		"survey_responses":      {"/surveys/{id}/responses", "surveys"},
		"articles":              {"/knowledge-bases/{id}/articles", "knowledge-bases"},
		"collections":           {"/knowledge-bases/{id}/collections", "knowledge-bases"},
	}
	for entity, test := range tests {
		t.Run(entity, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			health, err := openPylonOf(t, box).CheckEntities(t.Context(), entity)
			if err != nil || !health.OK || health.Entities[0].Status != "healthy" {
				t.Fatalf("health = %+v, %v", health, err)
			}
			before, after, _ := strings.Cut(test.list, "{id}")
			lists := 0
			for _, r := range box.Requests() {
				path := strings.TrimPrefix(r.Path, "/pylon")
				if path == "/"+test.parent {
					lists++
				}
				if r.Status != http.StatusOK {
					t.Errorf("%s was answered with %d", path, r.Status)
				}
			}
			requests := box.Requests()
			last := strings.TrimPrefix(requests[len(requests)-1].Path, "/pylon")
			if id, ok := strings.CutSuffix(strings.TrimPrefix(last, before), after); !ok || id == "" || lists != 1 {
				t.Errorf("%s was listed %d times, and then %s was read", test.parent, lists, last)
			}
		})
	}
}

// TestAProbeOfIssuesHasAWindow: Pylon refuses issues without one, and one that is
// longer than 30 days.
func TestAProbeOfIssuesHasAWindow(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	health, err := openPylonOf(t, box).CheckEntities(t.Context(), "issues")
	if err != nil || !health.OK || health.Entities[0].Status != "healthy" {
		t.Fatalf("health = %+v, %v", health, err)
	}
	requests := box.Requests()
	if len(requests) != 1 {
		t.Fatalf("%d requests", len(requests))
	}
	query, err := url.ParseQuery(requests[0].Query)
	if err != nil {
		t.Fatal(err)
	}
	var window [2]time.Time
	for i, name := range []string{"start_time", "end_time"} {
		if window[i], err = time.Parse(time.RFC3339, query.Get(name)); err != nil {
			t.Error(err)
		}
	}
	if days := window[1].Sub(window[0]).Round(24*time.Hour) / (24 * time.Hour); days != 29 || query.Get("limit") != "1" {
		t.Errorf("query = %v", query)
	}
}

// TestCallsDoNotSeeWhatProbesSend: the window is for checks; who calls must say
// what is wanted.
func TestCallsDoNotSeeWhatProbesSend(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	_, err := openPylonOf(t, box).Execute(t.Context(), "issues", "list", nil)
	failure{kind: connector.ErrValidation, call: "issues.list", says: []string{"start_time", "end_time"}}.check(t, err)
	if n := len(box.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
