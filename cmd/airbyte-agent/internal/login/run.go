package login

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// run is one login.
type run struct {
	app     *app.App
	machine Machine

	manual        bool
	clientID      string
	clientSecret  string // @file or -
	secretOnStdin bool
	organization  string
	orgID         string // another name of organization
	workspace     string
	noCheck       bool
	noBrowser     bool
	yes           bool
}

// credentials are what is saved in the end.
type credentials struct {
	clientID, clientSecret string
	organization           string // "" where it is not known
	workspace              string // "" to keep the one there
	source                 string // where they come from, for people
	implied                bool   // nobody asked for them: they are in the environment
	checked                bool   // the API has taken them
}

func (r *run) login(ctx context.Context) error {
	if err := r.contradiction(); err != nil {
		return err
	}
	// A file that cannot be changed is known before anybody takes the trouble.
	before, _, err := r.machine.Settings.Load()
	if err != nil {
		return misconfigured(err)
	}
	found, err := r.find(ctx)
	if err != nil {
		return err
	}
	if err := r.confirm(ctx, before.Credentials.ClientID, found); err != nil {
		return err
	}
	if !found.checked && !r.noCheck {
		if err := r.check(ctx, &found); err != nil {
			return err
		}
	}
	return r.save(ctx, found)
}

// confirm asks before credentials that happen to be in the environment, such as a
// sandbox's, take the place of others.
func (r *run) confirm(ctx context.Context, before string, found credentials) error {
	if !found.implied || before == "" || before == found.clientID {
		return nil
	}
	question := "Replace the saved credentials of client id " + before + " by those of the environment, " + found.clientID + "?"
	return r.app.Confirm(ctx, question, r.yes || r.app.AllowDestructive())
}

// contradiction refuses flags that do not go together.
func (r *run) contradiction() error {
	given := r.clientID != "" || r.clientSecret != "" || r.secretOnStdin
	switch {
	case r.orgID != "" && r.organization != "" && r.orgID != r.organization:
		return failure.Invalid("--org-id and --organization-id name different organizations").WithHint("give one of them")
	case r.manual && given:
		return failure.Invalid("--manual asks for the client id and secret, which are given too").WithHint("leave --manual out")
	case r.clientSecret != "" && r.secretOnStdin:
		return failure.Invalid("--client-secret and --client-secret-stdin are both given").WithHint("give one of them")
	case r.clientSecret != "" && !app.IsReference(r.clientSecret):
		return failure.Invalid("a client secret must not be typed on the command line, where the list of processes shows it").
			WithHint("give a file (--client-secret @file), standard input (--client-secret-stdin), or set " + settings.EnvClientSecret)
	}
	return nil
}

// find gets the credentials in the way that was asked for. Those of the
// environment are taken like those of flags; half a pair is refused, not
// completed by a browser.
func (r *run) find(ctx context.Context) (credentials, error) {
	env := r.machine.Settings.Getenv
	if r.manual {
		return r.fromPrompts(ctx)
	}
	found := credentials{
		clientID:     cmp.Or(r.clientID, env(settings.EnvClientID)),
		organization: cmp.Or(r.organization, r.orgID, env(settings.EnvOrganization)),
		workspace:    r.workspace,
		source:       "the flags",
	}
	if r.clientID == "" && r.clientSecret == "" && !r.secretOnStdin {
		found.source, found.implied = "the environment ("+settings.EnvClientID+" is set)", true
		if found.clientID == "" && env(settings.EnvClientSecret) == "" {
			return r.fromBrowser(ctx)
		}
	}
	secret, err := r.givenSecret()
	if err != nil {
		return credentials{}, err
	}
	found.clientSecret = cmp.Or(secret, env(settings.EnvClientSecret))
	switch {
	case found.clientID == "":
		return credentials{}, failure.Invalid("the client id is missing, and the secret is given").
			WithHint("add --client-id, or set " + settings.EnvClientID)
	case found.clientSecret == "":
		return credentials{}, failure.Invalid("the client secret is missing, and the id is given").
			WithHint("add --client-secret-stdin or --client-secret @file, or set " + settings.EnvClientSecret)
	}
	return found, nil
}

// givenSecret reads the secret that the flags point to, "" when they do not.
func (r *run) givenSecret() (string, error) {
	from := r.clientSecret
	if r.secretOnStdin {
		from = "-"
	}
	if from == "" {
		return "", nil
	}
	content, err := r.app.ReadReference(from)
	if err != nil {
		return "", err
	}
	secret := strings.TrimSpace(string(content))
	if secret == "" {
		return "", failure.Input("the client secret is empty: there is nothing in %s", from)
	}
	return secret, nil
}

// fromPrompts asks for what a person has copied from the web application.
func (r *run) fromPrompts(ctx context.Context) (credentials, error) {
	found := credentials{source: "the prompts"}
	var err error
	if found.clientID, err = r.ask(ctx, r.app.Ask, "Client ID: "); err != nil {
		return credentials{}, err
	}
	if found.clientSecret, err = r.ask(ctx, r.app.AskSecret, "Client secret: "); err != nil {
		return credentials{}, err
	}
	if found.clientID == "" || found.clientSecret == "" {
		return credentials{}, failure.Invalid("the client id or the client secret is empty").
			WithHint("copy both from your profile page in the web application")
	}
	found.organization = cmp.Or(r.organization, r.orgID)
	if found.organization == "" {
		if found.organization, err = r.ask(ctx, r.app.Ask, "Organization ID (empty to look it up): "); err != nil {
			return credentials{}, err
		}
	}
	found.workspace = r.workspace
	if found.workspace == "" {
		workspace, err := r.ask(ctx, r.app.Ask, "Workspace [default]: ")
		if err != nil {
			return credentials{}, err
		}
		found.workspace = cmp.Or(workspace, settings.DefaultWorkspace)
	}
	return found, nil
}

// ask puts a question to a person. Where the answers are piped nobody reads it,
// and standard error is left to the failure.
func (r *run) ask(ctx context.Context, ask Ask, question string) (string, error) {
	if r.app.Terminal.In {
		return ask(ctx, question)
	}
	answer, err := ask(ctx, "")
	if e, ok := errors.AsType[*failure.Error](err); ok && e.Hint == "" {
		e.Hint = "without a terminal the answers are lines of standard input: " + answers
	}
	return answer, err
}

// answers are what --manual asks for, in order.
const answers = "client id, client secret, organization id unless --organization-id says it, workspace unless --workspace does; the last two may be empty"

type saved struct {
	Status         string   `json:"status"`
	Message        string   `json:"message"`
	OrganizationID string   `json:"organization_id,omitempty"`
	Warnings       []string `json:"warnings,omitempty"`
}

// save writes the settings file. The organization goes with the credentials: one
// that was kept beside others is not theirs.
func (r *run) save(ctx context.Context, found credentials) error {
	system := r.machine.Settings
	err := system.Update(func(doc *settings.Document) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		doc.SetCredentials(found.clientID, found.clientSecret)
		doc.SetOrganization(found.organization)
		if found.workspace != "" {
			doc.SetWorkspace(found.workspace)
		}
		return nil
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return misconfigured(err)
	}
	how := "the API has taken them"
	if !found.checked {
		how = "they were not checked (--no-check)"
	}
	result := saved{
		Status:         "saved",
		Message:        "credentials from " + found.source + " are saved in " + system.Path() + "; " + how,
		OrganizationID: found.organization,
		Warnings:       r.shadows(found),
	}
	return r.app.Write(ctx, envelope.Encode(result), nil)
}

// shadows warns of an environment that wins over what was just saved.
func (r *run) shadows(found credentials) []string {
	env := r.machine.Settings.Getenv
	if set := env(settings.EnvClientID); set != "" && set != found.clientID {
		return []string{settings.EnvClientID + " is set to another client id, and the environment wins over the settings file: unset it"}
	}
	if host := env(settings.EnvHost); host != "" {
		return []string{settings.EnvHost + " is set to " + host + ", and is not saved: without it these credentials go to " + settings.DefaultHost}
	}
	return nil
}
