package loader_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is tolerated is told, with its place.
func TestWarnings(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		yaml string
		want []string // each a part of the warning in its place; none when empty
	}{
		"nothing": {head + listA, nil},
		"operation extension": {
			withOperation("list", "x-airbyte-no-paginaton: none"),
			[]string{`line 16, column 7: paths./a.post: key "x-airbyte-no-paginaton" is not known and has no effect; did you mean x-airbyte-no-pagination?`},
		},
		"scheme extras": {
			withSchemes("", "a: {type: http, scheme: bearer, x-airbyte-oauth-scopes: [], colour: red}"),
			[]string{`components.securitySchemes.a: key "colour" is not known`},
		},
		"relationship key": {
			head + "\n  x-airbyte-entity-relationships: [{source_entity: a, target_entity: a, foreign_key: id, cardinalty: one_to_one}]" + listA,
			[]string{`key "cardinalty" is not known and has no effect; did you mean cardinality?`},
		},
		"relationship to nothing": {
			head + "\n  x-airbyte-entity-relationships: [{source_entity: a, target_entity: b, foreign_key: id}]" + listA,
			[]string{`line 11, column 70: info.x-airbyte-entity-relationships[0].target_entity: there is no entity "b", and the relationship is left out`},
		},
		"store entity twice": {
			head + "\n  x-airbyte-context-store: {entities: [{entity: a}, {entity: a}]}" + listA,
			[]string{`line 11, column 53: info.x-airbyte-context-store.entities[1]: entity "a" is already in the context store`},
		},
		"required without property": {
			head + listA + "components: {schemas: {A: {required: [id, nme], properties: {id: {}, name: {}}}}}\n",
			[]string{`components.schemas.A.required[1]: "nme" is required but no property has that name`},
		},
		"override without slash": {
			withOperation("list", "x-airbyte-path-override: {path: graphql}"),
			[]string{`x-airbyte-path-override.path: path "graphql" does not begin with /`},
		},
		"path parameter nowhere": {
			withOperation("list", "parameters: [{name: id, in: path}]"),
			[]string{`parameter "id" is in: path, but neither path /a nor x-airbyte-file-url has {id}`},
		},
		"undeclared variable": {
			head + "\nservers: [{url: \"https://{host}\"}]" + listA,
			[]string{"servers[0].url: {host} is not among the variables"},
		},
		"unsupported media type next to JSON": {
			withOperation("create", "requestBody: {content: {application/xml: {}, application/json: {schema: {properties: {a: {}}}}}}"),
			[]string{"requestBody.content: application/xml cannot be sent; the body goes as application/json"},
		},
		"body without properties": {
			withOperation("create", "requestBody: {content: {application/json: {schema: {type: object}}}}"),
			[]string{"the schema has no properties, so the body is never sent"},
		},
		"repeat outside a form": {
			withOperation("create", "requestBody: {content: {application/json: {schema: {properties: {a: {x-repeat: true}}}}}}"),
			[]string{"properties.a.x-repeat: has no effect outside a form"},
		},
		"upload without a file": {
			withOperation("create", "x-airbyte-upload-file-param: f", "requestBody: {content: {application/json: {schema: {properties: {a: {}}}}}}"),
			[]string{"x-airbyte-upload-file-param: has no effect without a multipart/related body"},
		},
		"normalization of another kind": {
			head + "\n  x-airbyte-config-normalization: {rules: [{target: a, source: b, transform: {type: prefix, delimiter: x}}]}" + listA,
			[]string{`transform "prefix" is not known, and the rule has no effect; use suffix`},
		},
		"credential not declared": {
			withSchemes("", `a: {type: http, scheme: bearer, x-airbyte-auth-config: {type: object, required: [k, m], properties: {k: {type: string}}, auth_mapping: {token: "${k}${l}"}}}`),
			[]string{`"m" is required but no property`, `credential "l" is not among properties; it counts as one of them`, `credential "m" is not among properties`},
		},
		"security without its scheme": {
			head + listA + "security: [{token: []}]\n",
			[]string{`line 14, column 20: security[0].token: there is no scheme "token" under components.securitySchemes`},
		},
		"one scheme of two unsupported": {
			withSchemes("", "a: {type: openIdConnect, openIdConnectUrl: x}", goodScheme),
			[]string{"securitySchemes.a.type: the scheme is left out: openIdConnect is not supported"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := parse(t, test.yaml).Warnings
			if len(got) != len(test.want) {
				t.Fatalf("warnings = %q, want %q", got, test.want)
			}
			for _, want := range test.want {
				if !strings.Contains(strings.Join(got, "\n"), want) {
					t.Errorf("warnings = %q, want %q in them", got, want)
				}
			}
		})
	}
}

func TestWarningsAreBounded(t *testing.T) {
	t.Parallel()
	keys := strings.ReplaceAll(manyKeys(300), "k", "x-k")
	doc := parse(t, head+"\npaths:\n  /a: {get: {x-airbyte-entity: a, x-airbyte-action: list, "+keys+"}}")
	if len(doc.Warnings) != 101 || doc.Warnings[100] != "and 200 more warnings" {
		t.Errorf("%d warnings, the last %q", len(doc.Warnings), doc.Warnings[len(doc.Warnings)-1])
	}
}

func TestOverrideGetsItsSlash(t *testing.T) {
	t.Parallel()
	if op := operation(t, withOperation("list", "x-airbyte-path-override: {path: graphql}")); op.Path != "/graphql" {
		t.Errorf("path = %q", op.Path)
	}
}

// Plain words that older YAML reads as booleans are text.
func TestOldBooleansAreText(t *testing.T) {
	t.Parallel()
	op := operation(t, withOperation("list", "parameters: [{name: on, in: query, schema: {enum: [y, off, yes], default: n}}, {name: y, in: query}]"))
	got := []string{op.Parameters[0].Name, string(op.Parameters[0].Enum[0]), string(op.Parameters[0].Enum[2]), string(op.Parameters[0].Default), op.Parameters[1].Name}
	if diff := cmp.Diff([]string{"on", `"y"`, `"yes"`, `"n"`, "y"}, got); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}
