package target

import (
	"context"
	"errors"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/connector"
)

// The modes.
const (
	Hosted = "hosted"
	Direct = "direct"
)

// Target says which connector, and how it is reached.
type Target struct {
	ID        string // hosted: the connector's id, instead of Name
	Name      string // its name, the name of its type or the type's slug
	Workspace string // hosted: "" for the usual one

	Mode        string            // Hosted, Direct, or "" for Hosted unless Manifest is given
	Manifest    string            // direct: a connector.yaml; "" for the one of that name in this program
	Credentials string            // direct: @file, @- or - with a JSON object; "" for the environment
	Config      map[string]string // direct: as connector.WithConfig
	AuthScheme  string            // direct: as connector.WithAuthScheme

	Options []connector.Option // further ones, which win, in either mode
}

// ModeFlags adds the flags that choose the mode, for commands whose parameters
// already name the connector.
func (t *Target) ModeFlags(flags *pflag.FlagSet) {
	flags.Var((*mode)(&t.Mode), "mode", "hosted, or direct: call the service itself, with credentials from the environment (default hosted)")
	flags.StringVar(&t.Manifest, "manifest", "", "connector.yaml of the service, for direct mode")
	flags.StringVar(&t.Credentials, "service-credentials", "", "the service's credentials for direct mode: a JSON object in @file, or - for standard input")
	flags.StringToStringVar(&t.Config, "config", nil, "server variables and other settings of the manifest, as key=value")
	flags.StringVar(&t.AuthScheme, "auth-scheme", "", "which of the manifest's ways to authenticate, where it has several")
}

// mode is the flag of a mode. It refuses any other word while the command line is
// read, before anything is looked for in that mode.
type mode string

// String returns the mode, for pflag.
func (m *mode) String() string { return string(*m) }

// Choices returns the modes, for package completion.
func (m *mode) Choices() []string { return []string{Hosted, Direct} }

// Type names the value in the help text.
func (m *mode) Type() string { return "string" }

// Set takes a mode.
func (m *mode) Set(text string) error {
	if text != Hosted && text != Direct {
		return errors.New("use hosted or direct")
	}
	*m = mode(text)
	return nil
}

// Flags adds the flags that name the connector, and those of ModeFlags.
func (t *Target) Flags(flags *pflag.FlagSet) {
	flags.StringVar(&t.Name, "connector", "", "name of the connector, such as pylon")
	flags.StringVar(&t.ID, "connector-id", "", "its id, instead of the name; then nothing is looked up")
	flags.StringVar(&t.Workspace, "workspace", "", "workspace it is in (default AIRBYTE_WORKSPACE, the settings file's, or default)")
	t.ModeFlags(flags)
}

// IsDirect reports whether the service is called by this process.
func (t *Target) IsDirect() bool { return t.Mode == Direct || (t.Mode == "" && t.Manifest != "") }

// Check says which of the target's members contradict each other.
func (t *Target) Check() error {
	switch {
	case t.ID != "" && t.Name != "":
		return failure.Invalid("give the connector's name or its id, not both")
	case t.ID == "" && t.Name == "" && t.Manifest == "":
		return failure.Invalid("no connector is named").WithHint("give its name, such as pylon, or its id")
	}
	return t.checkMode()
}

// checkMode refuses what the mode does not have.
func (t *Target) checkMode() error {
	direct := t.Manifest != "" || t.Credentials != "" || len(t.Config) > 0 || t.AuthScheme != ""
	switch {
	case !t.IsDirect() && direct:
		return failure.Invalid("--manifest, --service-credentials, --config and --auth-scheme are for direct mode").WithHint("add --mode direct")
	case t.IsDirect() && t.ID != "":
		return failure.Invalid("an id names a hosted connector, not one of direct mode").WithHint("give its name")
	case t.IsDirect() && t.Workspace != "":
		return failure.Invalid("direct mode has no workspaces").WithHint("leave --workspace out")
	}
	return nil
}

// Open opens the connector. In direct mode what the environment lacks of the
// service's credentials is asked for on a terminal. The caller closes it.
func (t *Target) Open(ctx context.Context, a *app.App) (*connector.Connector, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if t.IsDirect() {
		return t.openDirect(ctx, a, t.credentials)
	}
	return t.connect(ctx, a)
}

// Describe is Open for commands that show what a connector can do and never
// call it: in direct mode it needs no credentials.
func (t *Target) Describe(ctx context.Context, a *app.App) (*connector.Connector, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if t.IsDirect() {
		return t.openDirect(ctx, a, standIns)
	}
	return t.connect(ctx, a)
}

func (t *Target) connect(ctx context.Context, a *app.App) (*connector.Connector, error) {
	a.CheckSettings()
	opts := append(a.ConnectorOptions(), t.Options...)
	if t.ID == "" {
		return connector.Connect(ctx, t.Name, t.Workspace, opts...)
	}
	return connectID(ctx, a, t.ID, opts)
}

// connectID opens a connector by its id. What it can do is known by its type,
// which the platform tells.
func connectID(ctx context.Context, a *app.App, id string, opts []connector.Option) (*connector.Connector, error) {
	client, err := a.Client()
	if err != nil {
		return nil, err
	}
	found, err := client.Connector(ctx, id)
	if err != nil {
		return nil, err
	}
	return connector.Connect(ctx, typeName(found), "", append(opts, connector.WithConnectorID(id))...)
}
