package direct

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

var (
	placeholder = regexp.MustCompile(`\{([^{}]*)\}`)
	hostPart    = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?$`)
	pathPart    = regexp.MustCompile(`^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$`)
)

// server makes the address that paths are appended to.
type server struct {
	template  string
	variables []manifest.Variable
	fixed     *url.URL // nil when a part of it comes with a token
}

// newServer checks the address as far as it is known. A part that only comes
// with a token is filled in for each call.
func newServer(doc *manifest.Document, override string, values map[string]string) (*server, error) {
	if override != "" {
		u, err := checkAddress(override)
		if err != nil {
			return nil, configError("base URL: %v", err)
		}
		return &server{fixed: u}, nil
	}
	if doc.Server == nil || doc.Server.URL == "" {
		return nil, configError("the manifest of %s names no server; give its address with WithBaseURL", doc.Name)
	}
	s := &server{template: strings.TrimSuffix(doc.Server.URL, "/"), variables: doc.Server.Variables}
	if s.waitsForToken(doc, values) {
		return s, nil
	}
	u, err := s.resolve(values)
	if err != nil {
		return nil, err
	}
	s.fixed = u
	return s, nil
}

func (s *server) waitsForToken(doc *manifest.Document, values map[string]string) bool {
	for _, match := range placeholder.FindAllStringSubmatch(s.template, -1) {
		extracted := slices.ContainsFunc(doc.Schemes, func(scheme manifest.Scheme) bool {
			return scheme.OAuth != nil && slices.Contains(scheme.OAuth.Extract, match[1])
		})
		if extracted && values[match[1]] == "" {
			return true
		}
	}
	return false
}

// address is the base of one call.
func (s *server) address(values, extracted map[string]string) (*url.URL, error) {
	if s.fixed != nil && (len(extracted) == 0 || s.template == "") {
		return s.fixed, nil
	}
	merged := make(map[string]string, len(values)+len(extracted))
	for _, from := range []map[string]string{values, extracted} {
		maps.Copy(merged, from)
	}
	return s.resolve(merged)
}

func (s *server) resolve(values map[string]string) (*url.URL, error) {
	var b strings.Builder
	rest := s.template
	for {
		at := placeholder.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		b.WriteString(rest[:at[0]])
		name := rest[at[2]:at[3]]
		value, err := s.value(name, values, b.String())
		if err != nil {
			return nil, err
		}
		b.WriteString(value)
		rest = rest[at[1]:]
	}
	b.WriteString(rest)
	u, err := checkAddress(b.String())
	if err != nil {
		return nil, configError("server address: %v", err)
	}
	return u, nil
}

// value is what stands for {name} after the part of the address before it.
func (s *server) value(name string, values map[string]string, before string) (string, error) {
	value := strings.TrimSuffix(values[name], "/")
	if value == "" {
		return "", s.unset(name)
	}
	i := slices.IndexFunc(s.variables, func(v manifest.Variable) bool { return v.Name == name })
	if i >= 0 && len(s.variables[i].Enum) > 0 && values[name] != s.variables[i].Default && !slices.Contains(s.variables[i].Enum, values[name]) {
		e := configError("configuration value %s cannot be %q", name, values[name])
		e.Allowed = s.variables[i].Enum
		e.Hint = "use one of: " + strings.Join(e.Allowed, ", ")
		return "", e
	}
	_, authority, inAddress := strings.Cut(before, "://")
	switch {
	case before == "": // the whole origin
		_, err := checkAddress(value)
		if err != nil {
			return "", configError("configuration value %s: %v", name, err)
		}
	case inAddress && !strings.Contains(authority, "/"):
		if !hostPart.MatchString(value) || strings.Contains(value, "..") {
			return "", configError("configuration value %s is %q, which is no part of a host name; give the name alone, without https:// or a path", name, value)
		}
	case !pathPart.MatchString(value):
		return "", configError("configuration value %s is %q, which is no single part of a path", name, value)
	}
	return value, nil
}

func (s *server) unset(name string) error {
	e := configError("the service's address %s needs the configuration value %s", s.template, name)
	e.Hint = fmt.Sprintf("set it with WithConfig(map[string]string{%q: ...})", name)
	if i := slices.IndexFunc(s.variables, func(v manifest.Variable) bool { return v.Name == name }); i >= 0 && s.variables[i].Description != "" {
		e.Hint += ": " + s.variables[i].Description
	}
	return e
}

// checkAddress reads an absolute address that credentials may be sent to.
func checkAddress(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%q is no URL", text)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("%q must begin with https://", text)
	case u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(text, "#?"):
		return nil, fmt.Errorf("%q must be a host with an optional path, without user, query or fragment", text)
	case u.Scheme == "http" && !settings.IsLoopback(u.Hostname()):
		return nil, fmt.Errorf("%q would send credentials in the clear; use https", text)
	}
	return u, nil
}
