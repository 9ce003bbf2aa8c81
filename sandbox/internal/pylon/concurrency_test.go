package pylon_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// TestConcurrentUse is for the race detector; it counts, so that a lost write
// shows without it.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	const workers = 8
	o := newOrganization()
	account, tag := o.IDs("accounts")[0], o.IDs("tags")[0]
	issues, messages := len(o.IDs("issues")), len(messagesOf(t, o, 1001))
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for _, call := range []struct {
				entity, action string
				params         object
			}{
				{"issues", "create", object{"title": "T", "body_html": "B", "account_id": account}},
				{"issues", "list", recent()},
				{"issue_notes", "create", object{"id": 1001, "body_html": "N"}},
				{"messages", "list", object{"id": 1001}},
				{"issues", "update", object{"id": 1002, "state": []string{"closed", "on_hold"}[worker%2]}},
				{"issues", "get", object{"id": 1002}},
				{"issues", search, object{"query": object{"filter": object{"fuzzy": object{"title": "csv"}}}}},
				{"tags", "update", object{"id": tag, "value": fmt.Sprint("billing ", worker)}},
				{"accounts", "list", object{}},
				{"accounts", "update", object{"id": account, "name": fmt.Sprint("A", worker)}},
				{"contacts", "create", object{"name": "C", "email": fmt.Sprintf("c%d@ny.test", worker)}},
			} {
				if _, err := o.Execute(call.entity, call.action, encodeParams(t, call.params)); err != nil {
					t.Errorf("%s.%s: %v", call.entity, call.action, err)
				}
			}
			o.SetPageSize("teams", worker)
			o.SetWindow(pylon.DefaultWindow)
			o.SetResultShape(pylon.ResultObject)
			o.SetMetadataStyle(pylon.MetadataNextCursor)
		})
	}
	group.Wait()
	if got := len(o.IDs("issues")); got != issues+workers {
		t.Errorf("%d issues, want %d", got, issues+workers)
	}
	if got := len(messagesOf(t, o, 1001)); got != messages+workers {
		t.Errorf("%d messages, want %d", got, messages+workers)
	}
	numbers := map[any]bool{}
	for _, issue := range everyIssue(t, o) {
		numbers[issue["number"]] = true
	}
	if len(numbers) != issues+workers {
		t.Errorf("%d different numbers for %d issues", len(numbers), issues+workers)
	}
}
