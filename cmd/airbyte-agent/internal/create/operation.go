package create

import (
	"context"
	"encoding/json"
	"os"
	"time"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/browser"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

const long = `Make a connector, with credentials that are tried first: wrong ones leave
nothing behind.

Without credentials the browser opens a page to enter them, also those that
need a sign-in at the service, and the command waits for it. With --manual they
are asked for here, or read from standard input, one on each line. With
--credentials, or --json from a file or standard input, nobody is asked;
credentials must not be typed on the command line, where the list of processes
shows them, and neither must secrets in the configuration.`

const examples = `  airbyte-agent connectors create --name pylon
  airbyte-agent connectors create --name pylon --workspace support --credentials @pylon.json
  airbyte-agent connectors create --json - < connector.json`

// Operation is connectors create.
func Operation(a *app.App) operation.Operation {
	f := &flow{app: a, getenv: os.Getenv, open: browser.Here(os.Getenv).Open, now: time.Now, flags: &pflag.FlagSet{}}
	return operation.Operation{
		Name:    "create",
		Short:   "Make a connector, with credentials from the browser, a file or questions",
		Long:    long,
		Example: examples,
		Params: []operation.Param{
			{Name: "name", Type: operation.String, Description: "type of connector, such as pylon; list-available shows them"},
			{Name: "id", Type: operation.String, Description: "id of the type, instead of its name"},
			{Name: "workspace", Type: operation.String, Description: "workspace to make it in (default AIRBYTE_WORKSPACE, the settings file's, or default)"},
			{Name: "credentials", Type: operation.Object, Secret: true, Description: "credentials of the service, as @file or - for standard input"},
			{Name: "replication_config", Type: operation.Object, Description: "configuration where the type needs one; with secrets in it as @file or - for standard input"},
			{Name: "environment", Type: operation.Object, Description: "variables of the service's address, where the type has some"},
			{Name: "connector_name", Type: operation.String, Description: "name that people see", Default: "the type and the workspace"},
		},
		Flags: func(flags *pflag.FlagSet) {
			f.flags = flags
			flags.BoolVar(&f.manual, "manual", false, "ask for the credentials here instead of opening a browser")
			flags.BoolVar(&f.noBrowser, "no-browser", false, "print the page to enter credentials, and open nothing")
			flags.BoolVar(&f.noCheck, "no-check", false, "make the connector without trying its credentials")
		},
		API: &operation.API{Method: "POST", Path: "/api/v1/integrations/connectors", Summary: "Make a connector"},
		Run: f.run,
	}
}

// flow is one run of the command.
type flow struct {
	app    *app.App
	getenv func(string) string
	open   func(ctx context.Context, page string) error
	now    func() time.Time
	flags  *pflag.FlagSet // of the command, with what was typed

	manual    bool
	noBrowser bool
	noCheck   bool
}

// run decides where the credentials come from.
func (f *flow) run(ctx context.Context, in operation.Input) (json.RawMessage, error) {
	if err := f.contradiction(in); err != nil {
		return nil, err
	}
	client, err := f.app.Client()
	if err != nil {
		return nil, err
	}
	workspace, err := f.app.Workspace(in.Text("workspace"))
	if err != nil {
		return nil, err
	}
	api := api{client}
	template, err := api.template(ctx, in.Text("id"), in.Text("name"))
	if err != nil {
		return nil, err
	}
	if err := f.checkTyped(in, namesOf(template)); err != nil {
		return nil, err
	}
	order := order{
		api:         api,
		template:    template,
		workspace:   workspace,
		name:        in.Text("connector_name"),
		config:      in.Raw("replication_config"),
		environment: in.Raw("environment"),
		unchecked:   f.noCheck,
	}
	switch {
	case isGiven(in):
		order.credentials = in.Raw("credentials")
		return order.create(ctx)
	case f.manual:
		if order.credentials, err = f.ask(ctx, template); err != nil {
			return nil, err
		}
		return order.create(ctx)
	}
	return f.fromBrowser(ctx, order)
}

// contradiction refuses parameters and flags that do not go together.
func (f *flow) contradiction(in operation.Input) error {
	given := isGiven(in)
	switch {
	case in.Text("id") == "" && in.Text("name") == "":
		return failure.InvalidFields(map[string]string{"name": "required"}, "name the type of connector, such as pylon, or give its id")
	case f.manual && given:
		return failure.Invalid("--manual asks for the credentials, which are given too").WithHint("leave --manual out")
	case !f.manual && !given && in.Has("environment"):
		return failure.Invalid("environment goes with credentials, which are not given").WithHint("give them with --credentials @file, or --manual")
	}
	return nil
}

// isGiven reports whether nobody needs to be asked for credentials.
func isGiven(in operation.Input) bool { return in.Has("credentials") || in.Has("replication_config") }
