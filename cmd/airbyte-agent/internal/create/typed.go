package create

import (
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

// checkTyped refuses secrets in parameters that are not secret as a whole. From a
// file or standard input they are welcome.
func (f *flow) checkTyped(in operation.Input, n names) error {
	problems := map[string]string{}
	for _, param := range []string{"replication_config", "environment"} {
		if f.typed(param) {
			n.findSecrets(param, in.Raw(param), problems)
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return failure.InvalidFields(problems, "put the parameter into a file that only you can read; --credentials @file takes what is secret alone")
}

func (n names) findSecrets(param string, raw json.RawMessage, problems map[string]string) {
	n.walk(param, raw, func(l leaf) {
		isText := l.value.Type == gjson.String && l.value.String() != ""
		if l.secret && (isText || l.value.Type == gjson.Number) {
			problems[l.path] = operation.SecretTyped
		}
	})
}

// typed reports whether a parameter stands on the command line itself.
func (f *flow) typed(param string) bool {
	for _, name := range []string{"json", strings.ReplaceAll(param, "_", "-")} {
		if flag := f.flags.Lookup(name); flag != nil && flag.Changed {
			return !app.IsReference(flag.Value.String())
		}
	}
	return false
}
