package pylon_test

import (
	"fmt"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// readings are the lists that show all seeded records of these areas.
func readings(d *desk) map[string]string {
	calls := map[string]string{}
	for _, call := range []string{
		"GET /tasks", "POST /projects/search", "GET /knowledge-bases", "GET /macro-groups", "GET /macros", "GET /training-data", "GET /audit-logs",
		"GET /surveys", "POST /feature-requests/search", "GET /custom-objects/environment?limit=100", "GET /custom-objects/contract",
		"POST /call-recordings/search", "GET /tasks/" + d.o.IDs("tasks")[0] + "/comments", help(d) + "/articles", help(d) + "/collections",
	} {
		if call[0] == '/' {
			call = "GET " + call
		}
		calls[call] = fmt.Sprint(d.call(call, object{}))
	}
	for _, survey := range d.records("GET /surveys", nil) {
		call := "GET /surveys/" + survey["id"].(string) + "/responses"
		calls[call] = fmt.Sprint(d.call(call, nil))
	}
	return calls
}

func TestLibrarySeedIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(readings(newDesk(t)), readings(newDesk(t))); diff != "" {
		t.Errorf("two organizations differ:\n%s", diff)
	}
}

func TestLibrarySeedEndsAtEpoch(t *testing.T) {
	t.Parallel()
	instant := regexp.MustCompile(`\d{4}-\d\d-\d\dT[\d:]+Z`)
	for call, answer := range readings(newDesk(t)) {
		for _, found := range instant.FindAllString(answer, -1) {
			at, err := time.Parse(time.RFC3339, found)
			if err != nil || at.After(pylon.Epoch) {
				t.Errorf("%s shows %s, after the end of the timeline (%v)", call, found, err)
			}
		}
	}
}

func TestSeededEvidenceAndRecordingsNameRealRecords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, feature := range d.records("POST /feature-requests/search", object{}) {
		read := d.record("GET /feature-requests/"+feature["id"].(string)+"?fetch_evidence=true", nil)
		for _, row := range read["evidence"].([]any) {
			d.record("GET /issues/"+row.(object)["source_id"].(string), nil)
		}
	}
	for _, recording := range d.records("POST /call-recordings/search", object{}) {
		if id, ok := recording["account_id"].(string); ok {
			d.record("GET /accounts/"+id, nil)
		}
	}
	for _, row := range d.records("GET /custom-objects/environment", nil) {
		relation := row["relations"].([]any)[0].(object)
		if relation["object_type"] != "account" {
			t.Errorf("relation = %v", relation)
		}
		d.record("GET /accounts/"+relation["object_id"].(string), nil)
	}
}

// TestLibraryServesManyAtOnce finds data races, with the race detector on.
func TestLibraryServesManyAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	task := "/tasks/" + d.o.IDs("tasks")[0]
	object1 := "/custom-objects/contract/" + d.first("GET /custom-objects/contract")
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for _, c := range []struct {
				call string
				body any
			}{
				{"PATCH " + task, object{"title": fmt.Sprint(n)}},
				{"GET /tasks", nil},
				{"POST /tasks/search", object{"filter": object{"field": "status", "operator": "equals", "value": "completed"}}},
				{"PATCH " + object1, object{"custom_fields": object{"reference": object{"value": fmt.Sprint(n)}}}},
				{"GET /custom-objects/contract", nil},
				{"POST /import/issues", importable(nil)},
				{"GET " + help(d) + "/articles", nil},
			} {
				if _, refused := d.try(c.call, c.body); refused != nil {
					t.Errorf("%s = %v", c.call, refused)
				}
			}
		})
	}
	wg.Wait()
}
