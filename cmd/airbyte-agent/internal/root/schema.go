package root

import (
	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

func schemaCommand(a *app.App, resources []resource) *cobra.Command {
	return &cobra.Command{
		Use:   "schema <resource> <operation>",
		Short: "Print the parameters of an operation as JSON",
		Long: `Print the parameters of an operation and the route of the API that it calls, as
JSON. It needs no credentials.`,
		Example: "  airbyte-agent schema connectors execute",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 2 {
				return nil
			}
			return missingWords(resources, args)
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return following(resources, args), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := lookUp(resources, args[0], args[1])
			if err != nil {
				return err
			}
			schema, err := o.Schema()
			if err != nil {
				return err
			}
			return a.Write(cmd.Context(), schema, nil)
		},
	}
}

// following are the words that can follow those given: resources, then the
// operations of one; nil when the words given are none.
func following(resources []resource, given []string) []string {
	var names []string
	for _, r := range resources {
		if len(given) == 0 {
			names = append(names, r.group.Name)
		}
		if len(given) == 1 && r.group.Name == given[0] {
			names = r.group.Names()
		}
	}
	return names
}

// missingWords is the failure of a call without exactly two words.
func missingWords(resources []resource, given []string) error {
	e := failure.Invalid("schema takes two words, a resource and an operation, not %d", len(given))
	e.Hint = "such as: airbyte-agent schema connectors execute"
	if e.Candidates = following(resources, given); len(e.Candidates) > 0 && len(given) == 1 {
		e.Hint += "; candidates are the operations of " + given[0]
	}
	return e
}

func lookUp(resources []resource, group, name string) (operation.Operation, error) {
	operations := following(resources, []string{group})
	if operations == nil {
		return operation.Operation{}, notFound("resource "+group, group, following(resources, nil))
	}
	for _, r := range resources {
		if o, ok := r.group.Find(name); ok && r.group.Name == group {
			return o, nil
		}
	}
	return operation.Operation{}, notFound("operation "+name+" of "+group, name, operations)
}

func notFound(what, given string, names []string) error {
	e := failure.NotFound("there is no %s", what)
	e.Candidates, e.DidYouMean = names, suggest.Nearest(given, names)
	return e
}
