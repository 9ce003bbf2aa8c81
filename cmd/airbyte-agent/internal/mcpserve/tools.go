package mcpserve

import (
	"context"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// toolFlags say which tools are served.
type toolFlags struct {
	names, ids  []string
	common      target.Target // what all connectors share
	readOnly    bool
	perAction   bool
	allow, deny []string
	pages       int
	maxOutput   int
}

func (f *toolFlags) add(flags *pflag.FlagSet) {
	flags.StringSliceVar(&f.names, "connector", nil, "name of the connector, such as pylon; repeat it to serve several")
	flags.StringSliceVar(&f.ids, "connector-id", nil, "its id, instead of the name; then nothing is looked up")
	flags.StringVar(&f.common.Workspace, "workspace", "", "workspace it is in (default AIRBYTE_WORKSPACE, the settings file's, or default)")
	f.common.ModeFlags(flags)
	flags.BoolVar(&f.readOnly, "read-only", false, "leave out what changes data")
	flags.StringSliceVar(&f.allow, "allow", nil, "only these operations, such as issues.* or *.list")
	flags.StringSliceVar(&f.deny, "deny", nil, "not these operations; wins over --allow")
	flags.BoolVar(&f.perAction, "per-action", false, "one tool for each operation instead of one for all")
	flags.IntVar(&f.pages, "pages", 1, "most pages that one call reads of a list")
	flags.IntVar(&f.maxOutput, "max-output", tools.DefaultMaxOutput, "most characters of a result, 0 for any number")
}

// targets are the connectors to serve.
func (f *toolFlags) targets() []target.Target {
	var all []target.Target
	for _, name := range f.names {
		one := f.common
		one.Name = name
		all = append(all, one)
	}
	for _, id := range f.ids {
		one := f.common
		one.ID = id
		all = append(all, one)
	}
	if len(all) == 0 { // a manifest names its connector
		all = append(all, f.common)
	}
	return all
}

func (f *toolFlags) check(stdio bool) error {
	all := f.targets()
	for _, one := range all {
		if err := one.Check(); err != nil {
			return err
		}
	}
	switch creds := f.common.Credentials; {
	case len(all) > 1 && f.common.Manifest != "":
		return failure.Invalid("a manifest is of one connector").WithHint("give --connector once, or start a server for each manifest")
	case len(all) > 1 && creds != "":
		return failure.Invalid("--service-credentials are those of one connector").WithHint("set the credentials of several in the environment")
	case stdio && (creds == "-" || creds == "@-"):
		return failure.Invalid("standard input belongs to the protocol, and cannot hold credentials").WithHint("give them in @file or in the environment")
	}
	return nil
}

// open opens the connectors and returns their tools as one set. Done closes the
// connectors.
func (f *toolFlags) open(ctx context.Context, a *app.App) (set *tools.Set, done func(), err error) {
	var opened []*connector.Connector
	done = func() {
		for _, conn := range opened {
			_ = conn.Close() // only idle connections: nothing depends on it
		}
	}
	var sets []*tools.Set
	for _, one := range f.targets() {
		conn, err := one.Open(ctx, a)
		if err != nil {
			done()
			return nil, nil, err
		}
		opened = append(opened, conn)
		set, err := tools.New(conn, f.options()...)
		if err != nil {
			done()
			return nil, nil, f.invalid(conn, err)
		}
		sets = append(sets, set)
	}
	if set, err = tools.Join(sets...); err != nil {
		done()
		return nil, nil, failure.Invalid("these connectors cannot be served together: tools of the same name").
			WithHint("start a server for each of them")
	}
	return set, done, nil
}

func (f *toolFlags) options() []tools.Option {
	opts := []tools.Option{tools.WithDeny(f.deny...), tools.WithPages(f.pages), tools.WithMaxOutput(f.maxOutput)}
	if len(f.allow) > 0 {
		opts = append(opts, tools.WithAllow(f.allow...))
	}
	if f.readOnly {
		opts = append(opts, tools.WithReadOnly())
	}
	if f.perAction {
		opts = append(opts, tools.WithPerAction())
	}
	return opts
}
