package tools

import (
	"encoding/json"
	"slices"

	"github.com/agentsdk-go/airbyte/connector"
)

// Connector returns the name of the connector that the tool calls, such as
// "pylon"; "" for a Func without WithCapabilities.
func (t *Tool) Connector() string {
	if t.caps == nil {
		return ""
	}
	return t.caps.connector.Name()
}

// Entities returns the operations that the tool can call under its policy, in
// the connector's order: a copy of the list, whose elements are shared and must
// not be changed. A tool per action has its one operation. It is nil for a Func
// without WithCapabilities, and where the connector's operations are not known.
func (t *Tool) Entities() []connector.Entity {
	if t.caps == nil {
		return nil
	}
	return slices.Clone(t.caps.entities)
}

// EntitySchema returns the JSON Schema of one record of an entity that the tool
// can call; false where the schema is not known.
func (t *Tool) EntitySchema(entity string) (json.RawMessage, bool) {
	if t.caps == nil || !slices.Contains(t.caps.entityNames(), entity) {
		return nil, false
	}
	schema, ok := t.caps.connector.EntitySchema(entity)
	return slices.Clone(schema), ok
}
