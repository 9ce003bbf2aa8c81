package lint_test

import (
	"fmt"
	"strings"
	"testing"
)

// Findings that come in pairs.
func refusedByOpenAI(rule string) []string {
	return []string{"openai error " + rule, "azure-openai error " + rule}
}

func invalid(rest ...string) []string {
	return append(rest, "anthropic error schema/dialect", "mcp warning schema/dialect")
}

func ignored(rest ...string) []string {
	return append(rest, "langchaingo/googleai warning schema/ignored", "langchaingo/vertex warning schema/ignored")
}

const (
	vertexIgnores  = "langchaingo/vertex warning schema/ignored"
	googleRefuses  = "langchaingo/googleai error schema/convert"
	vertexRefuses  = "langchaingo/vertex error schema/convert"
	geminiTypeList = "gemini warning schema/type-list"
	notStrict      = "openai warning strict"
)

func TestRootRules(t *testing.T) {
	t.Parallel()
	otherType := []string{"openai error schema/root", "azure-openai error schema/root", "anthropic error schema/root", "mcp error schema/root"}
	testSchemas(t, []schemaTest{
		{"closed and empty", closed, nil},
		{"no JSON", `{"type":`, []string{"any error schema/json"}},
		{"no object", `[]`, []string{"any error schema/json"}},
		{"another type", `{"type":"string"}`, otherType},
		{"no type", `{"properties":{}}`, otherType},
		{"no properties", `{"type":"object","additionalProperties":false}`, refusedByOpenAI("schema/root")},
		{
			"anyOf", `{"type":"object","properties":{},"additionalProperties":false,"anyOf":[{"required":["a"]}]}`,
			ignored(append(refusedByOpenAI("schema/root"), "anthropic error schema/root")...),
		},
		{
			"not", `{"type":"object","properties":{},"additionalProperties":false,"not":{}}`,
			ignored(append(refusedByOpenAI("schema/root"), notStrict)...),
		},
	})
}

func TestSchemaRules(t *testing.T) {
	t.Parallel()
	testSchemas(t, []schemaTest{
		{"one string", property(`{"type":"string"}`), nil},
		{"properties named as keywords", `{"type":"object","properties":{"anyOf":{"type":"string"},"items":{"type":"string"}},"additionalProperties":false}`, nil},
		{"members that limit nothing", property(`{"type":"string","format":"date","title":"T","default":"a","examples":["a"]}`), nil},
		{"array without items", property(`{"type":"array"}`), refusedByOpenAI("schema/items")},
		{"array without items, deep", property(`{"type":"array","items":{"type":"array"}}`), append(refusedByOpenAI("schema/items"), vertexIgnores)},
		{"key with brackets", `{"type":"object","properties":{"filter[id]":{"type":"string"}},"additionalProperties":false}`, []string{"anthropic error schema/keys"}},
		{"key of 65", `{"type":"object","properties":{"` + strings.Repeat("k", 65) + `":{"type":"string"}},"additionalProperties":false}`, []string{"anthropic error schema/keys"}},
		{"such a key further down", property(`{"type":"object","properties":{"$top":{"type":"string"}},"additionalProperties":false}`), []string{vertexIgnores}},
		{"required twice", `{"type":"object","properties":{"a":{"type":"string"}},"required":["a","a"],"additionalProperties":false}`, invalid("anthropic error schema/required")},
		{"OpenAPI 3.0", property(`{"type":"integer","minimum":0,"exclusiveMinimum":true}`), ignored(invalid()...)},
		{"reference to elsewhere", property(`{"$ref":"https://schemas.example/a.json"}`), ignored(invalid()...)},
		{"list of types", property(`{"type":["string","null"]}`), []string{geminiTypeList, googleRefuses, vertexRefuses}},
		{"list of types, deep", property(`{"type":"array","items":{"type":["string","null"]}}`), []string{geminiTypeList, googleRefuses, vertexIgnores}},
		{"list of types behind anyOf", property(`{"anyOf":[{"type":["string","null"]}]}`), ignored(geminiTypeList)},
		{"anything goes", property(`true`), []string{googleRefuses, vertexRefuses}},
		{"a schema for each element", property(`{"type":"array","prefixItems":[{"type":"string"}],"items":false}`), []string{googleRefuses, vertexIgnores}},
		{"enum", property(`{"type":"string","enum":["a"]}`), ignored()},
		{"maxItems", property(`{"type":"array","maxItems":961,"items":{"type":"string"}}`), ignored("gemini warning schema/max-items")},
		{"fewer maxItems", property(`{"type":"array","maxItems":960,"items":{"type":"string"}}`), ignored()},
		{"open object", property(`{"type":"object","additionalProperties":true}`), []string{notStrict}},
		{"object that says nothing", property(`{"type":"object"}`), []string{notStrict}},
		{"ten levels", deep(10), []string{vertexIgnores}},
		{"eleven levels", deep(11), []string{vertexIgnores, notStrict}},
		{"5,001 properties", wide(5001), []string{"any warning tools/size", notStrict}},
	})
}

type schemaTest struct {
	name, schema string
	want         []string
}

func testSchemas(t *testing.T, tests []schemaTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			same(t, check(t, tool(tt.schema)), tt.want...)
		})
	}
}

// wide returns a schema with so many properties.
func wide(properties int) string {
	parts := make([]string, properties)
	for i := range parts {
		parts[i] = fmt.Sprintf(`"p%d":{"type":"string"}`, i)
	}
	return `{"type":"object","properties":{` + strings.Join(parts, ",") + `},"additionalProperties":false}`
}

// deep returns a schema with so many objects inside one another.
func deep(levels int) string {
	schema := `{"type":"string"}`
	for range levels {
		schema = property(schema)
	}
	return schema
}

// What is wrong and where stands in the message, on one line.
func TestMessages(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, schema, want string }{
		{"place", property(`{"type":"array","items":{"type":"object","properties":{"x":{"type":"array"}},"additionalProperties":false}}`), "the array at p[].x has no items"},
		{"place in the values of a map", property(`{"type":"object","additionalProperties":{"type":"array"}}`), "the array at p.* has no items"},
		{"keyword", `{"type":"object","properties":{},"oneOf":[]}`, "oneOf may not stand at the top"},
		{"dialect", property(`{"type":"strin"}`), "at '/properties/p/type'"},
		{"reference", property(`{"$ref":"file:///etc/hostname"}`), "leaves the schema"},
		{"strict", property(`{"type":"object"}`), "p takes any property"},
		{"ignored", property(`{"type":"string","enum":["a"],"pattern":"a"}`), "enum, pattern does not reach the model"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var messages []string
			for _, f := range check(t, tool(tt.schema)) {
				messages = append(messages, f.Message)
			}
			text := strings.Join(messages, "\n")
			if !strings.Contains(text, tt.want) || strings.Count(text, "\n") != len(messages)-1 {
				t.Errorf("messages:\n%s\nwant one with %q, each on its line", text, tt.want)
			}
		})
	}
}

func FuzzCheckTools(f *testing.F) {
	for _, seed := range []string{closed, property(`{"type":["a","b"],"enum":[1]}`), `[]`, `{`, `{"properties":{"":{"items":[[]]}},"type":3,"required":4}`, deep(120)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, schema string) {
		for _, finding := range check(t, tool(schema)) {
			if finding.Provider == "" || finding.Rule == "" || finding.Message == "" || finding.Severity == "" {
				t.Errorf("finding lacks a part: %+v", finding)
			}
		}
	})
}
