package sandboxcmd

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// The shells whose lines can be printed.
const (
	posix      = "sh"
	fish       = "fish"
	powershell = "powershell"
)

var shells = []string{posix, fish, powershell}

// like returns the shell that has the same lines as another, else the nearest
// name, else "".
func like(shell string) string {
	switch shell {
	case "bash", "zsh", "dash", "ksh", "ash":
		return posix
	case "pwsh":
		return powershell
	case "csh", "tcsh", "cmd", "nu", "elvish", "xonsh": // near to sh in their names alone
		return ""
	}
	return suggest.Nearest(shell, shells)
}

// lines sets the variables, each NAME=value, in a shell.
func lines(shell string, variables []string) string {
	var b strings.Builder
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		switch shell {
		case fish:
			// In fish a backslash means something within quotes, too.
			fmt.Fprintf(&b, "set -gx %s %s\n", name, quoted(strings.ReplaceAll(value, `\`, `\\`), `\'`))
		case powershell:
			fmt.Fprintf(&b, "$env:%s = '%s'\n", name, strings.ReplaceAll(value, "'", "''"))
		default:
			fmt.Fprintf(&b, "export %s=%s\n", name, quoted(value, `'\''`))
		}
	}
	return b.String()
}

// plain is what no shell gives a meaning to.
var plain = regexp.MustCompile(`^[a-zA-Z0-9_./:@%+,-]+$`)

// quoted puts a value into single quotes unless it needs none; quote is how one
// stands within them.
func quoted(value, quote string) string {
	if plain.MatchString(value) {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", quote) + "'"
}
