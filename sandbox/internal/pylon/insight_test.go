package pylon_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInsightRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	survey, feature := "/surveys/"+d.first("GET /surveys"), "/feature-requests/"+d.first("POST /feature-requests/search")
	contract, call := "/custom-objects/contract/"+d.first("GET /custom-objects/contract"), "/call-recordings/"+d.first("POST /call-recordings/search")
	tooMany := make([]string, 101)
	for i := range tooMany {
		tooMany[i] = fmt.Sprint(i)
	}
	checkRefusals(t, d, []refusalCase{
		{"GET /surveys/unknown", nil, 404, "Survey not found!"},
		{"GET /surveys/unknown/responses", nil, 404, "Survey not found!"},
		{"GET " + survey + "/responses?submitted_after=2026-10-01", nil, 400, "submitted_after must be an RFC3339 time with a zone"},
		{"GET " + survey + "/responses?submitted_before=now", nil, 400, "submitted_before"},
		{"POST /feature-requests", object{}, 400, "title is required"},
		{"POST /feature-requests/search", object{"request_statuses": []string{"open"}}, 400, "under_review"},
		{"POST /feature-requests/search", object{"query": 5}, 400, "query must be a string"},
		{"GET /feature-requests/unknown", nil, 404, "Feature request not found!"},
		{"GET " + feature + "?fetch_evidence=maybe", nil, 400, "fetch_evidence must be a boolean"},
		{"PATCH " + feature, object{"request_status": "open"}, 400, "under_review"},
		{"PATCH " + feature, object{"custom_fields": []object{{"slug": "effort", "value": "huge"}}}, 400, "small"},
		{"PATCH " + feature, object{"custom_fields": []object{{"slug": "colour", "value": "red"}}}, 400, "colour"},
		{"PATCH /feature-requests/unknown", object{}, 404, "Feature request not found!"},
		{"DELETE /feature-requests/unknown", nil, 404, "Feature request not found!"},
		{"POST " + feature + "/set-portal-visibility", object{"visible": true}, 400, "account_ids is required"},
		{"POST " + feature + "/set-portal-visibility", object{"visible": true, "account_ids": []string{}}, 400, "account_ids"},
		{"POST " + feature + "/set-portal-visibility", object{"account_ids": []string{"x"}}, 400, "visible is required"},
		{"POST " + feature + "/set-portal-visibility", object{"visible": true, "account_ids": []string{"x"}}, 404, "Account not found!"},
		{"GET /custom-objects/unicorn", nil, 404, "Custom object type not found!"},
		{"POST /custom-objects/unicorn", object{"name": "N"}, 404, "Custom object type not found!"},
		{"POST /custom-objects/unicorn/search", object{}, 404, "Custom object type not found!"},
		{"PATCH /custom-objects/unicorn", object{"ids": []string{"x"}}, 404, "Custom object type not found!"},
		{"POST /custom-objects/contract", object{}, 400, "name is required"},
		{"POST /custom-objects/contract", object{"name": "N", "custom_fields": []object{{"slug": "reference", "value": "1"}}}, 400, "custom_fields must be an object"},
		{"POST /custom-objects/contract", object{"name": "N", "custom_fields": object{"colour": object{"value": "red"}}}, 400, "colour"},
		{"POST /custom-objects/contract", object{"name": "N", "custom_fields": object{"value": object{"value": "much"}}}, 400, "number"},
		{"POST /custom-objects/contract", object{"name": "N", "custom_fields": object{"account": object{"value": "x"}}}, 404, "Account not found!"},
		{"POST /custom-objects/contract", object{"name": "N", "custom_fields": object{"value": object{"slug": "reference", "value": "1"}}}, 400, "reference"},
		{"PATCH /custom-objects/contract", object{}, 400, "ids is required"},
		{"PATCH /custom-objects/contract", object{"ids": []string{""}}, 400, "from 1 to 100"},
		{"PATCH /custom-objects/contract", object{"ids": tooMany}, 400, "from 1 to 100"},
		{"PATCH /custom-objects/contract", object{"ids": []string{"x"}}, 404, "Custom object not found!"},
		{"PATCH " + contract, object{"name": ""}, 400, "name"},
		{"GET /custom-objects/contract/unknown", nil, 404, "Custom object not found!"},
		{"DELETE /custom-objects/environment/unknown", nil, 404, "Custom object not found!"},
		{"GET /call-recordings/unknown", nil, 404, "Call recording not found!"},
		{"PATCH " + call, object{"account_id": "x"}, 404, "Account not found!"},
		{"PATCH " + call, object{"custom_fields": []object{{"slug": "x"}}}, 400, "custom_fields"},
		{"PATCH /call-recordings/unknown", object{}, 404, "Call recording not found!"},
		{"DELETE /call-recordings/unknown", nil, 404, "Call recording not found!"},
	})
}

func TestSurveyResponsesAreFiltered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path := "GET /surveys/" + d.first("GET /surveys") + "/responses"
	all := d.records(path, nil)
	picked := all[5]
	at := picked["submitted_at"].(string)
	cases := map[string]func(object) bool{
		"?contact_id=" + picked["contact_id"].(string): func(r object) bool { return r["contact_id"] == picked["contact_id"] },
		"?account_id=" + picked["account_id"].(string): func(r object) bool { return r["account_id"] == picked["account_id"] },
		"?submitted_after=" + at:                       func(r object) bool { return r["submitted_at"].(string) > at },
		"?submitted_before=" + at:                      func(r object) bool { return r["submitted_at"].(string) < at },
	}
	for query, accept := range cases {
		var want []object
		for _, row := range all {
			if accept(row) {
				want = append(want, row)
			}
		}
		if got := d.records(path+query, nil); len(want) == 0 || len(want) == len(all) || !cmp.Equal(want, got) {
			t.Errorf("%s selects %d of %d responses, want %d", query, len(got), len(all), len(want))
		}
	}
	if answers := picked["answers"].([]any); len(answers) != 1 || answers[0].(object)["prompt"] == "" {
		t.Errorf("answers = %v", answers)
	}
}

func TestFeatureRequests(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	created := d.record("POST /feature-requests", object{"title": "Offline mode", "description": "On trains"})
	path := "/feature-requests/" + created["id"].(string)
	if created["description"] != "On trains" || created["request_status"] != "new" {
		t.Errorf("created = %v", created)
	}
	if got := d.record("POST /feature-requests", object{"title": "T", "description": "D", "should_auto_fetch_evidence": true})["description"]; got != "" {
		t.Errorf("description = %q, want it left to the service", got)
	}
	changed := d.record("PATCH "+path, object{"request_status": "under_review", "custom_fields": []object{{"slug": "effort", "value": "large"}}})
	if diff := cmp.Diff(object{"effort": object{"value": "large"}}, changed["custom_fields"]); diff != "" || changed["request_status"] != "under_review" {
		t.Errorf("changed %v (-want +got):\n%s", changed, diff)
	}
	cleared := d.record("PATCH "+path, object{"custom_fields": []object{{"slug": "effort"}}})
	if diff := cmp.Diff(object{}, cleared["custom_fields"]); diff != "" {
		t.Errorf("cleared (-want +got):\n%s", diff)
	}
	d.call("DELETE "+path, nil)
	if refused := d.refuse("GET "+path, nil); refused.Status != http.StatusNotFound {
		t.Errorf("after a delete = %v", refused)
	}
}

func TestFeatureSearch(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	all := d.records("POST /feature-requests/search", object{})
	var sought object
	for _, row := range all {
		if len(row["account_ids"].([]any)) > 0 {
			sought = row
		}
	}
	account := sought["account_ids"].([]any)[0]
	for _, body := range []object{
		{"account_ids": []any{account}},
		{"query": sought["title"].(string)[:6], "request_statuses": []any{sought["request_status"]}},
	} {
		got := d.records("POST /feature-requests/search", body)
		found := false
		for _, row := range got {
			found = found || row["id"] == sought["id"]
		}
		if !found || len(got) == len(all) {
			t.Errorf("%v selects %d of %d, %s among them: %v", body, len(got), len(all), sought["title"], found)
		}
	}
	if answer := d.call("POST /feature-requests/search", object{"limit": 2}); len(listIn(t, answer)) != 2 || answer["pagination"] != nil {
		t.Errorf("two requests = %v, want no pagination", answer)
	}
	read := d.record("GET /feature-requests/"+sought["id"].(string)+"?fetch_evidence=true", nil)
	evidence, _ := read["evidence"].([]any)
	if fmt.Sprint(len(evidence)) != read["evidence_count"].(json.Number).String() || evidence[0].(object)["account_id"] == nil {
		t.Errorf("evidence = %v of %v", evidence, read["evidence_count"])
	}
	if plain := d.record("GET /feature-requests/"+sought["id"].(string), nil); plain["evidence"] != nil {
		t.Errorf("evidence unasked for: %v", plain)
	}
}

func TestPortalVisibilityIsIdempotent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	created := d.record("POST /feature-requests", object{"title": "T"})
	call := "POST /feature-requests/" + created["id"].(string) + "/set-portal-visibility"
	accounts := d.o.IDs("accounts")
	show, hide := object{"visible": true, "account_ids": accounts[:2]}, object{"visible": false, "account_ids": accounts[:1]}
	for _, step := range []struct {
		body object
		want []any
	}{{show, []any{accounts[0], accounts[1]}}, {show, []any{accounts[0], accounts[1]}}, {hide, []any{accounts[1]}}, {hide, []any{accounts[1]}}} {
		if diff := cmp.Diff(step.want, d.record(call, step.body)["portal_visible_to_account_ids"]); diff != "" {
			t.Errorf("%v (-want +got):\n%s", step.body, diff)
		}
	}
}

func TestCustomObjects(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	account := d.o.IDs("accounts")[2]
	created := d.record("POST /custom-objects/environment", object{"name": "Staging", "custom_fields": object{
		"account": object{"value": account}, "modules": object{"values": []string{"web", "api"}}, "region": object{"slug": "region", "value": "us"},
	}})
	path := "/custom-objects/environment/" + created["id"].(string)
	want := object{"account": object{"value": account}, "modules": object{"value": "", "values": []any{"web", "api"}}, "region": object{"value": "us"}}
	if diff := cmp.Diff(want, created["custom_fields"]); diff != "" || created["type"] != "environment" {
		t.Errorf("created %v (-want +got):\n%s", created, diff)
	}
	if diff := cmp.Diff([]any{object{"object_id": account, "object_type": "account"}}, created["relations"]); diff != "" {
		t.Errorf("relations (-want +got):\n%s", diff)
	}
	changed := d.record("PATCH "+path, object{"name": "Test", "custom_fields": object{"account": object{}}})
	if changed["name"] != "Test" || len(changed["relations"].([]any)) != 0 || changed["custom_fields"].(object)["account"] != nil {
		t.Errorf("changed = %v", changed)
	}
	if refused := d.refuse("GET /custom-objects/contract/"+created["id"].(string), nil); refused.Status != http.StatusNotFound {
		t.Errorf("the object under another type = %v", refused)
	}
}

func TestObjectsAreUpdatedTogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var ids []any
	for _, row := range d.records("GET /custom-objects/contract", nil)[:3] {
		ids = append(ids, row["id"])
	}
	before := d.records("GET /custom-objects/contract", nil)
	refused := d.refuse("PATCH /custom-objects/contract", object{"ids": append(ids[:3:3], "unknown"), "custom_fields": object{"reference": object{"value": "R"}}})
	if refused.Status != http.StatusNotFound {
		t.Errorf("an unknown id among others = %v", refused)
	}
	if diff := cmp.Diff(before, d.records("GET /custom-objects/contract", nil)); diff != "" {
		t.Errorf("a refused update changed something (-want +got):\n%s", diff)
	}
	answer := d.call("PATCH /custom-objects/contract", object{"ids": ids, "custom_fields": object{"reference": object{"value": "R"}}})
	if diff := cmp.Diff(object{"success": true, "updated_ids": ids}, answer); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	for i, row := range d.records("GET /custom-objects/contract", nil) {
		if got := row["custom_fields"].(object)["reference"].(object)["value"] == "R"; got != (i < 3) {
			t.Errorf("object %d was changed: %v", i, got)
		}
	}
}

func TestCallRecordings(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path := "/call-recordings/" + d.first("POST /call-recordings/search")
	if got := d.record("PATCH "+path, object{"account_id": d.o.IDs("accounts")[7]})["account_id"]; got != d.o.IDs("accounts")[7] {
		t.Errorf("account_id = %v", got)
	}
	if got := d.record("PATCH "+path, object{"account_id": ""})["account_id"]; got != nil {
		t.Errorf("account_id = %v, want it cleared", got)
	}
	d.call("DELETE "+path, nil)
	if refused := d.refuse("GET "+path, nil); refused.Status != http.StatusNotFound {
		t.Errorf("after a delete = %v", refused)
	}
}

func TestDevinIsDisconnectedOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, want := range []bool{true, false} {
		if got := d.record("POST /integrations/devin/disconnect", nil)["disconnected"]; got != want {
			t.Errorf("disconnected = %v, want %v", got, want)
		}
	}
}
