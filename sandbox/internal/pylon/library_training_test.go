package pylon_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func documentsOf(record object) []object {
	var rows []object
	for _, row := range record["documents"].([]any) {
		rows = append(rows, row.(object))
	}
	return rows
}

func namesOf(documents []object) []string {
	var names []string
	for _, row := range documents {
		names = append(names, row["file_name"].(string)+" "+row["file_type"].(string))
	}
	return names
}

func TestTrainingUpload(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	answer, refused := d.upload("/training-data/upload", [][2]string{{"a.PDF", "12345"}, {"b", "xy"}}, map[string][]string{
		"file_names": {"guide.pdf", "plain"}, "external_ids": {"e-1", "e-2"}, "training_data_name": {"Guides"}, "visibility": {"user_only"},
	})
	if refused != nil {
		t.Fatal(refused)
	}
	created := answer["data"].(object)
	checkShape(t, "TrainingData", created)
	if created["name"] != "Guides" || created["visibility"] != "user_only" {
		t.Errorf("created = %v", created)
	}
	documents := documentsOf(created)
	if diff := cmp.Diff([]string{"guide.pdf pdf", "plain txt"}, namesOf(documents)); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{"5", "e-1"}, []any{documents[0]["file_size"].(json.Number).String(), documents[0]["external_id"]}); diff != "" {
		t.Errorf("first document (-want +got):\n%s", diff)
	}

	// The same external id replaces the document.
	again := d.record("POST /training-data/upload-content", object{"training_data_id": created["id"], "content": "new", "file_name": "guide2.md", "external_id": "e-1"})
	if diff := cmp.Diff([]string{"plain txt", "guide2.md md"}, namesOf(documentsOf(again))); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
}

func TestTrainingUploadRefusals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	one := [][2]string{{"a.md", "x"}}
	cases := map[string]struct {
		files  [][2]string
		values map[string][]string
		says   string
	}{
		"no files":         {nil, map[string][]string{"training_data_name": {"N"}}, "files is required"},
		"too many names":   {one, map[string][]string{"file_names": {"a", "b"}}, "file_names must have one entry"},
		"too many ids":     {one, map[string][]string{"external_ids": {"a", "b"}}, "external_ids must have one entry"},
		"bad visibility":   {one, map[string][]string{"visibility": {"all"}}, "everyone"},
		"unknown training": {one, map[string][]string{"training_data_id": {"x"}}, "Training data not found!"},
	}
	for name, c := range cases {
		if _, refused := d.upload("/training-data/upload", c.files, c.values); refused == nil || !strings.Contains(refused.Message, c.says) {
			t.Errorf("%s = %v, want %q", name, refused, c.says)
		}
	}
}

func TestTrainingDocumentsAreDeletedBySelection(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path := "/training-data/" + d.first("GET /training-data")
	documents := documentsOf(d.record("GET "+path, nil))
	call := "DELETE " + path + "/documents?document_ids=" + documents[0]["id"].(string) + "&document_ids=unknown&external_ids=runbook-2"
	if got := d.call(call, nil)["deleted_count"].(json.Number).String(); got != "2" {
		t.Errorf("deleted_count = %s, want 2", got)
	}
	if diff := cmp.Diff([]string{"invoices.pdf pdf"}, namesOf(documentsOf(d.record("GET "+path, nil)))); diff != "" {
		t.Errorf("documents left (-want +got):\n%s", diff)
	}
	if got := d.call(call, nil)["deleted_count"].(json.Number).String(); got != "0" {
		t.Errorf("deleted_count of a second call = %s, want 0", got)
	}
}
