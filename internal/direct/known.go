package direct

import (
	"fmt"
	"slices"

	"github.com/agentsdk-go/airbyte/internal/direct/response"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// ConfigValue is one value that a manifest reads from the configuration.
type ConfigValue struct {
	Name        string
	Description string   // what it is or what reads it
	Default     string   // "" when there is none
	Enum        []string // the legal values, nil when any will do
	Required    bool     // New fails without it
}

// ConfigValues lists what the manifest takes from the configuration, each name
// once: the parts of the service's address first, then those of the addresses
// that tokens come from, then what operations read.
func ConfigValues(doc *manifest.Document) []ConfigValue {
	l := &configList{doc: doc, seen: map[string]bool{}}
	l.server()
	for i := range doc.Schemes {
		l.tokens(&doc.Schemes[i])
	}
	for _, s := range doc.Scoping {
		l.add(ConfigValue{Name: s.ConfigKey, Description: fmt.Sprintf("Value of the parameter %q where a call has none.", s.Parameter)})
	}
	for _, d := range doc.Derived {
		l.add(ConfigValue{Name: d.Target, Description: fmt.Sprintf("Comes from the credential %q unless it is set.", d.Source)})
	}
	for i := range doc.Entities {
		for j := range doc.Entities[i].Operations {
			l.operation(doc.Entities[i].Name, &doc.Entities[i].Operations[j])
		}
	}
	return l.values
}

// configList is the list in the making.
type configList struct {
	doc    *manifest.Document
	values []ConfigValue
	seen   map[string]bool
}

func (l *configList) add(v ConfigValue) {
	if v.Name != "" && !l.seen[v.Name] {
		l.seen[v.Name] = true
		l.values = append(l.values, v)
	}
}

// server adds the variables of the address, and those that it uses without
// declaring them.
func (l *configList) server() {
	if l.doc.Server == nil {
		return
	}
	for _, v := range l.doc.Server.Variables {
		l.add(ConfigValue{
			Name: v.Name, Description: v.Description, Default: v.Default, Enum: v.Enum,
			Required: v.Default == "" && !l.comes(v.Name),
		})
	}
	for _, match := range placeholder.FindAllStringSubmatch(l.doc.Server.URL, -1) {
		l.add(ConfigValue{Name: match[1], Description: "Part of the service's address.", Required: !l.comes(match[1])})
	}
}

// comes reports whether a value comes without the program's doing, out of a
// credential or with a token.
func (l *configList) comes(name string) bool {
	return slices.ContainsFunc(l.doc.Derived, func(d manifest.Derived) bool { return d.Target == name }) || comesWithToken(l.doc, name)
}

// comesWithToken reports whether the service sends a value beside a token.
func comesWithToken(doc *manifest.Document, name string) bool {
	return slices.ContainsFunc(doc.Schemes, func(s manifest.Scheme) bool { return s.OAuth != nil && slices.Contains(s.OAuth.Extract, name) })
}

// tokens adds what the addresses of a scheme's tokens are made of, but for the
// client id and what the answers bring.
func (l *configList) tokens(s *manifest.Scheme) {
	if s.OAuth == nil {
		return
	}
	for _, address := range tokenAddresses(s) {
		t, err := template.Compile(address)
		if err != nil {
			continue // package auth says so to whom it concerns
		}
		for _, name := range t.Names() {
			if !isOwnPart(s, name) {
				l.add(ConfigValue{
					Name: name, Description: fmt.Sprintf("Part of the address %s, where tokens come from.", address), Required: !l.comes(name),
				})
			}
		}
	}
}

// tokenAddresses are those that are called: the one for refresh tokens, and the
// other where client id and secret alone bring a token.
func tokenAddresses(s *manifest.Scheme) []string {
	refreshes := slices.ContainsFunc(s.Mapping, func(entry manifest.Pair) bool { return entry.Name == "refresh_token" })
	var used []string
	if refreshes {
		used = append(used, s.OAuth.RefreshURL)
	}
	if !refreshes || s.OAuth.Flow == "clientCredentials" {
		used = append(used, s.OAuth.TokenURL)
	}
	return used
}

// isOwnPart reports whether the scheme itself brings a name of its addresses: it
// is a credential, a part made of some, or comes with a token.
func isOwnPart(s *manifest.Scheme, name string) bool {
	return name == "client_id" || slices.Contains(s.OAuth.Extract, name) ||
		slices.ContainsFunc(s.Fields, func(f manifest.CredentialField) bool { return f.Name == name }) ||
		slices.ContainsFunc(s.Mapping, func(entry manifest.Pair) bool { return entry.Name == name })
}

// operation adds what an operation reads: for its parameters, and for its
// records.
func (l *configList) operation(entity string, op *manifest.Operation) {
	for _, p := range op.Parameters {
		if p.Inject != nil {
			l.add(ConfigValue{Name: p.Inject.Source, Description: fmt.Sprintf("Decides the parameter %q.", p.Name)})
		}
	}
	if op.Filter == "" && len(op.Transform) == 0 {
		return
	}
	r, err := response.Compile(op, nil)
	if err != nil {
		return // a call of the operation says so
	}
	for _, name := range r.Needs() {
		l.add(ConfigValue{Name: name, Description: fmt.Sprintf("The records of %s.%s are filtered or made with it; without it that cannot be called.", entity, op.Action)})
	}
}
