package target

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/platform"
)

// typeName is what the connector's type is called.
func typeName(c *platform.Connector) string {
	return cmp.Or(c.Template.ConnectorName, c.Template.Name, c.Name)
}

// source finds the credentials of a manifest.
type source func(context.Context, *app.App, *connector.Manifest, string) (connector.Credentials, error)

func (t *Target) openDirect(ctx context.Context, a *app.App, find source) (*connector.Connector, error) {
	m, err := t.LoadManifest()
	if err != nil {
		return nil, err
	}
	creds, err := find(ctx, a, m, t.AuthScheme)
	if err != nil {
		return nil, err
	}
	opts := a.ConnectorOptions()
	if len(t.Config) > 0 {
		opts = append(opts, connector.WithConfig(t.Config))
	}
	if t.AuthScheme != "" {
		opts = append(opts, connector.WithAuthScheme(t.AuthScheme))
	}
	if host := os.Getenv(Variable(m.Name(), "api_host")); host != "" {
		opts = append(opts, connector.WithBaseURL(host))
	}
	return connector.Open(m, creds, append(opts, t.Options...)...)
}

// LoadManifest returns the manifest of direct mode: of the file, or the one of
// that name in this program.
func (t *Target) LoadManifest() (*connector.Manifest, error) {
	if t.Manifest == "" {
		m, ok := connector.LookupManifest(t.Name)
		if !ok {
			return nil, failure.NotFound("there is no manifest of %s in this program", t.Name).
				WithHint("give its connector.yaml with --manifest; built in is pylon")
		}
		return m, nil
	}
	content, err := os.ReadFile(t.Manifest)
	if err != nil {
		return nil, failure.Input("cannot read the manifest: %v", err)
	}
	m, err := connector.LoadManifest(bytes.NewReader(content))
	if err != nil {
		return nil, failure.Input("manifest %s: %v", t.Manifest, err)
	}
	return m, nil
}

// Variable is the environment variable that holds a value of a service, such as
// PYLON_API_TOKEN for api_token of pylon.
func Variable(service, field string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || (!unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			return '_'
		}
		return unicode.ToUpper(r)
	}, service+"_"+field)
}

// credentials come from --service-credentials, else from the environment, else
// from the user.
func (t *Target) credentials(ctx context.Context, a *app.App, m *connector.Manifest, scheme string) (connector.Credentials, error) {
	if t.Credentials != "" {
		return readCredentials(a, t.Credentials)
	}
	schemes := chosen(m.AuthSchemes(), scheme)
	creds := fromEnvironment(m, schemes)
	if len(creds) > 0 || len(schemes) == 0 {
		return creds, nil // Open says what is missing, by name
	}
	if !a.Terminal.In {
		return nil, failure.Auth("no credentials for %s", m.Name()).WithHint(waysToGive(m, schemes))
	}
	return ask(ctx, a, m, schemes[0])
}

func chosen(schemes []connector.AuthScheme, name string) []connector.AuthScheme {
	if name == "" {
		return schemes
	}
	return slices.DeleteFunc(slices.Clone(schemes), func(s connector.AuthScheme) bool { return s.Name != name })
}

func readCredentials(a *app.App, ref string) (connector.Credentials, error) {
	if !app.IsReference(ref) {
		return nil, failure.Invalid("--service-credentials must not be typed, where the list of processes shows it").
			WithHint("give @file, or - for standard input")
	}
	content, err := a.ReadReference(ref)
	if err != nil {
		return nil, err
	}
	var creds connector.Credentials
	if json.Unmarshal(content, &creds) != nil || creds == nil { // its error may quote a secret
		return nil, failure.Input("the service's credentials are not a JSON object of texts, such as {\"api_token\": \"...\"}")
	}
	return creds, nil
}

func fromEnvironment(m *connector.Manifest, schemes []connector.AuthScheme) connector.Credentials {
	creds := connector.Credentials{}
	for _, scheme := range schemes {
		for _, field := range scheme.Fields {
			if value := strings.TrimSpace(os.Getenv(Variable(m.Name(), field.Name))); value != "" {
				creds[field.Name] = value
			}
		}
	}
	return creds
}

// Needs returns what a process that opens the target later has to be given: a
// name for it, and in direct mode the environment variables of the service's
// credentials, nil where they come from elsewhere.
func (t *Target) Needs() (name string, variables []string, err error) {
	if !t.IsDirect() {
		return cmp.Or(t.Name, t.ID), nil, nil
	}
	m, err := t.LoadManifest()
	if err != nil {
		return "", nil, err
	}
	if schemes := chosen(m.AuthSchemes(), t.AuthScheme); len(schemes) > 0 && t.Credentials == "" {
		variables = required(m, schemes[0])
	}
	return m.Name(), variables, nil
}

// required are the variables that one scheme cannot do without.
func required(m *connector.Manifest, scheme connector.AuthScheme) []string {
	var names []string
	for _, field := range scheme.Fields {
		if field.Required {
			names = append(names, Variable(m.Name(), field.Name))
		}
	}
	return names
}

// waysToGive names the variables of each scheme.
func waysToGive(m *connector.Manifest, schemes []connector.AuthScheme) string {
	var ways []string
	for _, scheme := range schemes {
		ways = append(ways, strings.Join(required(m, scheme), " and "))
	}
	return "set " + strings.Join(ways, ", or ") + "; or give a JSON object with --service-credentials @file"
}

func ask(ctx context.Context, a *app.App, m *connector.Manifest, scheme connector.AuthScheme) (connector.Credentials, error) {
	creds := connector.Credentials{}
	for _, field := range scheme.Fields {
		if !field.Required {
			continue
		}
		value, err := a.AskSecret(ctx, m.Title()+" "+cmp.Or(field.Title, field.Name)+": ")
		if err != nil {
			return nil, err
		}
		creds[field.Name] = value
	}
	return creds, nil
}

// standIns are credentials of a connector that is never called.
func standIns(_ context.Context, _ *app.App, m *connector.Manifest, scheme string) (connector.Credentials, error) {
	creds := connector.Credentials{}
	schemes := chosen(m.AuthSchemes(), scheme)
	if len(schemes) == 0 {
		return creds, nil
	}
	for _, field := range schemes[0].Fields {
		creds[field.Name] = "not-used"
	}
	return creds, nil
}
