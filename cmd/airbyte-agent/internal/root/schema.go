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
		Use:     "schema <resource> <operation>",
		Short:   "Print the parameters of an operation as JSON",
		Long:    "Print the parameters of an operation and the route of the API that it calls, as JSON. It needs no credentials.",
		Example: "  airbyte-agent schema connectors execute",
		Args:    cobra.ExactArgs(2),
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

func lookUp(resources []resource, group, name string) (operation.Operation, error) {
	var names []string
	for _, r := range resources {
		if r.group.Name != group {
			names = append(names, r.group.Name)
			continue
		}
		if o, ok := r.group.Find(name); ok {
			return o, nil
		}
		var operations []string
		for _, o := range r.group.Operations {
			operations = append(operations, o.Name)
		}
		return operation.Operation{}, notFound("operation "+name+" of "+group, name, operations)
	}
	return operation.Operation{}, notFound("resource "+group, group, names)
}

func notFound(what, given string, names []string) error {
	e := failure.NotFound("there is no %s", what)
	e.Candidates, e.DidYouMean = names, suggest.Nearest(given, names)
	return e
}
