package auth

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// present drops empty values: a variable of the environment that is not set
// must not count as a credential.
func present(credentials map[string]string) map[string]string {
	given := maps.Clone(credentials)
	maps.DeleteFunc(given, func(_, value string) bool { return value == "" })
	return given
}

// choose returns the scheme to use, nil when the manifest has none. All that
// it requires is given.
func choose(schemes []manifest.Scheme, name string, given map[string]string) (*manifest.Scheme, error) {
	if len(schemes) == 0 {
		return nil, checkNone(name, given)
	}
	if name != "" {
		return chooseNamed(schemes, name, given)
	}
	if err := checkKnown(schemes, given); err != nil {
		return nil, err
	}
	if len(given) == 0 && takesAny(schemes) {
		return nil, misconfigured("give the service's own: "+needs(schemes), "credentials are missing")
	}
	if len(schemes) == 1 {
		return &schemes[0], checkComplete(&schemes[0], given)
	}
	return chooseFitting(schemes, given)
}

func checkNone(name string, given map[string]string) error {
	if name != "" {
		return misconfigured("leave the name out", "there is no authentication scheme %q: the manifest has none", name)
	}
	if len(given) > 0 {
		return misconfigured("leave them out", "credentials that nothing takes: %s; the manifest has no authentication scheme", list(sortedKeys(given)))
	}
	return nil
}

// chooseNamed takes the program's word. Credentials of other schemes do not
// matter then: to name the scheme is how one says which of them count.
func chooseNamed(schemes []manifest.Scheme, name string, given map[string]string) (*manifest.Scheme, error) {
	if err := checkKnown(schemes, given); err != nil {
		return nil, err
	}
	for i := range schemes {
		if schemes[i].Name == name {
			return &schemes[i], checkComplete(&schemes[i], given)
		}
	}
	names := schemeNames(schemes)
	e := misconfigured("the schemes are: "+list(names), "unknown authentication scheme %q", name)
	e.Allowed, e.DidYouMean = names, suggest.Nearest(name, names)
	return nil, e
}

// chooseFitting picks the scheme with the most required credentials given.
// Full OAuth credentials may well contain those of a plain token.
func chooseFitting(schemes []manifest.Scheme, given map[string]string) (*manifest.Scheme, error) {
	var fitting []manifest.Scheme
	most := 0
	for _, s := range schemes {
		required := requiredNames(&s)
		if len(missing(required, given)) > 0 || len(required) < most {
			continue
		}
		if len(required) > most {
			fitting, most = nil, len(required)
		}
		fitting = append(fitting, s)
	}
	switch len(fitting) {
	case 0:
		return nil, misconfigured("each way needs all of: "+needs(schemes), "the credentials %s fit no authentication scheme", list(sortedKeys(given)))
	case 1:
		return &fitting[0], checkUsed(&fitting[0], given)
	default:
		names := schemeNames(fitting)
		e := misconfigured("name the scheme to use, or give the credentials of one alone",
			"the credentials %s fit several authentication schemes: %s", list(sortedKeys(given)), list(names))
		e.Allowed = names
		return nil, e
	}
}

// checkKnown refuses credentials that no scheme knows.
func checkKnown(schemes []manifest.Scheme, given map[string]string) error {
	known := knownNames(schemes...)
	for _, name := range sortedKeys(given) {
		if slices.Contains(known, name) {
			continue
		}
		e := misconfigured("the service takes: "+needs(schemes), "unknown credential %q", name)
		e.Allowed, e.DidYouMean = known, suggest.Nearest(name, known)
		return e
	}
	return nil
}

// checkUsed refuses credentials that the scheme found by them does not use:
// the program may have meant another one.
func checkUsed(s *manifest.Scheme, given map[string]string) error {
	known := knownNames(*s)
	for _, name := range sortedKeys(given) {
		if !slices.Contains(known, name) {
			return misconfigured("leave it out, or name the scheme to use",
				"credential %q belongs to another authentication scheme than %s, which the others fit", name, s.Name)
		}
	}
	return nil
}

func checkComplete(s *manifest.Scheme, given map[string]string) error {
	absent := missing(requiredNames(s), given)
	if len(absent) == 0 {
		return nil
	}
	return &fault.Error{
		Kind:    fault.Config,
		Message: fmt.Sprintf("credentials are missing or empty: %s", list(absent)),
		Hint:    "the service takes: " + needs([]manifest.Scheme{*s}),
	}
}

func missing(required []string, given map[string]string) []string {
	var absent []string
	for _, name := range required {
		if given[name] == "" {
			absent = append(absent, name)
		}
	}
	return absent
}

func takesAny(schemes []manifest.Scheme) bool { return len(knownNames(schemes...)) > 0 }

// knownNames are the credentials that the schemes take, in the order of the
// manifest.
func knownNames(schemes ...manifest.Scheme) []string {
	var names []string
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for i := range schemes {
		for _, f := range schemes[i].Fields {
			add(f.Name)
		}
		for _, name := range requiredNames(&schemes[i]) {
			add(name)
		}
	}
	return names
}

func schemeNames(schemes []manifest.Scheme) []string {
	names := make([]string, len(schemes))
	for i := range schemes {
		names[i] = schemes[i].Name
	}
	return names
}

// needs tells what each scheme takes, such as
// "token (personalAccessToken) or refresh_token, optionally access_token (oauth2)".
func needs(schemes []manifest.Scheme) string {
	ways := make([]string, len(schemes))
	for i := range schemes {
		required := requiredNames(&schemes[i])
		optional := slices.DeleteFunc(knownNames(schemes[i]), func(name string) bool { return slices.Contains(required, name) })
		var parts []string
		if len(required) > 0 {
			parts = append(parts, list(required))
		}
		if len(optional) > 0 {
			parts = append(parts, "optionally "+list(optional))
		}
		ways[i] = strings.Join(parts, ", ") + " (" + schemes[i].Name + ")"
	}
	return strings.Join(ways, " or ")
}
