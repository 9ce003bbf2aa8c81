package auth

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// address is where tokens come from: a template over the configuration.
type address struct {
	text     string
	template *template.Template
	vars     map[string]string
	later    []string // names that only an answer brings
}

func newAddress(text string, later []string, values map[string]string, clientID string) (*address, error) {
	t, err := template.Compile(text)
	if err != nil {
		return nil, misconfigured("mend the manifest", "token address %q: %v", text, err)
	}
	vars := merged(values, nil)
	if clientID != "" {
		vars = merged(vars, map[string]string{partClientID: clientID})
	}
	return &address{text: text, template: t, vars: vars, later: later}, nil
}

// check tries the address out, unless it waits for an answer of the service.
func (a *address) check(now time.Time) error {
	waits := func(name string) bool { return a.vars[name] == "" && slices.Contains(a.later, name) }
	if slices.ContainsFunc(a.template.Names(), waits) {
		return nil
	}
	_, err := a.url(nil, now)
	return err
}

// url is the address with extracted values over the configured ones.
func (a *address) url(extracted map[string]string, now time.Time) (*url.URL, error) {
	env := template.Env{Vars: map[string]json.RawMessage{}, Now: now}
	for name, value := range merged(a.vars, extracted) {
		env.Vars[name] = envelope.AppendString(nil, value)
		if slices.Contains(a.template.Names(), name) && !a.fits(value) {
			return nil, misconfigured("it may hold letters, digits, and . - _ ~", "configuration value %q cannot be part of the token address %q", name, a.text)
		}
	}
	rendered, err := a.template.Render(env)
	if absent, ok := errors.AsType[*template.MissingError](err); ok {
		return nil, misconfigured("set it", "configuration value %q is missing, which the token address %q needs", absent.Name, a.text)
	}
	if err != nil {
		return nil, misconfigured("mend the manifest", "token address %q: %v", a.text, err)
	}
	return a.parse(strings.TrimSpace(rendered))
}

// fits reports whether a value can do no more in the address than fill its
// place: a "/" or "#" in it would send the credentials to another host. A
// template that begins with a variable has its whole origin configured.
func (a *address) fits(value string) bool {
	const harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~"
	return strings.HasPrefix(strings.TrimSpace(a.text), "{{") || strings.Trim(value, harmless) == ""
}

func (a *address) parse(rendered string) (*url.URL, error) {
	u, err := url.Parse(rendered)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return nil, misconfigured("it must be an absolute https url", "token address %q is not usable", a.text)
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !settings.IsLoopback(u.Hostname())) {
		return nil, misconfigured("credentials travel by https alone", "token address %q is not https", a.text)
	}
	return u, nil
}
