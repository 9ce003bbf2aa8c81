package tools

import (
	"path"
	"slices"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/action"
)

// policy says which operations a model may use.
type policy struct {
	readOnly    bool
	allow, deny []string
}

// permits reports whether the policy lets an operation through.
func (p policy) permits(entity, verb string) bool {
	name := entity + "." + verb
	switch {
	case p.readOnly && action.Of(verb) != action.Read:
		return false
	case matchesAny(p.deny, name):
		return false
	default:
		return len(p.allow) == 0 || matchesAny(p.allow, name)
	}
}

func matchesAny(globs []string, name string) bool {
	return slices.ContainsFunc(globs, func(glob string) bool {
		ok, _ := path.Match(glob, name) // a malformed glob was refused before
		return ok
	})
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
			if p.permits(e.Name, a.Name) {
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
	for _, glob := range slices.Concat(p.allow, p.deny) {
		used := slices.ContainsFunc(entities, func(e connector.Entity) bool {
			return slices.ContainsFunc(e.Actions, func(a connector.Action) bool {
				return matchesAny([]string{glob}, e.Name+"."+a.Name)
			})
		})
		if !used {
			return configError("glob %q matches no operation; it is entity.action, such as issues.list", glob)
		}
	}
	return nil
}
