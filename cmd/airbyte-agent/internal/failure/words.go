package failure

import (
	"regexp"
	"strings"
)

// words are what the library says to Go programs, and how a user of the command
// line does the same. Longer ones come first.
var words = strings.NewReplacer(
	"with WithOrganization or AIRBYTE_ORGANIZATION_ID", "with airbyte-agent organizations use, or in AIRBYTE_ORGANIZATION_ID",
	", in WithOrganization or AIRBYTE_ORGANIZATION_ID", ", in AIRBYTE_ORGANIZATION_ID or as airbyte-agent organizations use saved it",
	"choose one by WithConnectorID: ", "choose one by its id: ",
	", or raise WithMaxResponseBytes", "",
	", or what WithCredentials got,", " (airbyte-agent login show prints those that are saved),",
	"the token given with WithToken was refused", "the sign-in was refused",
	"give them with WithCredentials, set", "set",
	"with WithBaseURL", "in the environment variable <NAME>_API_HOST",
	"WithBaseURL: url", "the address",
	"with WithConfig", "with --config name=value",
)

// flags are the options that commands have a flag for.
var flags = map[string]string{
	"WithAllow": "--allow", "WithDeny": "--deny", "WithReadOnly": "--read-only", "WithPerAction": "--per-action",
	"WithName": "--name", "WithDescriptionBudget": "--description-budget", "WithMaxOutput": "--max-output", "WithPages": "--pages",
	"WithAllowedHosts": "--allow-host", "WithAllowedOrigins": "--allow-origin", "WithBearerToken": "the bearer token",
	"WithMaxCalls": "--max-calls", "WithCallTimeout": "--call-timeout",
}

// option is the name of an option.
var option = regexp.MustCompile(`\bWith[A-Z]\w*`)

// setConfig is the library's advice on one value of the manifest.
var setConfig = regexp.MustCompile(`WithConfig\(map\[string\]string\{"([^"]*)": \.\.\.\}\)`)

// inTheseWords says what the library advises as the command line has it.
func inTheseWords(text string) string {
	if !strings.Contains(text, "With") {
		return text
	}
	text = words.Replace(setConfig.ReplaceAllString(text, "--config $1=..."))
	return option.ReplaceAllStringFunc(text, func(name string) string {
		if flag, ok := flags[name]; ok {
			return flag
		}
		return name
	})
}
