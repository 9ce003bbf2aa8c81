package tools

import (
	"regexp"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
)

// policy says which operations a model may use.
type policy struct {
	readOnly    bool
	allow, deny []glob
}

// glob is a pattern of entity.action in which * stands for any text and ? for
// any one character. Case does not count: a service may not mind it, so that a
// denied delete must not come back as Delete.
type glob struct {
	text    string
	pattern *regexp.Regexp
}

func newGlob(text string) (glob, error) {
	if !legalGlob.MatchString(text) {
		return glob{}, configError("glob %q is malformed; use entity.action with *, such as issues.* or *.list", text)
	}
	pattern := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(text))
	return glob{text: text, pattern: regexp.MustCompile(`(?is)^` + pattern + `$`)}, nil
}

// legalGlob keeps out what is a pattern elsewhere but not here.
var legalGlob = regexp.MustCompile(`^[a-zA-Z0-9_.*?-]+$`)

func newGlobs(texts []string) ([]glob, error) {
	globs := make([]glob, len(texts))
	for i, text := range texts {
		var err error
		if globs[i], err = newGlob(text); err != nil {
			return nil, err
		}
	}
	return globs, nil
}

func matchesAny(globs []glob, name string) bool {
	return slices.ContainsFunc(globs, func(g glob) bool { return g.pattern.MatchString(name) })
}

// permits reports whether the policy lets an operation of that effect through.
func (p policy) permits(entity, verb string, effect connector.Effect) bool {
	entity, verb = strings.TrimSpace(entity), strings.TrimSpace(verb)
	name := entity + "." + verb
	switch {
	case p.readOnly && effect != connector.Read:
		return false
	case matchesAny(p.deny, name):
		return false
	default:
		return len(p.allow) == 0 || matchesAny(p.allow, name)
	}
}

// filter returns the entities with the permitted actions only. A glob that
// matches nothing and a policy that leaves nothing are errors.
func (p policy) filter(entities []connector.Entity) ([]connector.Entity, error) {
	if err := p.checkUse(entities); err != nil {
		return nil, err
	}
	var kept []connector.Entity
	for _, e := range entities {
		all := e.Actions
		e.Actions = nil
		for _, a := range all {
			if p.permits(e.Name, a.Name, a.Effect) {
				e.Actions = append(e.Actions, a)
			}
		}
		if len(e.Actions) > 0 {
			kept = append(kept, e)
		}
	}
	if len(kept) == 0 && len(entities) > 0 {
		return nil, configError("the policy leaves no operation; widen WithAllow or narrow WithDeny")
	}
	return kept, nil
}

// checkUse finds globs that match no operation of the connector.
func (p policy) checkUse(entities []connector.Entity) error {
	if len(entities) == 0 {
		return nil // the operations are not known
	}
	for _, g := range slices.Concat(p.allow, p.deny) {
		used := slices.ContainsFunc(entities, func(e connector.Entity) bool {
			return slices.ContainsFunc(e.Actions, func(a connector.Action) bool {
				return g.pattern.MatchString(e.Name + "." + a.Name)
			})
		})
		if !used {
			return configError("glob %q matches no operation; it is entity.action, such as issues.list", g.text)
		}
	}
	return nil
}
