package connector_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestManifestsWithUnknownKeys(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		m    caseManifest
		want []string
	}{
		"info":          {caseManifest{Info: "owner: me"}, []string{`info: unknown key "owner"`}},
		"server":        {caseManifest{Servers: "- {url: \"https://a.test\", host: b}"}, []string{`servers[0]: unknown key "host"`}},
		"operation":     {caseManifest{Operation: "requestBodies: {}"}, []string{`unknown key "requestBodies"; did you mean requestBody?`}},
		"parameter":     {caseManifest{Operation: "parameters: [{name: a, in: query, requird: true}]"}, []string{"parameters[0]", `unknown key "requird"; did you mean required?`}},
		"body":          {caseManifest{Operation: "requestBody: {contents: {}}"}, []string{`unknown key "contents"; did you mean content?`}},
		"component":     {caseManifest{Components: "schema: {}"}, []string{`components: unknown key "schema"; did you mean schemas?`}},
		"authorization": {caseManifest{Schemes: strings.Replace(rightMapping, "auth_mapping", "mapping", 1)}, []string{`unknown key "mapping"`, "auth_mapping is missing"}},
		"several": {
			caseManifest{Info: "owner: me", Operation: "requestBodies: {}", Components: "schema: {}"},
			[]string{`unknown key "owner"`, `unknown key "requestBodies"`, `unknown key "schema"`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, test.m.String(), test.want...)
		})
	}
}

func TestManifestsWithCyclicReferences(t *testing.T) {
	t.Parallel()
	t.Run("a body that is itself", func(t *testing.T) {
		t.Parallel()
		m := writing("application/json", `{$ref: "#/components/schemas/A"}`)
		m.Components = `schemas: {A: {$ref: "#/components/schemas/B"}, B: {$ref: "#/components/schemas/A"}}`
		refuses(t, m.String(), "leads back to itself")
	})
	t.Run("a record that holds records", func(t *testing.T) {
		t.Parallel()
		m := writing("application/json", `{$ref: "#/components/schemas/Things"}`)
		m.Components = `schemas: {Things: {type: object, properties: {name: {type: string}, parts: {type: array, items: {$ref: "#/components/schemas/Things"}}}}}`
		tr := expect(t, exchange{request: "POST /v1/things", body: `{"name":"x","parts":[{"name":"y"}]}`, answer: `{"id":1}`})
		conn := openCase(t, m.String(), tr.serve, nil)
		if schema, ok := conn.EntitySchema("things"); !ok || len(schema) > 10_000 || strings.Contains(string(schema), "#/components") {
			t.Errorf("schema = %.200s", schema)
		}
		res, err := conn.Execute(t.Context(), "things", "create", connector.Params{"name": "x", "parts": []any{map[string]any{"name": "y"}}})
		checkData(t, res, err, `{"id":1}`)
	})
}

// Files that are made to break a reader end in an error, and soon.
func TestManifestsThatAreHostile(t *testing.T) {
	t.Parallel()
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 12 {
		bomb += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), i)
	}
	tests := map[string]struct{ text, want string }{
		"nothing":           {"", "empty"},
		"no YAML":           {"paths: [", "not valid YAML"},
		"a web page":        {"<!DOCTYPE html><html><body>Not found</body></html>", "must be a mapping"},
		"JSON of another":   {`{"error": "not found"}`, `unknown key "error"`},
		"binary":            {"\x00\x01\x02\xff\xfe", "not valid YAML"},
		"too large":         {loadingHead + strings.Repeat("# padding padding padding padding\n", 1<<17), "more than the 4194304 allowed"},
		"too deep":          {loadingHead + "paths: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000), ""},
		"alias bomb":        {bomb, ""},
		"alias of itself":   {"a: &a [*a]\n", "contains itself"},
		"merge of itself":   {"a: &a {<<: *a}\n", ""},
		"two documents":     {loadingHead + loadingPaths + "---\na: b\n", "more than one YAML document"},
		"the same key":      {loadingHead + loadingPaths + loadingPaths, `key "paths" is already on line`},
		"the same argument": {loadingHead + operationWith("parameters: [{name: a, in: query}, {name: a, in: header}]"), `already has a parameter called "a"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, err := connector.LoadManifest(strings.NewReader(test.text))
			if m != nil || !errors.Is(err, connector.ErrConfig) || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("manifest %v, error %.300v, want %q in it", m, err, test.want)
			}
			if n := len(err.Error()); n > 64<<10 {
				t.Errorf("the error has %d bytes", n)
			}
		})
	}
}

func TestManifestsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is gone")
	_, err := connector.LoadManifest(io.MultiReader(strings.NewReader(loadingHead), iotest.ErrReader(broken)))
	if !errors.Is(err, connector.ErrConfig) || !errors.Is(err, broken) {
		t.Errorf("error = %v", err)
	}
}

// Every problem of a file is told in one go, in its order.
func TestManifestsWithManyProblems(t *testing.T) {
	t.Parallel()
	_, err := connector.LoadManifest(strings.NewReader(strings.Replace(loadingHead, "version: 1.0.0", "version: 1", 1) + `paths:
  /things/{id}:
    get: {x-airbyte-entity: things, x-airbyte-action: fetch}
    delete: {x-airbyte-action: delete, parameters: [{name: id, in: body}]}
`))
	want := []string{"info.version", "get.x-airbyte-action", "delete: x-airbyte-entity is missing", "{id}", "parameters[0].in"}
	text := fmt.Sprint(err)
	for _, part := range want {
		if !strings.Contains(text, part) {
			t.Errorf("error does not say %q:\n%v", part, err)
		}
	}
	last := 0
	for line := range strings.Lines(text) {
		var at int
		if i := strings.Index(line, "line "); i >= 0 {
			if _, err := fmt.Sscanf(line[i:], "line %d,", &at); err != nil {
				t.Fatal(err)
			}
		}
		if at < last {
			t.Errorf("problem on line %d comes after line %d:\n%v", at, last, text)
		}
		last = at
	}
}

func TestOpenWithoutAManifest(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]*connector.Manifest{"nil": nil, "empty": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := connector.Open(m, connector.Credentials{"token": caseToken})
			failure{kind: connector.ErrConfig, call: ".", says: []string{"the manifest is nil"}}.check(t, err)
		})
	}
}
