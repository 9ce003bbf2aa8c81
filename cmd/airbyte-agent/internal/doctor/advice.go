package doctor

import (
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// maxNames is how many names an advice lists: more nobody reads.
const maxNames = 5

// advise says of every failed check what to do, where the failure itself does
// not.
func (r *Report) advise() {
	for i := range r.Checks {
		if c := &r.Checks[i]; c.Status == Failed && c.Hint == "" {
			c.Hint = advice(c.Name, failure.From(c.err))
		}
	}
}

func advice(check string, e *failure.Error) string {
	names := strings.Join(e.Candidates[:min(len(e.Candidates), maxNames)], ", ")
	switch {
	case check == checkWorkspace && names != "":
		return "choose one with airbyte-agent workspaces use, --workspace or " + settings.EnvWorkspace + ", such as " + names
	case check == checkWorkspace && e.Exit == failure.ExitNotFound:
		return "airbyte-agent workspaces list shows which there are"
	case check == checkConnector && names != "":
		return "give one with --connector or --connector-id: " + names
	case names != "":
		return "use one of: " + names
	}
	switch {
	case e.Exit == failure.ExitAuth && (check == checkHealth || check == checkRead):
		return "the connector's credentials are refused, or may not do this: renew them"
	case e.Exit == failure.ExitAuth:
		return "the credentials may not do this: ask whoever administers the organization"
	case check == checkConnector && e.Exit == failure.ExitNotFound:
		return "airbyte-agent connectors list shows which there are, airbyte-agent connectors create makes one"
	case check == checkSettings:
		return "mend what the message names"
	}
	return "try again in a moment, and with --verbose, which shows every request; --timeout gives a step more time"
}
