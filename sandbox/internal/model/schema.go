package model

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// checkSchema returns why the service would refuse a parameters schema, "" if it
// would not. A function without parameters may leave the schema out.
func checkSchema(raw json.RawMessage, strict bool) string {
	if absent(raw) {
		return ""
	}
	var root map[string]any
	if err := json.Unmarshal(raw, &root); err != nil {
		return "it must be a JSON object"
	}
	if root["type"] != "object" {
		return fmt.Sprintf("its root must have type \"object\", not %v", root["type"])
	}
	for _, combinator := range []string{"oneOf", "anyOf", "allOf", "not", "enum"} {
		if _, found := root[combinator]; found {
			return fmt.Sprintf("its root must not have %q", combinator)
		}
	}
	if _, ok := root["properties"].(map[string]any); !ok {
		return "its root has no properties; an object without any needs \"properties\": {}"
	}
	return checkNode(root, "root", strict)
}

// checkNode walks the schema. Every array must say what it holds; strict mode
// wants closed objects with all properties required.
func checkNode(node map[string]any, place string, strict bool) string {
	if node["type"] == "array" && node["items"] == nil {
		return fmt.Sprintf("the array at %s has no items", place)
	}
	properties, _ := node["properties"].(map[string]any)
	if strict && node["type"] == "object" {
		if reason := checkStrict(node, properties, place); reason != "" {
			return reason
		}
	}
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if reason := checkChild(properties[name], place+"."+name, strict); reason != "" {
			return reason
		}
	}
	if reason := checkChild(node["items"], place+"[]", strict); reason != "" {
		return reason
	}
	variants, _ := node["anyOf"].([]any)
	for i, variant := range variants {
		if reason := checkChild(variant, fmt.Sprintf("%s.anyOf[%d]", place, i), strict); reason != "" {
			return reason
		}
	}
	return ""
}

func checkChild(child any, place string, strict bool) string {
	if node, ok := child.(map[string]any); ok {
		return checkNode(node, place, strict)
	}
	return ""
}

func checkStrict(node, properties map[string]any, place string) string {
	if node["additionalProperties"] != false {
		return fmt.Sprintf("strict mode wants additionalProperties false at %s", place)
	}
	required, _ := node["required"].([]any)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if !slices.Contains(required, any(name)) {
			return fmt.Sprintf("strict mode wants every property required; %s lacks %q", place, name)
		}
	}
	return ""
}
