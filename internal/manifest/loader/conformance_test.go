package loader_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// withOperation is a manifest whose one operation has further lines.
func withOperation(action string, lines ...string) string {
	return head + `
paths:
  /a:
    post:
      x-airbyte-entity: a
      x-airbyte-action: ` + action + "\n      " + strings.Join(lines, "\n      ") + "\n"
}

// withSchemes is a manifest whose securitySchemes are the given flow mappings.
func withSchemes(server string, schemes ...string) string {
	return head + "\n" + server + listA + "components:\n  securitySchemes:\n    " + strings.Join(schemes, "\n    ") + "\n"
}

const (
	goodScheme = `good: {type: http, scheme: bearer}`
	badMapping = `bad: {type: http, scheme: bearer, x-airbyte-auth-config: {type: object, properties: {k: {type: string}}, auth_mapping: {api_key: "${k}"}}}`
	unusedKey  = `bad: {type: http, scheme: bearer, x-airbyte-auth-config: {type: object, properties: {k: {type: string}, l: {type: string}}, auth_mapping: {token: "${k}"}}}`
	headerKey  = `good: {type: http, scheme: bearer, x-airbyte-auth-config: {type: object, properties: {k: {type: string}, l: {type: string}}, auth_mapping: {token: "${k}"}, additional_headers: {L: "{{ l }}"}}}`
	withHost   = `servers: [{url: "https://{host}", variables: {host: {default: ""}}}]`
)

func extract(names string) string {
	return `o: {type: oauth2, flows: {authorizationCode: {refreshUrl: "https://a.test"}}, x-airbyte-token-extract: ` + names + `}`
}

func serverWith(mapping string) string {
	return head + "\nservers: [{url: \"https://{host}\", variables: {host: {default: x}}, x-airbyte-replication-environment-mapping: " + mapping + "}]" + listA
}

// The cases that say how a manifest loads; the number is the one of the
// conformance list. "" in want means that it loads.
func TestConformance(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ yaml, want string }{
		"01 OpenAPI 3.0.0":              {strings.Replace(head, "3.1.0", "3.0.0", 1) + listA, `version "3.0.0" is not supported`},
		"01 OpenAPI 3.1":                {strings.Replace(head, "3.1.0", `"3.1"`, 1) + listA, `version "3.1" is not supported`},
		"01 OpenAPI 3.1.0":              {head + listA, ""},
		"01 OpenAPI empty":              {strings.Replace(head, "3.1.0", `""`, 1) + listA, "openapi: must not be empty"},
		"02 paths empty":                {head + "\npaths: {}", "no paths"},
		"02 info missing":               {"openapi: 3.1.0" + listA, "info is missing"},
		"03 definition id missing":      {strings.Replace(head, "x-airbyte-connector-definition-id", "x-other", 1) + listA, "x-airbyte-connector-definition-id is missing"},
		"03 definition id not a UUID":   {strings.Replace(head, "00000000-0000", "0000-0000", 1) + listA, "is not a UUID"},
		"04 info with x-foo":            {head + "\n  x-foo: 1" + listA, ""},
		"04 info with summary":          {head + "\n  summary: s" + listA, `unknown key "summary"`},
		"04 info with summry":           {head + "\n  summry: s" + listA, `unknown key "summry"`},
		"05 action search":              {withOperation("search"), "use one of get, list, create, update, delete, api_search, download"},
		"05 action authorize":           {withOperation("authorize"), "use one of get, list, create, update, delete, api_search, download"},
		"05 entity missing":             {head + "\npaths:\n  /a/b:\n    post: {x-airbyte-action: list}\n", "POST /a/b"},
		"05 entity blank":               {head + "\npaths:\n  /a/b:\n    post: {x-airbyte-entity: \" \", x-airbyte-action: list}\n", "POST /a/b"},
		"06 file URL on list":           {withOperation("list", "x-airbyte-file-url: a.url"), "is for the action download alone, not for list"},
		"06 file URL blank":             {withOperation("download", `x-airbyte-file-url: " "`), "must not be empty"},
		"06 file URL absent":            {withOperation("download"), ""},
		"08 head without entity":        {head + listA + "  /b:\n    head: {x-airbyte-action: list}\n", "x-airbyte-entity is missing from HEAD /b"},
		"08 head with a wrong action":   {head + listA + "  /b:\n    head: {x-airbyte-entity: b, x-airbyte-action: peek}\n", `unknown value "peek"`},
		"09 parameter reference":        {withOperation("list", `parameters: [{$ref: "#/components/parameters/P"}]`), `unknown key "$ref"`},
		"11 dangling reference":         {withOperation("list", `responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/X"}}}}}`), `there is no schema "X"`},
		"12 wrong mapping":              {withSchemes("", badMapping), "a bearer scheme has no api_key; map token"},
		"12 wrong mapping of one":       {withSchemes("", badMapping, goodScheme), ""},
		"13 property used nowhere":      {withSchemes("", unusedKey), `credential "l" is used neither in auth_mapping nor in additional_headers`},
		"13 property in a header":       {withSchemes("", headerKey), ""},
		"14 extract is no variable":     {withSchemes(withHost, extract("[area]")), `there is no server variable "area"`},
		"14 extract twice":              {withSchemes(withHost, extract("[host, host]")), `"host" is there twice`},
		"14 extract":                    {withSchemes(withHost, extract("[host]")), ""},
		"15 environment source unknown": {serverWith(`{a: {source: area, format: "{value}"}}`), `there is no server variable "area"`},
		"15 environment key unknown":    {serverWith(`{area: config.area}`), `there is no server variable "area"`},
		"15 environment source known":   {serverWith(`{a: {source: host, format: "{value}"}, host: config.host}`), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := loader.Parse([]byte(test.yaml))
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error = %v, want %q in it", err, test.want)
			}
		})
	}
}

func TestConformance07LaterOperationWins(t *testing.T) {
	t.Parallel()
	doc := parse(t, head+`
paths:
  /a:
    get: {x-airbyte-entity: things, x-airbyte-action: list}
  /c:
    get: {x-airbyte-entity: things, x-airbyte-action: get}
  /b:
    get: {x-airbyte-entity: things, x-airbyte-action: list}
  /d:
    post: {x-airbyte-entity: others, x-airbyte-action: list}
    get: {x-airbyte-entity: others, x-airbyte-action: list}
`)
	var got []string
	for _, e := range doc.Entities {
		for _, op := range e.Operations {
			got = append(got, e.Name+"."+op.Action+" "+op.Method+" "+op.Path)
		}
	}
	want := []string{"things.list GET /b", "things.get GET /c", "others.list POST /d"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	warnings := []string{
		"line 17, column 10: paths./b.get: things.list is already declared on line 13 as GET /a; this one replaces it",
		"line 19, column 11: paths./d.post: others.list is already declared on line 20 as GET /d; this one replaces it",
	}
	if diff := cmp.Diff(warnings, doc.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestConformance08HeadIsNoOperation(t *testing.T) {
	t.Parallel()
	doc := parse(t, head+listA+"  /b:\n    head: {x-airbyte-entity: b, x-airbyte-action: list}\n")
	if len(doc.Entities) != 1 {
		t.Errorf("entities = %+v", doc.Entities)
	}
}

func TestConformance09CookieIsIgnored(t *testing.T) {
	t.Parallel()
	op := operation(t, withOperation("list", "parameters: [{name: c, in: cookie}, {name: q, in: query}]"))
	if diff := cmp.Diff([]manifest.Parameter{{Name: "q", In: "query"}}, op.Parameters); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
}

func TestConformance10DefaultsOfAReferredSchema(t *testing.T) {
	t.Parallel()
	op := operation(t, withOperation("create", `requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/X"}}}}`)+
		"components: {schemas: {X: {type: object, properties: {b: {type: boolean, default: false}}}}}\n")
	if diff := cmp.Diff([]manifest.Parameter{{Name: "b", In: "body", Type: "boolean", Default: raw("false")}}, op.Parameters); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
}

func TestConformance12BadSchemeIsLeftOut(t *testing.T) {
	t.Parallel()
	doc := parse(t, withSchemes("", badMapping, goodScheme))
	if len(doc.Schemes) != 1 || doc.Schemes[0].Name != "good" {
		t.Errorf("schemes = %+v", doc.Schemes)
	}
	if len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0], "securitySchemes.bad.x-airbyte-auth-config.auth_mapping.api_key: the scheme is left out: a bearer scheme has no api_key") {
		t.Errorf("warnings = %q", doc.Warnings)
	}
}

func TestConformance16NameFromTitle(t *testing.T) {
	t.Parallel()
	doc := parse(t, strings.Replace(head, "title: Test", "title: My Big API", 1)+listA)
	if doc.Name != "my-big-api" {
		t.Errorf("name = %q", doc.Name)
	}
}

func TestConformance17SchemaOfAnEntity(t *testing.T) {
	t.Parallel()
	const paths = "\npaths:\n  /a:\n    get: {x-airbyte-entity: things, x-airbyte-action: list}\ncomponents:\n  schemas:\n"
	const named, called = "    Things: {type: object, title: called}\n", "    T: {type: object, title: named, x-airbyte-entity-name: things}\n"
	tests := map[string]struct{ schemas, want string }{
		"by its name":      {named, "called"},
		"by the extension": {called, "named"},
		"extension first":  {called + named, "named"},
		"name first":       {named + called, "called"},
		"named otherwise":  {"    Things: {type: object, title: both, x-airbyte-entity-name: others}\n", "both"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := parse(t, head+paths+test.schemas)
			if want := `{"type":"object","title":"` + test.want + `"}`; string(doc.Entities[0].Schema) != want {
				t.Errorf("schema = %s, want %s", doc.Entities[0].Schema, want)
			}
		})
	}
}

// operation is the one operation of a manifest.
func operation(t *testing.T, yaml string) manifest.Operation {
	t.Helper()
	doc := parse(t, yaml)
	if len(doc.Entities) != 1 || len(doc.Entities[0].Operations) != 1 {
		t.Fatalf("not one operation: %+v", doc.Entities)
	}
	return doc.Entities[0].Operations[0]
}
