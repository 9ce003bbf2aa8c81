package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// geminiItems is the sum of maxItems above which Gemini was seen to fail.
const geminiItems = 960

// typeLists: Gemini's API knows no lists of types, and clients that pass schemas
// on as they are get refused. See googleRefuses for langchaingo.
func typeLists(s subject) []Finding {
	var findings []Finding
	for _, p := range s.places() {
		if member(p.schema, "type").IsArray() {
			findings = append(findings, s.find(Gemini, Warning, "schema/type-list", typeList(p)))
		}
	}
	return findings
}

func typeList(p place) string {
	return fmt.Sprintf("the type of %s is a list; use one type, and leave null out", p.name())
}

// googleRefuses: the converters of langchaingo v0.1.14 return an error for a
// type that is a list, for a property whose schema is no object, and for a list
// of items. The one of googleai looks everywhere that properties and items lead,
// the one of vertex at the root and its properties.
func googleRefuses(s subject) []Finding {
	const rule = "schema/convert"
	var findings []Finding
	report := func(depth int, text string) {
		findings = append(findings, s.find(GoogleAI, Error, rule, text))
		if depth <= 1 {
			findings = append(findings, s.find(Vertex, Error, rule, text))
		}
	}
	for _, p := range s.places() {
		if !p.plain {
			continue
		}
		if member(p.schema, "type").IsArray() {
			report(p.depth, typeList(p))
		}
		member(p.schema, "properties").ForEach(func(key, schema gjson.Result) bool {
			if !schema.IsObject() {
				report(p.depth+1, fmt.Sprintf("the schema of the property %s is %s; write it as an object, {} for anything", key.Str, schema.Raw))
			}
			return true
		})
		if items := member(p.schema, "items"); items.Exists() && !items.IsObject() && slices.Contains(p.types(), "array") {
			report(2, fmt.Sprintf("the items of %s are no object; give one schema for all elements", p.name()))
		}
	}
	return findings
}

// maxItems: Gemini answers an unexplained 400 when the maxItems of a request add
// up to more than some 960, as users of python-genai found.
func maxItems(s subject) []Finding {
	sum := 0.0
	for _, p := range s.places() {
		sum += member(p.schema, "maxItems").Num
	}
	if sum <= geminiItems {
		return nil
	}
	return []Finding{s.find(Gemini, Warning, "schema/max-items",
		fmt.Sprintf("the maxItems of the schema add up to %.0f; Gemini was seen to refuse more than some %d", sum, geminiItems))}
}

// limiting are the keywords that narrow what a value may be.
var limiting = []string{
	"enum", "const", "anyOf", "oneOf", "allOf", "not", "if", "$ref",
	"pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
	"multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
}

// googleIgnores: the converter of langchaingo v0.1.14 passes on type,
// description, properties, items and required, and nothing else.
func googleIgnores(s subject) []Finding {
	var lost []string
	for _, p := range s.places() {
		lost = append(lost, present(p, limiting)...)
	}
	return s.ignored(GoogleAI, lost)
}

// vertexIgnores: that of vertex passes on the types and descriptions of the
// root's properties, and drops items and all that is nested.
func vertexIgnores(s subject) []Finding {
	var lost []string
	for _, p := range s.places() {
		lost = append(lost, present(p, limiting)...)
		if p.depth == 1 {
			lost = append(lost, present(p, []string{"items", "properties"})...)
		}
	}
	return s.ignored(Vertex, lost)
}

func present(p place, keywords []string) []string {
	var found []string
	for _, keyword := range keywords {
		if p.has(keyword) {
			found = append(found, keyword)
		}
	}
	return found
}

func (s subject) ignored(provider string, keywords []string) []Finding {
	if len(keywords) == 0 {
		return nil
	}
	slices.Sort(keywords)
	return []Finding{s.find(provider, Warning, "schema/ignored", fmt.Sprintf(
		"%s does not reach the model; it learns of such limits from descriptions and from refused calls", strings.Join(slices.Compact(keywords), ", ")))}
}
