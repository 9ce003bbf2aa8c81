package connector

import (
	"fmt"
	"io"
	"slices"

	"github.com/agentsdk-go/airbyte/internal/manifest"
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
	data, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	if err != nil {
		return nil, c.config(fmt.Errorf("cannot be read: %w", err))
	}
	doc, err := loader.Parse(data)
	if err != nil {
		return nil, c.config(err)
	}
	return &Manifest{doc: doc}, nil
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
// of the service's address first.
func (m *Manifest) Config() []ConfigField {
	var fields []ConfigField
	add := func(f ConfigField) {
		if f.Name != "" && !slices.ContainsFunc(fields, func(other ConfigField) bool { return other.Name == f.Name }) {
			fields = append(fields, f)
		}
	}
	if m.doc.Server != nil {
		for _, v := range m.doc.Server.Variables {
			given := v.Default != "" || m.derives(v.Name)
			add(ConfigField{Name: v.Name, Description: v.Description, Default: v.Default, Enum: v.Enum, Required: !given})
		}
	}
	for _, s := range m.doc.Scoping {
		add(ConfigField{Name: s.ConfigKey, Description: fmt.Sprintf("Value of the parameter %q where a call has none.", s.Parameter)})
	}
	for i := range m.doc.Entities {
		for j := range m.doc.Entities[i].Operations {
			for _, p := range m.doc.Entities[i].Operations[j].Parameters {
				if p.Inject != nil {
					add(ConfigField{Name: p.Inject.Source, Description: fmt.Sprintf("Decides the parameter %q.", p.Name)})
				}
			}
		}
	}
	return fields
}

// derives reports whether a configuration value comes from the credentials or
// with a token.
func (m *Manifest) derives(name string) bool {
	return slices.ContainsFunc(m.doc.Derived, func(d manifest.Derived) bool { return d.Target == name }) ||
		slices.ContainsFunc(m.doc.Schemes, func(s manifest.Scheme) bool { return s.OAuth != nil && slices.Contains(s.OAuth.Extract, name) })
}

// ExampleQuestions are what a user may ask an agent that has the connector.
func (m *Manifest) ExampleQuestions() []string { return slices.Clone(m.doc.ExampleQuestions.Direct) }
