package main

import (
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/agentsdk-go/airbyte/sandbox"
)

// boxKey is where a script's sandbox is kept.
type boxKey struct{}

// scriptBox holds the sandbox, which the command sandbox replaces.
type scriptBox struct{ *sandbox.Sandbox }

// setup gives a script a home directory, a sandbox and the variables that point
// at it. AIRBYTE_CLIENT_ID and the like are those of a user who has set them;
// a script takes them away with env AIRBYTE_CLIENT_ID=.
func setup(env *testscript.Env) error {
	home := filepath.Join(env.WorkDir, "home")
	if err := os.MkdirAll(home, 0o700); err != nil {
		return err
	}
	env.Setenv("HOME", home)
	env.Setenv("USERPROFILE", home)
	box, err := sandbox.Start()
	if err != nil {
		return err
	}
	kept := &scriptBox{box}
	env.Values[boxKey{}] = kept
	env.Defer(func() { kept.Close() })
	for key, value := range variables(box) {
		env.Setenv(key, value)
	}
	return nil
}

// variables point the command line at the sandbox, in both modes.
func variables(box *sandbox.Sandbox) map[string]string {
	return map[string]string{
		"AIRBYTE_CLIENT_ID":       sandbox.ClientID,
		"AIRBYTE_CLIENT_SECRET":   sandbox.ClientSecret,
		"AIRBYTE_ORGANIZATION_ID": sandbox.OrganizationID,
		"AIRBYTE_API_HOST":        box.PlatformURL(),
		"AIRBYTE_KEYCLOAK_URL":    box.KeycloakURL(),
		"AIRBYTE_WEBAPP_URL":      box.WebappURL(),
		"PYLON_API_TOKEN":         sandbox.PylonToken,
		"PYLON_API_HOST":          box.PylonURL(),
	}
}
