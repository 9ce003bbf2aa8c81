package execute

import (
	"net/http"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/selector"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

const long = `Execute an action of a connector and print the whole envelope: status, result,
connector_metadata and execution_metadata. What is sent to the platform is what
was given, nothing more.

An action that changes or deletes something is asked for on a terminal, and
needs --yes elsewhere. It is sent once; when its answer is lost, the failure has
the type unknown_outcome: look whether it happened before you repeat it.

Where the connector is given by its name, an entity or action that this program
does not know of its type is refused, with the nearest one it knows. The platform
may be newer: --yes, or what stands for it, sends it all the same.

--all prints the records of all pages as JSON Lines; --fields must then find
something on the first page that has records. The action download prints the
file itself, best with -o.

--mode direct calls the service itself, with credentials from the environment
such as PYLON_API_TOKEN, and gives the same envelope.`

const example = `  airbyte-agent connectors execute --name pylon --entity issues --action get --params '{"id":"1042"}'
  airbyte-agent connectors execute --json '{"name":"pylon","entity":"issues","action":"list","params":{"start_time":"2026-03-01T00:00:00Z","end_time":"2026-03-31T00:00:00Z"}}'
  airbyte-agent connectors execute --name pylon --entity contacts --action list --all -o contacts.jsonl
  airbyte-agent connectors execute --name pylon --entity contacts --action list --mode direct`

// Operation is connectors execute.
func Operation(a *app.App) operation.Operation {
	c := &command{app: a}
	return operation.Operation{
		Name:    "execute",
		Short:   "Execute an action of a connector",
		Long:    long,
		Example: example,
		Params: append(selector.Params(),
			operation.Param{Name: "entity", Type: operation.String, Required: true, AllowEmpty: true, Description: "what to act on, such as issues; may be empty for the action describe"},
			operation.Param{Name: "action", Type: operation.String, Required: true, Description: "what to do, such as list"},
			operation.Param{Name: "params", Type: operation.Object, Description: "the action's arguments"},
			operation.Param{Name: selectFields, Type: operation.Array, Description: "dot paths that the platform keeps of each record"},
			operation.Param{Name: excludeFields, Type: operation.Array, Description: "dot paths that the platform leaves out of each record"},
			operation.Param{Name: skipTruncation, Type: operation.Boolean, Description: "whether the platform leaves long texts whole"},
			operation.Param{Name: intent, Type: operation.String, Description: "why, for the audit log; at most 512 characters"},
		),
		Flags: func(flags *pflag.FlagSet) {
			flags.BoolVar(&c.yes, "yes", false, "run an action that changes or deletes something, or is not known here, without asking")
			flags.BoolVar(&c.all, "all", false, "fetch all pages and print one record per line (JSON Lines)")
			c.target.ModeFlags(flags)
		},
		API:   &operation.API{Method: http.MethodPost, Path: "/api/v1/integrations/connectors/{id}/execute", Summary: "Execute an action of a connector"},
		Local: func(operation.Input) bool { return c.target.IsDirect() },
		Run:   c.run,
	}
}
