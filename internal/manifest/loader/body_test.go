package loader_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// names are the parameters of an operation as "in name".
func names(op manifest.Operation) []string {
	var out []string
	for _, p := range op.Parameters {
		out = append(out, p.In+" "+p.Name)
	}
	return out
}

func TestBodyKind(t *testing.T) {
	t.Parallel()
	const form, multipart, related = "application/x-www-form-urlencoded", "multipart/form-data", "multipart/related"
	tests := map[string]struct {
		media []string
		want  manifest.Body
	}{
		"JSON":                 {[]string{"application/json"}, manifest.Body{Kind: manifest.BodyJSON}},
		"JSON with charset":    {[]string{"application/json; charset=utf-8"}, manifest.Body{Kind: manifest.BodyJSON}},
		"JSON of a vendor":     {[]string{"application/vnd.a.v3+json"}, manifest.Body{Kind: manifest.BodyJSON}},
		"JSON as text":         {[]string{"text/json"}, manifest.Body{Kind: manifest.BodyJSON}},
		"form":                 {[]string{form}, manifest.Body{Kind: manifest.BodyForm}},
		"multipart":            {[]string{multipart}, manifest.Body{Kind: manifest.BodyMultipart}},
		"related":              {[]string{related}, manifest.Body{Kind: manifest.BodyRelated, FileParam: "file_content"}},
		"69 form before JSON":  {[]string{form, "application/json"}, manifest.Body{Kind: manifest.BodyForm}},
		"69 form after all":    {[]string{form, "application/json", related, multipart}, manifest.Body{Kind: manifest.BodyForm}},
		"69 multipart":         {[]string{multipart, related, "application/json"}, manifest.Body{Kind: manifest.BodyMultipart}},
		"69 the first of JSON": {[]string{"application/json", "text/json"}, manifest.Body{Kind: manifest.BodyJSON}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chosen := test.media[0]
			for _, order := range [][]string{test.media, reversed(test.media)} {
				if strings.HasPrefix(name, "69 the first") {
					chosen = order[0]
				}
				op := operation(t, withMedia(order))
				want := test.want
				want.MediaType = chosen
				if diff := cmp.Diff(&want, op.Body); diff != "" {
					t.Errorf("body (-want +got):\n%s", diff)
				}
				if op.Parameters[0].Description != chosen {
					t.Errorf("the fields are those of %s, want %s", op.Parameters[0].Description, chosen)
				}
			}
		})
	}
}

// withMedia has a body with several media types, each with one field that
// says which it is of.
func withMedia(mediaTypes []string) string {
	lines := []string{"requestBody:", "  content:"}
	for _, media := range mediaTypes {
		lines = append(lines, fmt.Sprintf("    %q: {schema: {properties: {a: {description: %q}}}}", media, media))
	}
	return withOperation("create", lines...)
}

func reversed(in []string) []string {
	out := make([]string, 0, len(in))
	for i := range in {
		out = append(out, in[len(in)-1-i])
	}
	return out
}

func TestAllOfIsMerged(t *testing.T) {
	t.Parallel()
	op := operation(t, withOperation("create", `requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}`)+`components:
  schemas:
    A: {required: [c], properties: {a: {type: string}}, allOf: [{$ref: "#/components/schemas/B"}, {$ref: "#/components/schemas/B"}]}
    B: {required: [b], properties: {b: {}, a: {type: integer}, c: {}}, allOf: [{$ref: "#/components/schemas/A"}]}
`)
	want := []manifest.Parameter{
		{Name: "a", In: "body", Type: "string"},
		{Name: "b", In: "body", Required: true},
		{Name: "c", In: "body", Required: true},
	}
	if diff := cmp.Diff(want, op.Parameters); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
}

func TestUploadParametersAreKept(t *testing.T) {
	t.Parallel()
	op := operation(t, withOperation("create", "requestBody: {content: {multipart/related: {schema: {required: [file_content], properties: {file_content: {type: string}, name: {}}}}}}"))
	if diff := cmp.Diff([]string{"body file_content", "body name", "body file_mime_type"}, names(op)); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
	if !op.Parameters[0].Required {
		t.Error("the declared file parameter gave way to the generated one")
	}
}

func TestParametersOfAPath(t *testing.T) {
	t.Parallel()
	doc := parse(t, head+`
paths:
  /a/{id}:
    parameters:
      - {name: id, in: path, description: shared, schema: {type: string}}
      - {name: q, in: query, description: shared}
      - {name: session, in: cookie}
    get:
      x-airbyte-entity: a
      x-airbyte-action: get
    put:
      x-airbyte-entity: a
      x-airbyte-action: update
      parameters: [{name: q, in: query, description: own}, {name: z, in: query}]
`)
	ops := doc.Entities[0].Operations
	if diff := cmp.Diff([]string{"path id", "query q"}, names(ops[0])); diff != "" {
		t.Errorf("get (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"path id", "query q", "query z"}, names(ops[1])); diff != "" {
		t.Errorf("update (-want +got):\n%s", diff)
	}
	if got := ops[0].Parameters[1].Description + ops[1].Parameters[1].Description; got != "sharedown" {
		t.Errorf("descriptions = %q", got)
	}
}

func TestGraphQLParameters(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		lines []string
		want  []manifest.Parameter
	}{
		"only declared": {
			[]string{
				`parameters: [{name: owner, in: query, required: true, schema: {type: string}}]`,
				`requestBody: {x-airbyte-body-type: {type: graphql, query: "{ a }", variables: {o: "{{ owner }}"}}}`,
			},
			[]manifest.Parameter{{Name: "owner", In: "query", Type: "string", Required: true}},
		},
		"undeclared": {
			[]string{`requestBody: {x-airbyte-body-type: {type: graphql, query: "{ {{ fields }} }", variables: {z: "{{ z }}:{{ a }}", in: [{n: "{{ a }}"}], c: 1}}}`},
			[]manifest.Parameter{{Name: "z", In: "body"}, {Name: "a", In: "body"}, {Name: "fields", In: "body"}},
		},
		"3 nullable": {
			[]string{`requestBody: {x-airbyte-body-type: {type: graphql, query: q, variables: {assigneeId: "{{ assignee }}", b: "{{ b }}"}, x-airbyte-nullable-variables: [assigneeId]}}`},
			[]manifest.Parameter{{Name: "assignee", In: "body", Nullable: true}, {Name: "b", In: "body"}},
		},
		"32 documented": {
			[]string{
				`parameters: [{name: a, in: query, schema: {type: integer}}]`,
				`requestBody:`,
				`  x-airbyte-body-type: {type: graphql, query: q, variables: {i: {a: "{{ a }}", t: "{{ title }}"}}}`,
				`  content: {application/json: {schema: {required: [title, query], properties: {query: {type: string}, title: {type: string, description: Its name.}, a: {type: string}}}}}`,
			},
			[]manifest.Parameter{
				{Name: "a", In: "query", Type: "integer"},
				{Name: "title", In: "body", Type: "string", Required: true, Description: "Its name."},
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			op := operation(t, withOperation("list", test.lines...))
			if diff := cmp.Diff(test.want, op.Parameters); diff != "" {
				t.Errorf("parameters (-want +got):\n%s", diff)
			}
			if op.Body == nil || op.Body.Kind != manifest.BodyGraphQL || op.Body.GraphQL.Query == "" {
				t.Errorf("body = %+v", op.Body)
			}
		})
	}
}

func TestDefaultFieldsAsText(t *testing.T) {
	t.Parallel()
	op := operation(t, graphQL(`{type: graphql, query: "{ {{ fields }} }", default_fields: "id name"}`))
	if op.Body.GraphQL.DefaultText != "id name" || op.Body.GraphQL.DefaultFields != nil {
		t.Errorf("GraphQL = %+v", op.Body.GraphQL)
	}
}

func TestHostileBodies(t *testing.T) {
	t.Parallel()
	var doubling, wide strings.Builder
	doubling.WriteString("components:\n  schemas:\n    S0: {type: object}\n")
	for i := range 60 {
		fmt.Fprintf(&doubling, "    S%d: {allOf: [{$ref: \"#/components/schemas/S%d\"}, {$ref: \"#/components/schemas/S%d\"}]}\n", i+1, i, i)
	}
	for i := range 1800 {
		fmt.Fprintf(&wide, "p%d: {}, ", i)
	}
	tests := map[string]struct{ yaml, want string }{
		"allOf doubles itself": {
			withOperation("create", `requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/S60"}}}}`) + doubling.String(), "",
		},
		"too many properties": {
			withOperation("create", "requestBody: {content: {application/json: {schema: {properties: {"+wide.String()+"}}}}}"),
			"the operation has more than 1000 parameters",
		},
		"too many parameters in all": {
			head + "\npaths:" + manyBodies(60) + "components: {schemas: {S: {properties: {" + wide.String()[:len(wide.String())/2] + "}}}}",
			"the operations have more than 50000 parameters together",
		},
		"too many entries": {
			head + listA + "tags: [" + strings.Repeat("a, ", 6000) + "]", "6000 entries, more than the 5000 allowed",
		},
		"endless address": {
			head + "\nservers: [{url: \"https://" + strings.Repeat("{a}", 5000) + "\"}]" + listA, "bytes, more than the 4096 allowed",
		},
		"endless path": {
			withOperation("list", `x-airbyte-path-override: {path: "/`+strings.Repeat("{a}", 5000)+`"}`), "bytes, more than the 4096 allowed",
		},
		"too many variables": {
			graphQL(`{type: graphql, query: q, variables: {a: "` + manySlots(2000) + `"}}`), "made of more than 1000 parameters",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := loader.Parse([]byte(test.yaml))
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("error = %.300v, want %q in it", err, test.want)
			}
		})
	}
}

// manyBodies is n operations that share the body S.
func manyBodies(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\n  /p%d: {post: {x-airbyte-entity: e%d, x-airbyte-action: create, requestBody: {content: {application/json: {schema: {$ref: \"#/components/schemas/S\"}}}}}}", i, i)
	}
	return b.String() + "\n"
}

func manySlots(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{{ s%d }}", i)
	}
	return b.String()
}
