package organizations

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/platform"
)

func use(a *app.App) operation.Operation {
	return operation.Operation{
		Name:  "use",
		Short: "Choose the organization that commands work in",
		Long: "Choose the organization that commands work in, and keep it in the settings file that login made. " +
			"The id is checked with the API first.",
		Example: "  airbyte-agent organizations use --id 7f3c2b1a-0d4e-4c5f-9a6b-8e7d6c5b4a39",
		Params: []operation.Param{
			{Name: "id", Type: operation.String, Required: true, Description: "the organization's id, as organizations list shows it"},
		},
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			client, err := a.Client()
			if err != nil {
				return nil, err
			}
			found, err := find(ctx, client, in.Text("id"))
			if err != nil {
				return nil, err
			}
			return save(settings.OS(), found)
		},
	}
}

// find returns the organization with that id. The case of its letters does not
// matter, but the server's is kept.
func find(ctx context.Context, client *platform.Client, id string) (platform.Organization, error) {
	organizations, err := client.Organizations(ctx)
	if err != nil {
		return platform.Organization{}, err
	}
	notFound := failure.NotFound("the credentials belong to no organization with id %s", id)
	for _, organization := range organizations {
		if strings.EqualFold(organization.ID, strings.TrimSpace(id)) {
			return organization, nil
		}
		notFound.Candidates = append(notFound.Candidates, strings.TrimSpace(organization.ID+" "+organization.Name))
	}
	return platform.Organization{}, notFound
}

// save keeps the organization in the settings file. Without one there are no
// credentials that the organization could belong to.
func save(system settings.System, organization platform.Organization) (json.RawMessage, error) {
	_, found, err := system.Load()
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, failure.NotFound("there is no settings file to keep the organization in").
			WithHint("run airbyte-agent login, which makes one, or set " + settings.EnvOrganization)
	}
	err = system.Update(func(d *settings.Document) error {
		d.SetOrganization(organization.ID)
		return nil
	})
	if err != nil {
		return nil, err
	}
	message := fmt.Sprintf("commands work in organization %s from now on", organization.ID)
	switch {
	case system.Getenv(settings.EnvOrganization) != "":
		message = settings.EnvOrganization + " is set and goes before what was saved"
	case system.Getenv(settings.EnvClientID) != "":
		message = "saved for the credentials of the settings file; those of the environment, which are used now, need " +
			settings.EnvOrganization
	}
	return envelope.Marshal(struct {
		Status       string `json:"status"`
		Organization string `json:"organization_id"`
		Message      string `json:"message"`
	}{"saved", organization.ID, message})
}
