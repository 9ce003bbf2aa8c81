package auth

import (
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// The parts of schemes, which the mapping makes of the credentials.
const (
	partToken        = "token"
	partUsername     = "username"
	partPassword     = "password"
	partAPIKey       = "api_key"
	partAccessToken  = "access_token"
	partRefreshToken = "refresh_token"
	partClientID     = "client_id"
	partClientSecret = "client_secret"
)

// variables lists the names in ${} of a mapping's value.
func variables(text string) []string {
	var names []string
	expand(text, func(name string) string {
		names = append(names, name)
		return ""
	})
	return names
}

// expand replaces every ${name} in one pass: a value that itself holds
// ${other} stays as it is. An opening without an end is plain text.
func expand(text string, value func(name string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			b.WriteString("${" + rest)
			return b.String()
		}
		b.WriteString(value(name))
		text = after
	}
}

// requiredNames are the credentials that a scheme cannot do without.
func requiredNames(s *manifest.Scheme) []string {
	if !s.AllRequired {
		return s.Required
	}
	var names []string
	for _, entry := range s.Mapping {
		for _, name := range variables(entry.Value) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// mapped makes the parts of a scheme. An entry whose credential is absent is
// left out; that no required one is absent was checked before.
func mapped(s *manifest.Scheme, given map[string]string) map[string]string {
	parts := map[string]string{}
	for _, entry := range s.Mapping {
		absent := func(name string) bool { return given[name] == "" }
		if !slices.ContainsFunc(variables(entry.Value), absent) {
			parts[entry.Name] = expand(entry.Value, func(name string) string { return given[name] })
		}
	}
	return parts
}
