package app

import (
	"os"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/settings"
)

// EnvAllowDestructive is the environment variable that stands for --yes.
const EnvAllowDestructive = "AIRBYTE_ALLOW_DESTRUCTIVE"

// AllowDestructive reports whether the user has said once and for all that
// commands which change or delete something need not ask:
// AIRBYTE_ALLOW_DESTRUCTIVE is 1, true, yes or on, or, where it is not set, the
// settings file has allow_destructive. A settings file that cannot be read
// allows nothing.
func (a *App) AllowDestructive() bool {
	if value := strings.TrimSpace(os.Getenv(EnvAllowDestructive)); value != "" {
		switch strings.ToLower(value) {
		case "1", "true", "yes", "on":
			return true
		}
		return false
	}
	stored, found, err := settings.OS().Load()
	return err == nil && found && stored.AllowDestructive
}
