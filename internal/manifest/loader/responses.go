package loader

import "strings"

// readResponses checks the answers of an operation, and gives the name of the
// schema of a success.
func (f *file) readResponses(v value) string {
	if !v.is(mappingNode, "a mapping") {
		return ""
	}
	for i := 0; i < len(v.node.Content); i += 2 {
		if status := v.node.Content[i]; status.Tag != "!!str" {
			f.problems.add(status, "a status must be text; write %q in quotes", status.Value)
		}
	}
	for _, response := range v.fields() {
		response.onlyKeys(responseKeys)
		if response.isMapping() && response.get("description").node == nil {
			response.problem("description is missing")
		}
		for _, header := range response.get("headers").fields() {
			header.onlyKeys(headerKeys)
		}
		for _, media := range response.get("content").fields() {
			media.onlyKeys(mediaKeys)
		}
	}
	for _, status := range []string{"200", "201", "202"} {
		if response := v.get(status); response.present() {
			return refName(response.get("content").get("application/json").get("schema"))
		}
	}
	return ""
}

// refName is the component schema that a schema refers to, "" when it is one
// of its own.
func refName(schema value) string {
	if !schema.isMapping() {
		return ""
	}
	ref := schema.get("$ref")
	if !ref.present() {
		return ""
	}
	name, ok := strings.CutPrefix(ref.node.Value, refPrefix)
	if !ok {
		return ""
	}
	return unescape.Replace(name)
}
