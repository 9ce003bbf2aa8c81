package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/golden"
)

// A program cannot be imported, so these tests are in its package.

func TestCommittedFilesAreFresh(t *testing.T) {
	t.Parallel()
	const dir = "../../connector/pylon"
	dataset, err := os.ReadFile("../catalog/pylon.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want, err := generate(dataset)
	if err != nil {
		t.Fatal(err)
	}
	committed, err := filepath.Glob(filepath.Join(dir, "*"+suffix))
	if err != nil {
		t.Fatal(err)
	}
	if len(committed) != len(want) {
		t.Errorf("there are %d files, want %d; run go generate ./connector/pylon", len(committed), len(want))
	}
	for name, content := range want {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if string(got) != string(content) {
			t.Errorf("%s is not what the manifest says; run go generate ./connector/pylon", name)
		}
	}
}

func TestGenerate(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files, err := generate(source)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		golden.Check(t, name+".golden", string(content))
	}
}

func TestRunRemovesWhatIsNoLongerMade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"gone_gen.go", "written.go"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("package pylon\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run("testdata/small.yaml", dir); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	want := []string{"notes_gen.go", "services_gen.go", "tickets_gen.go", "types_gen.go", "values_gen.go", "written.go"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files differ (-want +got):\n%s", diff)
	}
}

func TestManifestsThatHaveNoTypes(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, now, says string }{
		{"unknown action", "x-airbyte-action: delete", "x-airbyte-action: download", "there is no method"},
		{"answer without a name", "{$ref: \"#/components/schemas/TicketResponse\"}", "{type: object}", "needs a named schema"},
		{"record without a name", "data: {$ref: \"#/components/schemas/Ticket\"}", "data: {type: object, properties: {id: {type: string}}}", "must refer to a named schema"},
		{"record like its wrapper", "title: {type: [\"null\", string]}", "data: {type: string}", "has a member data"},
		{"taken name", "    LabelInputs:", "    LabelInput:", "LabelInput is taken"},
		{"two of one name", "    Note:", "    SLATimes: {type: object}\n    SlaTimes: {type: object}\n    Note:", "both called SLATimes"},
		{"broken manifest", "openapi: 3.1.0", "openapi: 2.0.0", "version"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changed := strings.ReplaceAll(string(source), tt.old, tt.now)
			if changed == string(source) {
				t.Fatalf("the manifest has no %q", tt.old)
			}
			if _, err := generate([]byte(changed)); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error is %v", err)
			}
		})
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		got  string
		want string
	}{
		{"initialism", goName("body_html"), "BodyHTML"},
		{"plural initialism", goName("external_ids"), "ExternalIDs"},
		{"argument", argumentName("kb_id"), "kbID"},
		{"keyword", argumentName("type"), "typ"},
		{"name with capitals inside", goName("github"), "GitHub"},
		{"singular", singular("issues"), "Issue"},
		{"singular of ies", singular("activities"), "Activity"},
		{"singular of uses", singular("issue_statuses"), "IssueStatus"},
		{"overlap", strip("AccountType", "Account"), "Type"},
		{"overlap of the end", strip("RequestStatus", "FeatureRequest"), "Status"},
		{"no overlap", strip("Account", "Account"), "Account"},
		{"phrase", phrase("logo_url"), "Logo URL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.got != tt.want {
				t.Errorf("got %s, want %s", tt.got, tt.want)
			}
		})
	}
}

func TestComments(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		got  string
		want string
	}{
		{"article", sentence("Tag", "A tag."), "Tag is a tag."},
		{"person", sentence("Follower", "Somebody who follows."), "Follower is somebody who follows."},
		{"question", sentence("Visibility", "Who may read it."), "Visibility tells who may read it."},
		{"thing", sentence("RoleRef", "Role of a user."), "RoleRef is the role of a user."},
		{"several", sentence("TeamSLA", "Promised times of one team."), "TeamSLA has the promised times of one team."},
		{"several only later", sentence("Info", "Status of the tags."), "Info is the status of the tags."},
		{"initialism", sentence("Info", "CRM of the account."), "Info is the CRM of the account."},
		{"nothing", sentence("Label", ""), "Label is a part of other records."},
		{"file", fileText("The file: its content in base64, or {\"content\"}. Not with url."), "The file. Not with url."},
		{"files", fileText("The files. Each is base64 text."), "The files."},
		{"file in plain words", fileText("What to keep."), "What to keep."},
		{
			"filter", typeText("Filter", `Required. Conditions: {"a"}, joined by {"b"}, at most 3 levels deep. Values are always text. Fields: c.`),
			"Required. Built by Equals, In, And and the others, at most 3 levels deep. Fields: c.",
		},
		{"conditions that are no filter", typeText("string", "Conditions: {}."), "Conditions: {}."},
		{
			"actions", methodsByAction{"issues.api_search": "Issues.Search"}.named("Use issues.api_search, not my_issues.api_search or issue.id."),
			"Use Issues.Search, not my_issues.api_search or issue.id.",
		},
		{"one value", oneOf([]json.RawMessage{[]byte(`"a"`)}), "a"},
		{"values", oneOf([]json.RawMessage{[]byte(`"a"`), []byte(`"b"`), []byte(`1`)}), "a, b or 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.got != tt.want {
				t.Errorf("got %s, want %s", tt.got, tt.want)
			}
		})
	}
}
