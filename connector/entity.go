package connector

import (
	"encoding/json"

	"github.com/agentsdk-go/airbyte/internal/action"
)

// Entity is one kind of record and what can be done with it.
type Entity struct {
	Name             string // as Execute takes it, such as "issues"
	Description      string // what its records are, for people and models
	WhenToUse        string // advice for a model, "" when there is none
	SearchStrategy   string // how to find a record, "" when there is no advice
	ExampleQuestions []string
	Actions          []Action
	Relationships    []Relationship
	SearchFields     []SearchField   // what context_store_search knows of it, nil when it is not searchable
	Schema           json.RawMessage // JSON Schema of one record, nil when unknown
}

// Action is one operation on an entity.
type Action struct {
	Name        string // such as "list", "get", "create"
	Description string
	Effect      Effect
	Parameters  []Parameter
}

// Effect is what an action may do to the customer's data.
type Effect = action.Effect

// The effects. An action whose effect is unknown counts as Write.
const (
	Read    = action.Read    // changes nothing
	Write   = action.Write   // creates or changes something
	Destroy = action.Destroy // deletes something
)

// Parameter is one argument of an action.
type Parameter struct {
	Name        string // its key in Params
	In          string // where it travels to the service: "path", "query", "header" or "body"; "" when unknown
	Type        string // JSON Schema type, "" for any
	Format      string // such as "date-time", "" when there is none
	Description string
	Required    bool
	Examples    []json.RawMessage // usual values as JSON, where others are legal too; nil when unknown
	Enum        []json.RawMessage // the legal values as JSON, nil when any will do
	Default     json.RawMessage   // what the service takes it to be when absent, nil when it says nothing
	Items       json.RawMessage   // JSON Schema of an array's elements, nil when unknown
	Nullable    bool              // an explicit null is passed on, and means something to the service
	Schema      json.RawMessage   // JSON Schema of an object's members, nil when unknown
	TypeName    string            // the manifest's name for an object or for an array's elements, "" when it has none
}

// Relationship says which key of an entity points to which other entity.
type Relationship struct {
	Target      string // the other entity
	ForeignKey  string // the parameter or field here
	TargetKey   string // the field there
	Cardinality string // such as "many_to_one"
	Description string
}

// SearchField is one field of the hosted context store: its Name as the filter,
// sort and fields of a search take it, its JSON Schema Type, and a Description
// for a model.
type SearchField struct {
	Name, Type, Description string
	Examples                []json.RawMessage // usual values as JSON, nil when unknown
}
