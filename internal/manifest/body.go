package manifest

import "encoding/json"

// The kinds of request bodies.
const (
	BodyJSON      = "json"
	BodyForm      = "form"      // application/x-www-form-urlencoded
	BodyMultipart = "multipart" // multipart/form-data
	BodyRelated   = "related"   // multipart/related: JSON metadata and one file
	BodyGraphQL   = "graphql"
)

// Body says how the body of a request is made of the parameters that travel
// in it.
type Body struct {
	Kind      string   `json:"kind"`
	MediaType string   `json:"media_type,omitempty"` // as the manifest spells it; "" for GraphQL
	FileParam string   `json:"file_param,omitempty"` // related: the parameter that holds the file, base64
	Repeat    []string `json:"repeat,omitempty"`     // form: arrays sent as name=a&name=b instead of name[0]=a&name[1]=b
	GraphQL   *GraphQL `json:"graphql,omitempty"`
}

// GraphQL is a query or mutation. The text {{ fields }} in Query stands for
// the fields to select; {{ name }} in a string of Variables for a parameter.
type GraphQL struct {
	Query         string          `json:"query"`
	OperationName string          `json:"operation_name,omitempty"`
	Variables     json.RawMessage `json:"variables,omitempty"`      // object; nil when there are none
	DefaultText   string          `json:"default_text,omitempty"`   // selection when the call names no fields
	DefaultFields []string        `json:"default_fields,omitempty"` // the same as a list; dots nest
	Nullable      []string        `json:"nullable,omitempty"`       // variables that keep an explicit null
}
