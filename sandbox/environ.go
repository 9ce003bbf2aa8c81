package sandbox

import (
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/sandbox/internal/model"
)

// Environ returns the variables that point a program at the sandbox, each as
// NAME=value, as os/exec takes them: those of the hosted mode, of open source
// mode and of the scripted model, and those that log in and make connectors in
// a browser. The order is always the same.
func (s *Sandbox) Environ() []string {
	return []string{
		settings.EnvClientID + "=" + ClientID,
		settings.EnvClientSecret + "=" + ClientSecret,
		settings.EnvOrganization + "=" + OrganizationID,
		settings.EnvWorkspace + "=" + Workspace,
		settings.EnvHost + "=" + s.PlatformURL(),
		"AIRBYTE_KEYCLOAK_URL=" + s.KeycloakURL(),
		"AIRBYTE_WEBAPP_URL=" + s.WebappURL(),
		envPylonToken + "=" + PylonToken,
		envPylonHost + "=" + s.PylonURL(),
		envModelKey + "=" + modelKey,
		envModelURL + "=" + s.ModelURL() + "/v1",
		envModelName + "=" + model.Name,
	}
}
