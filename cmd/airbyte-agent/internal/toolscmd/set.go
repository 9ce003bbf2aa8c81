package toolscmd

import (
	"context"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// request says which tools are looked at.
type request struct {
	target            target.Target
	offline           bool
	perAction         bool
	readOnly          bool
	allow, deny       []string
	name, description string
	descriptionBudget int
}

func (r *request) flags(flags *pflag.FlagSet) {
	r.target.Flags(flags)
	flags.BoolVar(&r.offline, "offline", false, "take what this program knows of a hosted connector and ask nobody; needs no credentials")
	flags.BoolVar(&r.perAction, "per-action", false, "one tool for each operation instead of one for all")
	flags.BoolVar(&r.readOnly, "read-only", false, "leave out what changes data")
	flags.StringSliceVar(&r.allow, "allow", nil, "only these operations, such as issues.* or *.list")
	flags.StringSliceVar(&r.deny, "deny", nil, "not these operations; wins over --allow")
	flags.StringVar(&r.name, "name", "", "name of the tool, or with --per-action the start of each name (default from the connector)")
	flags.StringVar(&r.description, "description", "", "text to put before the generated description")
	flags.IntVar(&r.descriptionBudget, "description-budget", tools.DefaultDescriptionBudget, "most characters of a description, 0 for any number")
}

// set makes the tools. The caller closes the connector.
func (r *request) set(ctx context.Context, a *app.App) (*connector.Connector, *tools.Set, error) {
	conn, err := r.open(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	set, err := tools.New(conn, r.options()...)
	if err != nil {
		_ = conn.Close() // it was never called
		return nil, nil, failure.InvalidOption(err)
	}
	return conn, set, nil
}

func (r *request) open(ctx context.Context, a *app.App) (*connector.Connector, error) {
	if !r.offline || r.target.IsDirect() {
		return r.target.Describe(ctx, a)
	}
	if err := r.target.Check(); err != nil {
		return nil, err
	}
	if r.target.ID != "" {
		return nil, failure.Invalid("--offline cannot tell what a connector of that id is").WithHint("give its type with --connector")
	}
	m, err := r.target.LoadManifest()
	if err != nil {
		return nil, err
	}
	// An id spares the look-up, and nothing calls the connector afterwards.
	return connector.Connect(ctx, m.Name(), "offline",
		connector.WithConnectorID("not-used"), connector.WithCredentials("not-used", "not-used"))
}

func (r *request) options() []tools.Option {
	opts := []tools.Option{tools.WithDescriptionBudget(r.descriptionBudget), tools.WithDescription(r.description), tools.WithDeny(r.deny...)}
	if r.name != "" {
		opts = append(opts, tools.WithName(r.name))
	}
	if len(r.allow) > 0 {
		opts = append(opts, tools.WithAllow(r.allow...))
	}
	if r.perAction {
		opts = append(opts, tools.WithPerAction())
	}
	if r.readOnly {
		opts = append(opts, tools.WithReadOnly())
	}
	return opts
}
