package login

import (
	"cmp"
	"encoding/json"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/platform"
)

type kept struct {
	ClientID       string   `json:"client_id"`
	ClientSecret   string   `json:"client_secret"` // masked
	OrganizationID string   `json:"organization_id"`
	Workspace      string   `json:"workspace"`
	Warnings       []string `json:"warnings,omitempty"`
}

// show returns what the settings file holds.
func show(system settings.System) (json.RawMessage, error) {
	stored, found, err := system.Load()
	if err != nil {
		return nil, misconfigured(err)
	}
	if !found {
		where := cmp.Or(system.Path(), "~/.airbyte-agent/settings.json")
		return nil, failure.NotFound("nothing is kept: there is no %s", where).WithHint("airbyte-agent login makes it")
	}
	result := kept{
		ClientID:       stored.Credentials.ClientID,
		ClientSecret:   Mask(stored.Credentials.ClientSecret),
		OrganizationID: stored.OrganizationID,
		Workspace:      stored.Workspace,
	}
	warning, err := system.Permissions()
	if err != nil {
		return nil, misconfigured(err)
	}
	if warning != "" {
		result.Warnings = append(result.Warnings, warning)
	}
	return envelope.Encode(result), nil
}

// misconfigured is a settings file that is in the way.
func misconfigured(err error) error {
	return &platform.Error{Kind: platform.KindConfig, Message: err.Error(), Err: err}
}
