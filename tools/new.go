package tools

import (
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
)

// New makes the tools of a connector: one that executes any operation, named
// "<connector>_execute" with the arguments entity, action and params, or with
// WithPerAction one for each operation.
//
// Errors match connector.ErrConfig: a name or glob that is not legal, a policy
// that leaves nothing, a description over its budget.
func New(c *connector.Connector, opts ...Option) (*Set, error) {
	if c == nil {
		return nil, configError("New got no connector")
	}
	cfg, err := newConfig(opts)
	if err != nil {
		return nil, err
	}
	if cfg.effect != "" || cfg.capabilities != nil {
		return nil, configError("WithEffect and WithCapabilities are for Func; New knows both from the connector")
	}
	entities, err := cfg.policy.filter(callable(c))
	if err != nil {
		return nil, err
	}
	b := &builder{config: cfg, conn: c, caps: capabilities{connector: c, entities: entities, readOnly: cfg.policy.readOnly}}
	if cfg.perAction {
		return b.perAction()
	}
	t, err := b.execute()
	if err != nil {
		return nil, err
	}
	return NewSet(t)
}

// builder makes the tools of one connector.
type builder struct {
	*config
	conn *connector.Connector
	caps capabilities
}

// toolName returns the configured name, or the connector's with a suffix.
func (b *builder) toolName(suffix string) string {
	if b.name != "" && !b.config.perAction {
		return b.name
	}
	prefix := b.name
	if prefix == "" {
		prefix = namePart(b.conn.Name())
	}
	return prefix + "_" + suffix
}

// illegal are the characters that a tool's name cannot have.
var illegal = regexp.MustCompile(`[^a-zA-Z0-9_-]+`)

// namePart makes a connector's name fit for the start of a tool's name, with
// room for what follows.
func namePart(name string) string {
	const most = 32
	part := strings.Trim(illegal.ReplaceAllString(strings.ToLower(name), "_"), "_")
	if part == "" {
		return "connector"
	}
	return part[:min(len(part), most)]
}

// worst returns the effect that the most harmful of the operations has.
func worst(entities []connector.Entity) connector.Effect {
	effect := connector.Read
	for _, e := range entities {
		for _, a := range e.Actions {
			if a.Effect == connector.Destroy {
				return connector.Destroy
			}
			if a.Effect == connector.Write {
				effect = connector.Write
			}
		}
	}
	return effect
}
