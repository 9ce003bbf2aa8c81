package login

import (
	"cmp"
	"context"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/browser"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

const envRealm = "AIRBYTE_KEYCLOAK_URL"

// fromBrowser has the person sign in, and gets client credentials for them. The
// person's token is used for that and forgotten.
func (r *run) fromBrowser(ctx context.Context) (credentials, error) {
	realm, err := settings.ParseHost(envRealm, cmp.Or(r.machine.Settings.Getenv(envRealm), DefaultRealm))
	if err != nil {
		return credentials{}, misconfigured(err)
	}
	host, err := r.machine.Settings.Host("")
	if err != nil {
		return credentials{}, misconfigured(err)
	}
	secrets := &httpx.Secrets{}
	client := httpx.New(httpx.Config{Retries: 2, Logger: r.app.Logger(), Secrets: secrets})
	defer client.Close()
	token, err := SignIn{Realm: realm, HTTP: client, Secrets: secrets, Show: r.showPage}.Token(ctx)
	if err != nil {
		return credentials{}, err
	}
	person := Account{Base: host, HTTP: client, Secrets: secrets, Token: token, UserAgent: "airbyte-agent-go/" + r.app.Version}
	return r.bootstrap(ctx, person)
}

// bootstrap makes of a signed-in person's account the credentials to keep.
func (r *run) bootstrap(ctx context.Context, person Account) (credentials, error) {
	status, err := person.Enrollment(ctx)
	if err != nil {
		return credentials{}, err
	}
	if !status.Enrolled {
		return credentials{}, failure.Invalid("you have signed in, and have no Airbyte Agents account yet").
			WithHint("finish signing up in the web application, then run airbyte-agent login again")
	}
	organization := cmp.Or(r.organization, r.orgID, r.machine.Settings.Getenv(settings.EnvOrganization))
	if organization == "" {
		all, err := person.Organizations(ctx)
		if err != nil {
			return credentials{}, err
		}
		if organization, err = ChooseOrganization(ctx, all, status.InstanceAdmin, r.asker()); err != nil {
			return credentials{}, err
		}
	}
	made, err := person.Application(ctx, organization)
	if err != nil {
		return credentials{}, err
	}
	return credentials{
		clientID:     made.ClientID,
		clientSecret: made.ClientSecret,
		organization: organization,
		workspace:    r.workspace,
		source:       "the browser",
		checked:      true, // the API has just made them
	}, nil
}

// pageNotice is what programs read of the page.
type pageNotice struct {
	Page    string `json:"login_url"`
	Message string `json:"message"`
}

// showPage prints the page, which is the one thing that standard error must
// show to programs too: without it nobody can go on. Where a person looks it is
// opened as well, and a browser that does not start is no failure.
func (r *run) showPage(ctx context.Context, page string) error {
	const message = "Open this page to sign in"
	if err := browser.Invite(r.app.Err, r.app.Terminal.Err, message, page, pageNotice{page, message}); err != nil {
		return err
	}
	if r.noBrowser || !r.app.Terminal.In && !r.app.Terminal.Err {
		return nil
	}
	if err := r.machine.Open(ctx, page); err != nil {
		r.app.Notice("No browser was opened: %v.", err)
	}
	return nil
}
