package operation

import (
	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
)

// Command makes the command of a resource, with one below it for each operation
// and the further ones given.
func (g Group) Command(a *app.App, further ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: g.Name, Short: g.Short, Long: g.Short}
	for _, o := range g.Operations {
		cmd.AddCommand(o.Command(a))
	}
	cmd.AddCommand(further...)
	return cmd
}

// Find returns the operation of that name.
func (g Group) Find(name string) (Operation, bool) {
	for _, o := range g.Operations {
		if o.Name == name {
			return o, true
		}
	}
	return Operation{}, false
}

// Names returns the names of the operations.
func (g Group) Names() []string {
	names := make([]string, len(g.Operations))
	for i, o := range g.Operations {
		names[i] = o.Name
	}
	return names
}
