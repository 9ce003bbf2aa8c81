package lint

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"
)

// root: OpenAI's answer is "schema must have type 'object' and not have
// 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level", or that an object
// lacks properties; Anthropic's that input_schema does not support oneOf, allOf
// or anyOf at the top level. The official MCP Go SDK panics on another type.
func root(s subject) []Finding {
	const rule = "schema/root"
	var findings []Finding
	at := place{schema: s.root}
	if typ := at.types(); len(typ) != 1 || typ[0] != "object" {
		for _, provider := range []string{OpenAI, Azure, Anthropic, MCP} {
			findings = append(findings, s.find(provider, Error, rule, `the schema's type must be "object"`))
		}
	} else if !member(s.root, "properties").IsObject() {
		for _, provider := range []string{OpenAI, Azure} {
			findings = append(findings, s.find(provider, Error, rule, "an object needs properties; {} will do"))
		}
	}
	for _, keyword := range []string{"oneOf", "anyOf", "allOf", "enum", "not"} {
		if !at.has(keyword) {
			continue
		}
		text := keyword + " may not stand at the top; describe the alternatives in words, or put them into a property"
		findings = append(findings, s.find(OpenAI, Error, rule, text), s.find(Azure, Error, rule, text))
		if strings.HasSuffix(keyword, "Of") {
			findings = append(findings, s.find(Anthropic, Error, rule, text))
		}
	}
	return findings
}

// arrays: OpenAI answers "array schema missing items" wherever one stands, for
// strict tools and others.
func arrays(s subject) []Finding {
	var findings []Finding
	for _, p := range s.places() {
		if slices.Contains(p.types(), "array") && !p.has("items") {
			text := fmt.Sprintf("the array at %s has no items; say what its elements are, {} for anything", p.name())
			findings = append(findings, s.find(OpenAI, Error, "schema/items", text), s.find(Azure, Error, "schema/items", text))
		}
	}
	return findings
}

var propertyKey = regexp.MustCompile(`^[a-zA-Z0-9_.-]+$`)

// propertyKeys: Anthropic answers "Property keys should match pattern
// '^[a-zA-Z0-9_.-]{1,64}$'" for keys of the schema's own properties, such as
// filter[id] and $top. It looks at no others.
func propertyKeys(s subject) []Finding {
	var findings []Finding
	member(s.root, "properties").ForEach(func(key, _ gjson.Result) bool {
		if len(key.Str) > modelNameMost || !propertyKey.MatchString(key.Str) {
			findings = append(findings, s.find(Anthropic, Error, "schema/keys",
				fmt.Sprintf("the property %q is not 1 to 64 of the characters a-z, A-Z, 0-9, _, . and -; without --per-action the schema does not name it", key.Str)))
		}
		return true
	})
	return findings
}

// required: a name that stands twice in required makes Anthropic refuse the
// whole request, as users of Composio found; JSON Schema forbids it too.
func required(s subject) []Finding {
	var findings []Finding
	for _, p := range s.places() {
		seen := map[string]bool{}
		for _, name := range member(p.schema, "required").Array() {
			if seen[name.String()] {
				findings = append(findings, s.find(Anthropic, Error, "schema/required",
					fmt.Sprintf("required of %s names %s twice", p.name(), name.String())))
				break
			}
			seen[name.String()] = true
		}
	}
	return findings
}

// dialect: Anthropic refuses what is not valid JSON Schema 2020-12, and MCP
// takes that dialect where a schema names none. Schemas of OpenAPI 3.0 fail here,
// with exclusiveMinimum: true for example.
func dialect(s subject) []Finding {
	err := compile(s.Schema)
	if err == nil {
		return nil
	}
	text := "the schema is not valid JSON Schema 2020-12: " + schemaProblem(err)
	return []Finding{s.find(Anthropic, Error, "schema/dialect", text), s.find(MCP, Warning, "schema/dialect", text)}
}

func compile(schema []byte) error {
	const name = "urn:tool"
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return err
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(noLoader{})
	if err := c.AddResource(name, doc); err != nil {
		return err
	}
	_, err = c.Compile(name)
	return err
}

// noLoader loads nothing: neither a provider nor this check follows references
// to other documents.
type noLoader struct{}

// Load refuses.
func (noLoader) Load(url string) (any, error) {
	return nil, fmt.Errorf("the reference to %s leaves the schema", url)
}

// schemaProblem is one of the validator's reasons on one line, the one that lies
// deepest: those above it only say that something below failed.
func schemaProblem(err error) string {
	if problem, ok := errors.AsType[*jsonschema.SchemaValidationError](err); ok {
		err = problem.Err
	}
	best, depth := "", -1
	for line := range strings.Lines(err.Error()) {
		line = strings.Trim(line, " -\n")
		place, _, _ := strings.Cut(strings.TrimPrefix(line, "at '"), "'")
		if n := strings.Count(place, "/"); n > depth && !strings.HasSuffix(line, " failed") {
			best, depth = line, n
		}
	}
	return best
}
