package login

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/browser"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// Machine is what logging in depends on besides the streams.
type Machine struct {
	Settings settings.System
	Open     func(ctx context.Context, page string) error // shows a page in a browser
}

// Here is this machine.
func Here() Machine {
	return Machine{Settings: settings.OS(), Open: browser.Here(os.Getenv).Open}
}

const long = `Get credentials and keep them in ~/.airbyte-agent/settings.json, readable by you alone.

Without flags the browser opens a page to sign in, and a client id and secret
are made for you. On a machine without a browser, open the printed page on
another one only if it reaches this machine's loopback; else use --manual.

With --manual the client id and secret are asked for; with --client-id, or
AIRBYTE_CLIENT_ID, they are taken without a question: the secret from
AIRBYTE_CLIENT_SECRET, from a file (--client-secret @file) or from standard
input (--client-secret-stdin). They are tried before they are saved.`

const examples = `  airbyte-agent login
  airbyte-agent login --manual
  airbyte-agent login --client-id 3f2a --client-secret-stdin < secret.txt`

// Command is login, with login show below it.
func Command(a *app.App) *cobra.Command { return CommandOn(a, Here()) }

// CommandOn is Command on another machine than this one.
func CommandOn(a *app.App, m Machine) *cobra.Command {
	r := &run{app: a, machine: m}
	cmd := &cobra.Command{
		Use:     "login",
		Short:   "Get credentials, through the browser or by hand, and keep them",
		Long:    long,
		Example: examples,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.login(cmd.Context())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&r.manual, "manual", false, "ask for the client id and secret instead of opening a browser")
	flags.StringVar(&r.clientID, "client-id", "", "client id (default AIRBYTE_CLIENT_ID)")
	flags.StringVar(&r.clientSecret, "client-secret", "", "file with the client secret, as @file, or - for standard input (default AIRBYTE_CLIENT_SECRET)")
	flags.BoolVar(&r.secretOnStdin, "client-secret-stdin", false, "read the client secret from standard input")
	flags.StringVar(&r.organization, "organization-id", "", "organization to work in (default AIRBYTE_ORGANIZATION_ID, else the only one)")
	flags.StringVar(&r.orgID, "org-id", "", "short for --organization-id")
	flags.StringVar(&r.workspace, "workspace", "", "workspace to work in (default: the one kept before)")
	flags.BoolVar(&r.noCheck, "no-check", false, "save without trying the credentials")
	flags.BoolVar(&r.noBrowser, "no-browser", false, "print the page to sign in, and open nothing")
	flags.BoolVar(&r.yes, "yes", false, "let credentials of the environment replace other saved ones without asking")
	cmd.AddCommand(showCommand(a, m))
	return cmd
}

func showCommand(a *app.App, m Machine) *cobra.Command {
	return &cobra.Command{
		Use:     "show",
		Short:   "Print what is kept, with the secret masked",
		Long:    "Print what the settings file holds, with the secret masked. The environment, which would win over the file, is not looked at.",
		Example: "  airbyte-agent login show",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			result, err := show(m.Settings)
			if err != nil {
				return err
			}
			return a.Write(cmd.Context(), result, nil)
		},
	}
}
