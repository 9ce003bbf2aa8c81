package manifest

import "encoding/json"

// Document is one connector: what it is called and what it can do. The JSON
// form is what the catalog embeds, so that a program does not parse YAML at
// start.
type Document struct {
	Name         string `json:"name"`
	Title        string `json:"title"`
	Version      string `json:"version"`
	DefinitionID string `json:"definition_id"`
	Description  string `json:"description,omitempty"`

	// How the service is called. The hosted platform needs none of it.
	Server      *Server     `json:"server,omitempty"` // nil: the manifest names no address
	Schemes     []Scheme    `json:"schemes,omitempty"`
	Scoping     []Scope     `json:"scoping,omitempty"`
	Derived     []Derived   `json:"derived,omitempty"`
	Retry       *Retry      `json:"retry,omitempty"` // nil: the defaults
	ErrorCheck  *ErrorCheck `json:"error_check,omitempty"`
	ProbeConfig []Pair      `json:"probe_config,omitempty"` // what "config" means in the defaults that probes fill in

	Entities         []Entity  `json:"entities"`
	ExampleQuestions Questions `json:"example_questions"`

	// Warnings tell what the reader tolerated, such as unknown x- keys and
	// operations that replace others.
	Warnings []string `json:"-"`
}

// Pair is a name and what belongs to it, where the order of the file counts.
type Pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
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
	Direct           *Override       `json:"direct,omitempty"` // what differs when the service is called itself
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

	// Filter narrows the records of the target that the key may come from: every
	// field must be one of its values.
	Filter []FieldValues `json:"filter,omitempty"`
}

// FieldValues are the values that a field may have, as text.
type FieldValues struct {
	Field  string   `json:"field"`
	Values []string `json:"values"`
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
	Effect            string      `json:"effect,omitempty"`      // "read", "write" or "destroy" where the action's name does not tell
	WhenToUse         string      `json:"when_to_use,omitempty"`
	ExampleQuestions  []string    `json:"example_questions,omitempty"`

	Body      *Body     `json:"body,omitempty"`       // nil: the operation sends none
	Records   string    `json:"records,omitempty"`    // JSONPath to the data in the answer; "": the whole answer
	Filter    string    `json:"filter,omitempty"`     // template that keeps a record when it is truthy
	Transform []Pair    `json:"transform,omitempty"`  // field and template of the record that is made instead
	Meta      []Pair    `json:"meta,omitempty"`       // name and JSONPath, @link.<rel> or @header.<name>
	NoPages   bool      `json:"no_pages,omitempty"`   // one answer holds all records
	FileURL   string    `json:"file_url,omitempty"`   // of a two-step download: path to the file's address in the answer
	RateLimit int       `json:"rate_limit,omitempty"` // calls per minute that the service allows; 0: not known
	Direct    *Override `json:"direct,omitempty"`     // what differs when the service is called itself

	Response string `json:"-"` // name of the component schema of a success, "" when it has none
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
	Format      string            `json:"format,omitempty"`   // such as "date-time"; "binary" is a file
	DirectOnly  bool              `json:"direct_only,omitempty"`
	Nullable    bool              `json:"nullable,omitempty"`    // an explicit null means something to the service
	DeepObject  bool              `json:"deep_object,omitempty"` // query: name[key]=value for every member
	Inject      *Inject           `json:"inject,omitempty"`      // where the value comes from when the call has none
	Schema      json.RawMessage   `json:"schema,omitempty"`      // JSON Schema of an object, references resolved; nil when it says no more than Type
	Direct      *Override         `json:"direct,omitempty"`      // what differs when the service is called itself
	Ref         string            `json:"ref,omitempty"`         // name of the component schema of the value or its elements, "" when it has none

	// What a check of the connector gives the parameter; calls are left alone.
	FromZero bool `json:"from_zero,omitempty"` // the schema's minimum is 0, so a page number counts from there

	Probe  string  `json:"probe,omitempty"`  // template of a value that will do, "" for none
	Parent *Parent `json:"parent,omitempty"` // the record that the operation is below, nil for none
}

// Parent says which records have the value of a parameter.
type Parent struct {
	Entity string `json:"entity"` // one that has a list
	Key    string `json:"key"`    // of its records
}

// Override is what holds in open source mode in place of what the hosted
// platform offers. What it leaves empty does not differ.
type Override struct {
	Description    string            `json:"description,omitempty"`
	SearchStrategy string            `json:"search_strategy,omitempty"`
	Enum           []json.RawMessage `json:"enum,omitempty"`
	NoDefault      bool              `json:"no_default,omitempty"` // the hosted platform's default is none of the service's
}

// Inject fills in a query parameter from the configuration; a model never
// sees such a parameter.
type Inject struct {
	Source string `json:"source"`        // key of the configuration
	Map    []Pair `json:"map,omitempty"` // configured value, as it is or in upper case, to what is sent; nil: as it is
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
