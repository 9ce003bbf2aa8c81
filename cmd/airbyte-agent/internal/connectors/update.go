package connectors

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/browser"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/selector"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/create"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// promptTime is how long somebody has to answer.
const promptTime = 10 * time.Second

func update(a *app.App) operation.Operation {
	return operation.Operation{
		Name:  "update",
		Short: "Open the page where a connector's credentials are changed",
		Long: "Print the address of the web application's page where a connector's credentials are changed. " +
			"On a terminal it offers to open the page; without an answer within ten seconds it does not.",
		Example: "  airbyte-agent connectors update --name pylon",
		Params:  selector.Params(),
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			found, err := selector.From(in).Find(ctx, a)
			if err != nil {
				return nil, err
			}
			page, err := credentialsPage(ctx, a)
			if err != nil {
				return nil, err
			}
			return showPage(ctx, a, found, page)
		},
	}
}

// credentialsPage is the page of the organization's credentials: the web
// application has none for a single connector.
func credentialsPage(ctx context.Context, a *app.App) (string, error) {
	webapp, err := settings.ParseHost(create.EnvWebapp, cmp.Or(os.Getenv(create.EnvWebapp), create.DefaultWebapp))
	if err != nil {
		return "", err
	}
	client, err := a.Client()
	if err != nil {
		return "", err
	}
	organization, err := organizationID(ctx, client)
	if err != nil {
		return "", err
	}
	return webapp.JoinPath("organizations", organization, "credentials").String(), nil
}

// showPage opens the page if somebody wants it, and tells what came of it.
func showPage(ctx context.Context, a *app.App, found selector.Found, page string) (json.RawMessage, error) {
	message := "open the url to change the credentials of " + found.String()
	wanted, err := offer(ctx, a, page)
	if err != nil {
		return nil, err
	}
	opened := false
	if wanted {
		if err := browser.Here(os.Getenv).Open(ctx, page); err != nil {
			message = "the browser could not be opened (" + err.Error() + "); " + message
		} else {
			opened, message = true, "change the credentials of "+found.String()+" in the browser"
		}
	}
	return envelope.Marshal(struct {
		URL           string `json:"url"`
		ConnectorID   string `json:"connector_id"`
		Message       string `json:"message"`
		BrowserOpened bool   `json:"browser_opened"`
	}{page, found.ID, message, opened})
}

// offer asks a person if the page shall be opened. No answer is a no.
func offer(ctx context.Context, a *app.App, page string) (bool, error) {
	if !a.Terminal.In || !a.Terminal.Err {
		return false, nil
	}
	limited, cancel := context.WithTimeout(ctx, promptTime)
	defer cancel()
	answer, err := a.Ask(limited, "Open "+page+" in the browser? Type 'yes' within 10 seconds: ")
	if err != nil && errors.Is(limited.Err(), context.DeadlineExceeded) && ctx.Err() == nil {
		a.Notice("")
		return false, nil
	}
	return strings.EqualFold(answer, "yes"), err
}
