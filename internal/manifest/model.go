package manifest

import "encoding/json"

// Document is one connector: what it is called and what it can do. The JSON
// form is what the catalog embeds, so that a program does not parse YAML at
// start.
type Document struct {
	Name             string    `json:"name"`
	Title            string    `json:"title"`
	Version          string    `json:"version"`
	DefinitionID     string    `json:"definition_id"`
	Description      string    `json:"description,omitempty"`
	Entities         []Entity  `json:"entities"`
	ExampleQuestions Questions `json:"example_questions"`
}

// Questions are prompts a user may ask, by how they are answered.
type Questions struct {
	Direct      []string `json:"direct,omitempty"`
	Search      []string `json:"search,omitempty"`
	Unsupported []string `json:"unsupported,omitempty"`
}

// Entity is one kind of record and the operations on it, in file order.
type Entity struct {
	Name             string          `json:"name"`
	Summary          string          `json:"summary,omitempty"`
	WhenToUse        string          `json:"when_to_use,omitempty"`
	Freshness        string          `json:"freshness,omitempty"` // "live" or "static"
	SearchStrategy   string          `json:"search_strategy,omitempty"`
	TriggerPhrases   []string        `json:"trigger_phrases,omitempty"`
	ExampleQuestions []string        `json:"example_questions,omitempty"`
	Relationships    []Relationship  `json:"relationships,omitempty"`
	Operations       []Operation     `json:"operations,omitempty"`
	Search           *Search         `json:"search,omitempty"` // nil: not in the context store
	Schema           json.RawMessage `json:"schema,omitempty"` // JSON Schema of one record, references resolved
}

// Relationship says which key of the entity points to which other entity.
type Relationship struct {
	Target      string `json:"target"`
	ForeignKey  string `json:"foreign_key"`
	TargetKey   string `json:"target_key"`
	Cardinality string `json:"cardinality,omitempty"`
	Description string `json:"description,omitempty"`
}

// Operation is one action on an entity.
type Operation struct {
	Action            string      `json:"action"`
	ID                string      `json:"id,omitempty"`
	Description       string      `json:"description,omitempty"`
	Method            string      `json:"method"`
	Path              string      `json:"path"` // the one really requested, after any override
	Parameters        []Parameter `json:"parameters,omitempty"`
	PreferredForCheck bool        `json:"preferred_for_check,omitempty"`
	DirectOnly        bool        `json:"direct_only,omitempty"` // not offered by the hosted platform
}

// Parameter is one argument of an operation, from the path, the query or the
// top level of the request body.
type Parameter struct {
	Name        string            `json:"name"`
	In          string            `json:"in"`             // "path", "query", "header" or "body"
	Type        string            `json:"type,omitempty"` // "": any type
	Description string            `json:"description,omitempty"`
	Required    bool              `json:"required,omitempty"`
	Default     json.RawMessage   `json:"default,omitempty"`
	Enum        []json.RawMessage `json:"enum,omitempty"`
	Examples    []json.RawMessage `json:"examples,omitempty"` // usual values, where others are legal too
	Items       json.RawMessage   `json:"items,omitempty"`    // JSON Schema of an array's elements
	Format      string            `json:"format,omitempty"`   // such as "date-time"
	DirectOnly  bool              `json:"direct_only,omitempty"`
}

// Search lists what the hosted context store keeps of an entity.
type Search struct {
	Suggested bool    `json:"suggested,omitempty"`
	Fields    []Field `json:"fields,omitempty"`
}

// Field is one searchable field of the context store.
type Field struct {
	Name        string            `json:"name"`
	Type        string            `json:"type"`
	Description string            `json:"description,omitempty"`
	Examples    []json.RawMessage `json:"examples,omitempty"` // usual values, where others are legal too
}
