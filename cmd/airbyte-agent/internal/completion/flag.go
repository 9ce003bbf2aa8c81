package completion

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Flag makes the shell offer values for a flag that the command has. It panics
// when there is no such flag, or when its values were given before: a bug of
// whoever defines the command.
func Flag(cmd *cobra.Command, flag string, values []string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err)
	}
}

// Chooser is the value of a flag that knows what it takes.
type Chooser interface {
	Choices() []string // none when anything will do
}

// Choosers makes the shell offer the values of those flags of a command that
// know them themselves: whoever defines them has the flags alone.
func Choosers(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		chooser, ok := f.Value.(Chooser)
		if !ok || len(chooser.Choices()) == 0 {
			return
		}
		if _, given := cmd.GetFlagCompletionFunc(f.Name); !given {
			Flag(cmd, f.Name, chooser.Choices())
		}
	})
}
