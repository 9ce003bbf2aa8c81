package lint

import (
	"fmt"
	"slices"

	"github.com/tidwall/gjson"
)

// Limits of a strict schema.
const (
	strictDepth      = 10
	strictProperties = 5000
)

// unstrict are the keywords that strict mode does not know.
var unstrict = []string{
	"allOf", "oneOf", "not", "if", "then", "else",
	"dependentRequired", "dependentSchemas", "patternProperties",
}

// strict: OpenAI's strict mode knows no object that takes any property, at most
// 10 levels and 5,000 properties, and none of allOf, not, if and the dependent
// keywords (the published profile of February 2026). Definitions here say strict
// false, so this only tells that they could say nothing else. Optional
// properties, which strict mode wants written as unions with null, are not told.
func strict(s subject) []Finding {
	properties := 0
	for _, p := range s.places() {
		if why := notStrict(p); why != "" {
			return []Finding{s.notStrict(why)}
		}
		properties += int(member(p.schema, "properties").Get("@keys.#").Int())
	}
	if properties > strictProperties {
		return []Finding{s.notStrict(fmt.Sprintf("there are more than %d properties", strictProperties))}
	}
	return nil
}

func (s subject) notStrict(why string) Finding {
	return s.find(OpenAI, Warning, "strict", why+", which strict mode does not allow; the definition says strict false, and the tool checks its arguments itself")
}

// notStrict says why the schema cannot be strict, "" when it can.
func notStrict(p place) string {
	if p.depth > strictDepth {
		return fmt.Sprintf("%s is more than %d levels deep", p.name(), strictDepth)
	}
	if found := present(p, unstrict); len(found) > 0 {
		return fmt.Sprintf("%s has %s", p.name(), found[0])
	}
	if slices.Contains(p.types(), "object") && member(p.schema, "additionalProperties").Type != gjson.False {
		return p.name() + " takes any property"
	}
	return ""
}
