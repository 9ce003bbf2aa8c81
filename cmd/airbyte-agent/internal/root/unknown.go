package root

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/completion"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// finish makes every command of the tree refuse words and flags that it does
// not know with a failure that names the nearest one, and the shell offer the
// values of flags that know them.
func finish(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(flagError)
	walk(cmd, func(c *cobra.Command) {
		completion.Choosers(c)
		if c.HasSubCommands() && !c.Runnable() {
			c.Args = cobra.ArbitraryArgs
			c.RunE = func(c *cobra.Command, args []string) error {
				if len(args) > 0 {
					return unknownCommand(c, args[0])
				}
				return c.Help()
			}
			return
		}
		check := c.Args
		if check == nil {
			return
		}
		c.Args = func(c *cobra.Command, args []string) error {
			err := check(c, args)
			if ours, ok := errors.AsType[*failure.Error](err); ok {
				return ours
			}
			if err != nil {
				return failure.Invalid("%s: %v", c.CommandPath(), argumentProblem(err, args)).WithHint(c.UseLine())
			}
			return nil
		}
	})
}

// argumentProblem says an argument where there can be none in words of ours: cobra
// calls it a command.
func argumentProblem(err error, args []string) string {
	if strings.HasPrefix(err.Error(), "unknown command") {
		return "it takes no argument " + strconv.Quote(args[0])
	}
	return err.Error()
}

func walk(cmd *cobra.Command, visit func(*cobra.Command)) {
	visit(cmd)
	for _, child := range cmd.Commands() {
		walk(child, visit)
	}
}

func unknownCommand(cmd *cobra.Command, word string) error {
	var names []string
	for _, child := range cmd.Commands() {
		if child.IsAvailableCommand() {
			names = append(names, child.Name())
		}
	}
	slices.Sort(names)
	return &failure.Error{
		Type:              "unknown_command",
		Message:           "unknown command \"" + word + "\" of " + cmd.CommandPath(),
		AvailableCommands: names,
		DidYouMean:        suggest.Nearest(word, names),
		Hint:              cmd.CommandPath() + " --help shows the commands",
		Exit:              failure.ExitInput,
	}
}

// badValue is what pflag says of a value that does not fit, ending with the words
// of the function that read it.
var badValue = regexp.MustCompile(`(?s)^invalid argument (".*") for "(?:-\w, )?(--[\w-]+)" flag: (?:strconv\.Parse(\w+)|time|(.*))`)

// flagProblem says a value that does not fit without the names of Go's functions.
func flagProblem(text string) string {
	found := badValue.FindStringSubmatch(text)
	if found == nil {
		return text
	}
	value, flag, parser, own := found[1], found[2], found[3], found[4]
	switch {
	case own != "" && !strings.HasPrefix(own, "time: "):
		return flag + " " + value + ": " + own
	case parser == "Int" || parser == "Uint":
		return flag + " " + value + " is no whole number"
	case parser == "Bool":
		return flag + " " + value + " is neither true nor false"
	default:
		return flag + " " + value + " is no duration, such as 30s or 5m"
	}
}

// flagError says a flag that is not known, or a value that does not fit one.
func flagError(cmd *cobra.Command, err error) error {
	e := failure.Invalid("%s", flagProblem(err.Error())).WithHint(cmd.CommandPath() + " --help shows the flags")
	name, unknown := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !unknown {
		return e
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	cmd.InheritedFlags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := suggest.Nearest(name, names); near != "" {
		e.DidYouMean = "--" + near
	}
	return e
}
