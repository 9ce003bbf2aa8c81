package mcp

import (
	"fmt"
	"log/slog"

	"github.com/agentsdk-go/airbyte/connector"
)

// The names that a server gives itself unless the options say otherwise.
const (
	DefaultName    = "airbyte-agent-connectors"
	DefaultVersion = "dev"
)

// Option sets one thing of a server that NewServer makes. A nil one is skipped, a
// wrong value is an error that matches connector.ErrConfig.
type Option func(*config) error

type config struct {
	name, version string
	resources     bool
	prompts       bool
	structured    bool
	instructions  string // "" for those of the set
	logger        *slog.Logger
}

func newConfig(opts []Option) (*config, error) {
	cfg := &config{name: DefaultName, version: DefaultVersion, resources: true, prompts: true, structured: true, logger: slog.New(slog.DiscardHandler)}
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

// WithName sets the name under which clients know the server. Default:
// DefaultName.
func WithName(name string) Option {
	return func(cfg *config) error {
		cfg.name = name
		return notEmpty("WithName", name)
	}
}

// WithVersion sets the version that the server tells its clients, which is that
// of the program. Default: DefaultVersion.
func WithVersion(version string) Option {
	return func(cfg *config) error {
		cfg.version = version
		return notEmpty("WithVersion", version)
	}
}

// WithoutResources leaves out the resources.
func WithoutResources() Option {
	return func(cfg *config) error {
		cfg.resources = false
		return nil
	}
}

// WithoutPrompts leaves out the prompts.
func WithoutPrompts() Option {
	return func(cfg *config) error {
		cfg.prompts = false
		return nil
	}
}

// WithoutStructured leaves out the structured content of results, which repeats
// their text for programs. It halves what is sent, and what some clients put
// before the model.
func WithoutStructured() Option {
	return func(cfg *config) error {
		cfg.structured = false
		return nil
	}
}

// WithInstructions replaces the instructions that clients put before the model.
// Some cut them: Claude Code after MaxInstructions bytes. Default: see NewServer.
func WithInstructions(text string) Option {
	return func(cfg *config) error {
		cfg.instructions = text
		return notEmpty("WithInstructions", text)
	}
}

// WithLogger has the server log to l: sessions as they come and go, and the
// failures of calls with what the model is not told of them. Default: none. Over
// standard input and output l must not write to standard output, which belongs
// to the protocol.
func WithLogger(l *slog.Logger) Option {
	return func(cfg *config) error {
		if l == nil {
			return configError("WithLogger got no logger; leave it out for none")
		}
		cfg.logger = l
		return nil
	}
}

func notEmpty(option, value string) error {
	if value == "" {
		return configError("%s got an empty text", option)
	}
	return nil
}

func configError(format string, args ...any) error {
	return fmt.Errorf("mcp: %s: %w", fmt.Sprintf(format, args...), connector.ErrConfig)
}
