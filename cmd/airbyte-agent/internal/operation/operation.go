package operation

import (
	"context"
	"encoding/json"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
)

// Group is a resource and what can be done with it.
type Group struct {
	Name       string // such as "connectors"
	Short      string // one line
	Operations []Operation
}

// Operation is one command of a resource: airbyte-agent <group> <name>.
type Operation struct {
	Name    string
	Short   string // one line, as lists of commands show it
	Long    string // more, "" when Short says it all
	Example string // lines of shell, each indented by two spaces

	Params []Param // each is a flag and a member of --json

	// Flags adds flags that are no parameters of the operation, such as --yes.
	// May be nil.
	Flags func(*pflag.FlagSet)

	API *API // the route that it calls, nil when there is none or several

	// View shows the result to people on a terminal; nil: as JSON there too.
	View *app.View

	// Local says that the operation needs no credentials of the Airbyte Agent
	// API, so that they are not asked for before it runs.
	Local func(Input) bool

	// Run does the work. Its result is written as Write of package app does;
	// ErrWritten says that Run has written it already.
	Run func(ctx context.Context, in Input) (json.RawMessage, error)
}

// API is a route of the Airbyte Agent API.
type API struct {
	Method  string
	Path    string // below the host, with {names}
	Summary string
}

// Param is one parameter of an operation.
type Param struct {
	Name        string // snake_case; the flag has hyphens
	Type        Type
	Required    bool
	AllowEmpty  bool // an empty text is a value, also of a required parameter
	Description string
	Default     string   // for people: the operation applies it
	Enum        []string // the legal values, nil when any will do

	// Secret says that the value must not be typed on the command line, where
	// the list of processes shows it: only @file, @- and - are taken by the flag,
	// and --json must come from a file or standard input when it holds it.
	Secret bool
}

// Type is the JSON type of a parameter.
type Type string

// The types.
const (
	String  Type = "string"
	Boolean Type = "boolean"
	Integer Type = "integer"
	Number  Type = "number"
	Array   Type = "array" // of strings
	Object  Type = "object"
)
