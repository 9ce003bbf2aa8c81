package loader

import (
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// The types of schemes in the model.
const (
	bearer = "bearer"
	basic  = "basic"
	apiKey = "api_key"
	oauth2 = "oauth2"
)

// parts are what each type of scheme is made of, in the order of the default
// mapping.
var parts = map[string][]string{
	bearer: {"token"},
	basic:  {"username", "password"},
	apiKey: {"api_key"},
	oauth2: {"access_token", "refresh_token", "client_id", "client_secret"},
}

// refusal says why a scheme cannot be used. With another scheme to choose it
// is no more than a warning.
type refusal struct {
	at     value
	reason string
}

// readSchemes reads the ways to authenticate. A manifest without any means a
// bearer token, unless it says by an empty security list that there is none.
func (f *file) readSchemes(schemes, security value, variables []string) {
	var refused []refusal
	declared := map[string]bool{}
	for name, v := range schemes.fields() {
		declared[name] = true
		scheme, no := f.readScheme(name, v, variables)
		if no != nil {
			refused = append(refused, *no)
			continue
		}
		f.doc.Schemes = append(f.doc.Schemes, scheme)
	}
	for _, no := range refused {
		if len(f.doc.Schemes) > 0 {
			no.at.warn("the scheme is left out: %s", no.reason)
		} else {
			no.at.problem("%s", no.reason)
		}
	}
	for option := range security.items() {
		for name, v := range option.fields() {
			if !declared[name] {
				v.warn("there is no scheme %q under components.securitySchemes", name)
			}
		}
	}
	open := security.isList() && len(security.node.Content) == 0
	if len(declared) == 0 && !open {
		scheme := manifest.Scheme{Name: bearer, Type: bearer}
		defaultCredentials(&scheme)
		f.doc.Schemes = []manifest.Scheme{scheme}
	}
}

func (f *file) readScheme(name string, v value, variables []string) (manifest.Scheme, *refusal) {
	v.looseKeys(schemeKeys)
	out := manifest.Scheme{Name: name, Description: v.get("description").text()}
	no := f.readSchemeType(&out, v)
	f.readTokenExtract(&out, v, variables)
	if no != nil {
		return out, no
	}
	config := v.get(authConfig)
	if !config.present() {
		defaultCredentials(&out)
		return out, nil
	}
	return out, f.readAuthConfig(&out, config)
}

func (f *file) readSchemeType(out *manifest.Scheme, v value) *refusal {
	kind := v.need("type")
	switch kind.oneOf("http", "apiKey", "oauth2", "openIdConnect") {
	case "http":
		scheme := v.need("scheme")
		out.Type = strings.ToLower(scheme.text())
		if out.Type != bearer && out.Type != basic && scheme.present() {
			return &refusal{scheme, "HTTP authentication \"" + scheme.node.Value + "\" is not supported; use bearer or basic"}
		}
	case "apiKey":
		out.Type = apiKey
		out.Key = v.need("name").text()
		out.In = v.need("in").oneOf("header", "query", "cookie")
	case "oauth2":
		out.Type = oauth2
		return f.readOAuth(out, v)
	case "openIdConnect":
		return &refusal{kind, "openIdConnect is not supported; use http, apiKey or oauth2"}
	}
	return nil
}

// defaultCredentials asks for the parts of the scheme under their own names.
func defaultCredentials(scheme *manifest.Scheme) {
	for _, part := range parts[scheme.Type] {
		scheme.Fields = append(scheme.Fields, manifest.CredentialField{Name: part})
		scheme.Mapping = append(scheme.Mapping, manifest.Pair{Name: part, Value: "${" + part + "}"})
		if scheme.Type != oauth2 { // which of its parts are needed depends on what is there
			scheme.Required = append(scheme.Required, part)
		}
	}
}
