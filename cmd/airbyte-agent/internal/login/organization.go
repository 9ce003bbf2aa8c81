package login

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/platform"
)

// Ask puts a question to the person at the terminal and returns the answer
// without its line end. It is nil where nobody is there to answer.
type Ask func(ctx context.Context, question string) (string, error)

// maxAsks is how often a picker asks again after an answer that is no choice.
const maxAsks = 3

// ChooseOrganization decides which of the person's organizations the
// credentials are for: the only one, or the one that they pick. With none, or
// with several and nobody to ask, the failure is a validation_error that says what
// there is.
func ChooseOrganization(ctx context.Context, all []platform.Organization, admin bool, ask Ask) (string, error) {
	switch {
	case len(all) == 0 && admin:
		return "", failure.Invalid("you administer the instance and belong to no organization of your own").
			WithHint("name the one to work in: airbyte-agent login --org-id <id>")
	case len(all) == 0:
		return "", failure.Invalid("you belong to no organization").
			WithHint("make one in the web application, or ask to be invited to one")
	case len(all) == 1:
		return all[0].ID, nil
	case ask == nil:
		e := failure.Invalid("you belong to several organizations").
			WithHint("choose one with --org-id: " + strings.Join(names(all), ", "))
		e.Candidates = ids(all)
		return "", e
	}
	return pick(ctx, all, ask)
}

// pick shows a numbered list and reads a number or an id.
func pick(ctx context.Context, all []platform.Organization, ask Ask) (string, error) {
	var list strings.Builder
	list.WriteString("Your organizations:\n")
	for i, name := range names(all) {
		fmt.Fprintf(&list, "  %d. %s\n", i+1, name)
	}
	question := list.String() + fmt.Sprintf("Which one? [1-%d] ", len(all))
	for range maxAsks {
		answer, err := ask(ctx, question)
		if err != nil {
			return "", err
		}
		answer = strings.TrimSpace(answer)
		if n, err := strconv.Atoi(answer); err == nil && n >= 1 && n <= len(all) {
			return all[n-1].ID, nil
		}
		for _, o := range all {
			if strings.EqualFold(o.ID, answer) {
				return o.ID, nil
			}
		}
		question = fmt.Sprintf("A number from 1 to %d, please: ", len(all))
	}
	return "", failure.Invalid("no organization was chosen").WithHint("choose one with --org-id")
}

// names show organizations to people. What the server calls them is foreign
// text on its way to a terminal.
func names(all []platform.Organization) []string {
	shown := make([]string, len(all))
	for i, o := range all {
		shown[i] = fmt.Sprintf("%s (%s)", cmp.Or(printable(o.Name), "unnamed"), printable(o.ID))
	}
	return shown
}

func ids(all []platform.Organization) []string {
	list := make([]string, len(all))
	for i, o := range all {
		list[i] = o.ID
	}
	return list
}
