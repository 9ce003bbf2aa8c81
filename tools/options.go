package tools

import (
	"fmt"

	"github.com/agentsdk-go/airbyte/connector"
)

// The defaults of the options.
const (
	DefaultDescriptionBudget = 1024    // characters of a description
	DefaultMaxOutput         = 100_000 // characters of an output
)

// Option sets one thing of the tools that New and Func make. A wrong value is
// an error that matches connector.ErrConfig.
type Option func(*config) error

type config struct {
	name              string
	description       string
	generated         bool
	descriptionBudget int
	maxOutput         int
	retries           int
	pages             int
	perAction         bool
	policy            policy
	effect            connector.Effect // "" unless WithEffect set it
	capabilities      *connector.Connector
}

func newConfig(opts []Option) (*config, error) {
	cfg := &config{
		generated:         true,
		descriptionBudget: DefaultDescriptionBudget,
		maxOutput:         DefaultMaxOutput,
		pages:             1,
	}
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(cfg); err != nil {
			return nil, err
		}
	}
	return cfg, nil
}

func configError(format string, args ...any) error {
	return fmt.Errorf("tools: %s: %w", fmt.Sprintf(format, args...), connector.ErrConfig)
}

// WithName names the execute tool. Default: "<connector>_execute". With
// WithPerAction it replaces the connector's name at the start of each tool's.
func WithName(name string) Option {
	return func(cfg *config) error {
		cfg.name = name
		return checkName(name)
	}
}

// WithDescription puts text before the generated description; with WithPerAction,
// before that of every tool.
func WithDescription(text string) Option {
	return func(cfg *config) error {
		cfg.description = text
		return nil
	}
}

// WithoutGeneratedDescription leaves only the text of WithDescription.
func WithoutGeneratedDescription() Option {
	return func(cfg *config) error {
		cfg.generated = false
		return nil
	}
}

// WithDescriptionBudget sets the most characters of a tool's description, 0 for
// no limit. Default: 1,024, because several OpenAI deployments refuse more. Text
// of WithDescription that does not fit is an error; the generated part shrinks.
func WithDescriptionBudget(chars int) Option {
	return func(cfg *config) error {
		cfg.descriptionBudget = chars
		return notNegative("description budget", chars)
	}
}

// WithMaxOutput sets the most characters of an output, 0 for no limit. Default:
// 100,000. A failure is shortened too; its envelope alone takes some 300
// characters, and a limit below that cannot be kept.
func WithMaxOutput(chars int) Option {
	return func(cfg *config) error {
		cfg.maxOutput = chars
		return notNegative("max output", chars)
	}
}

// WithRetries sets how often a read that failed for a passing reason is
// repeated before the model hears of it, beside what the connector itself
// repeats: 2 there (its own default) and 2 here are up to 9 requests. Default: 0.
// Writes are never repeated here.
func WithRetries(n int) Option {
	return func(cfg *config) error {
		cfg.retries = n
		return notNegative("retries", n)
	}
}

// WithPages has one call of a read follow the service's pages, up to n of them.
// Default: 1. Their records become one array, as long as they keep within the
// output limit; meta is that of the last page in it, so that its cursor goes on
// where the array ends. When a later page cannot be read, the result holds the
// pages before it, and meta says that the list is incomplete and why. Writes are
// never followed.
func WithPages(n int) Option {
	return func(cfg *config) error {
		cfg.pages = n
		if n < 1 {
			return configError("pages is %d; use 1 or more", n)
		}
		return nil
	}
}

// WithReadOnly leaves out every action that changes something, whatever
// WithAllow says.
func WithReadOnly() Option {
	return func(cfg *config) error {
		cfg.policy.readOnly = true
		return nil
	}
}

// WithAllow leaves out every operation that matches none of the globs, which
// are of the form entity.action with * for any text: "issues.*", "*.list". Case
// does not count. Several WithAllow add up.
// A glob that matches no operation is an error of New: a typo in a policy must
// not go unnoticed.
func WithAllow(globs ...string) Option {
	return func(cfg *config) error {
		if len(globs) == 0 {
			return configError("WithAllow got no globs, which would permit everything; leave it out, or name operations")
		}
		parsed, err := newGlobs(globs)
		cfg.policy.allow = append(cfg.policy.allow, parsed...)
		return err
	}
}

// WithDeny leaves out every operation that matches one of the globs. It wins
// over WithAllow.
func WithDeny(globs ...string) Option {
	return func(cfg *config) error {
		parsed, err := newGlobs(globs)
		cfg.policy.deny = append(cfg.policy.deny, parsed...)
		return err
	}
}

// WithPerAction makes one tool per operation, each with its real schema, in
// place of the one execute tool. Narrow the operations with WithAllow: models
// choose worse among more than some 30 tools, and OpenAI takes at most 128.
func WithPerAction() Option {
	return func(cfg *config) error {
		cfg.perAction = true
		return nil
	}
}

// WithEffect says what a Func may do. Default: connector.Write, or with
// WithCapabilities the most that the permitted operations may do.
func WithEffect(effect connector.Effect) Option {
	return func(cfg *config) error {
		cfg.effect = effect
		switch effect {
		case connector.Read, connector.Write, connector.Destroy:
			return nil
		default:
			return configError("effect %q is none of read, write and destroy", effect)
		}
	}
}

// WithCapabilities is for a Func that passes calls on to conn: its arguments have
// the JSON names entity, action and params. What conn can do is added to the
// description and to the schema of these arguments, and WithReadOnly, WithAllow
// and WithDeny hold for them before the function runs.
func WithCapabilities(conn *connector.Connector) Option {
	return func(cfg *config) error {
		if conn == nil {
			return configError("WithCapabilities got no connector")
		}
		cfg.capabilities = conn
		return nil
	}
}

func notNegative(what string, n int) error {
	if n < 0 {
		return configError("%s is %d; use 0 or more", what, n)
	}
	return nil
}
