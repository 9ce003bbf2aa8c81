package connector

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// maxManifest is the largest manifest that is read, in bytes.
const maxManifest = 4 << 20

// LoadManifest reads any Airbyte agent connector.yaml, of at most 4 MiB. What
// the format does not know but tolerates, such as foreign x- keys, is in
// Manifest.Warnings.
//
// An error matches ErrConfig and tells all problems of the file, each with its
// line, column, key and reason.
func LoadManifest(r io.Reader) (*Manifest, error) {
	c := call{op: "load manifest"}
	if r == nil {
		return nil, c.fail(KindConfig, "the reader is nil")
	}
	data, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	if err != nil {
		return nil, c.config(fmt.Errorf("cannot be read: %w", err))
	}
	doc, err := loader.Parse(data)
	if err != nil {
		return nil, c.broken(err)
	}
	return &Manifest{doc: doc}, nil
}

// broken tells what is wrong with a manifest: one problem in the line, several
// on lines of their own.
func (c call) broken(err error) error {
	e := c.config(err)
	e.Message = strings.TrimPrefix(e.Message, "read manifest: ")
	var list interface{ Unwrap() []error }
	if !errors.As(err, &list) || len(list.Unwrap()) < 2 {
		return e
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d problems:", len(list.Unwrap()))
	for _, problem := range list.Unwrap() {
		b.WriteString("\n\t" + problem.Error())
	}
	e.Message = b.String()
	return e
}

// Warnings tell what LoadManifest tolerated, with line and column.
func (m *Manifest) Warnings() []string { return slices.Clone(m.doc.Warnings) }

// AuthScheme is one way to authenticate in open source mode.
type AuthScheme struct {
	Name        string // as WithAuthScheme takes it
	Type        string // "bearer", "basic", "api_key" or "oauth2"
	Title       string // for people, "" when there is none
	Description string
	Fields      []CredentialField // what Credentials may hold for it
}

// CredentialField is one value of Credentials.
type CredentialField struct {
	Name        string // its key in Credentials
	Title       string // for people, "" when there is none
	Description string // what it is and where to get it, "" when the manifest does not say
	Required    bool   // Open fails without it
}

// AuthSchemes lists the ways to authenticate, each with the credentials that Open
// takes for it.
func (m *Manifest) AuthSchemes() []AuthScheme {
	schemes := make([]AuthScheme, 0, len(m.doc.Schemes))
	for i := range m.doc.Schemes {
		declared := &m.doc.Schemes[i]
		s := AuthScheme{Name: declared.Name, Type: declared.Type, Title: declared.Title, Description: declared.Description}
		for _, f := range declared.Fields {
			s.Fields = append(s.Fields, CredentialField{
				Name: f.Name, Title: f.Title, Description: f.Description,
				Required: declared.AllRequired || slices.Contains(declared.Required, f.Name),
			})
		}
		schemes = append(schemes, s)
	}
	return schemes
}

// ConfigField is one value that WithConfig takes.
type ConfigField struct {
	Name        string   // its key in WithConfig
	Description string   // what it is, "" when the manifest does not say
	Default     string   // "" when there is none
	Enum        []string // the legal values, nil when any will do
	Required    bool     // Open fails without it
}

// Config lists the configuration values that the manifest reads: the variables
// of the service's address first, then the parts of the addresses that tokens
// come from, which only a scheme that uses them needs, then what operations
// take.
func (m *Manifest) Config() []ConfigField {
	var fields []ConfigField
	for _, v := range direct.ConfigValues(m.doc) {
		fields = append(fields, ConfigField{Name: v.Name, Description: v.Description, Default: v.Default, Enum: v.Enum, Required: v.Required})
	}
	return fields
}

// ExampleQuestions are what a user may ask an agent that has the connector.
func (m *Manifest) ExampleQuestions() []string { return slices.Clone(m.doc.ExampleQuestions.Direct) }
