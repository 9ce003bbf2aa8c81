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
// allows nothing, and neither does one that other users can change: it may not
// be the user who says so there. That is a warning.
func (a *App) AllowDestructive() bool {
	if value := strings.TrimSpace(os.Getenv(EnvAllowDestructive)); value != "" {
		switch strings.ToLower(value) {
		case "1", "true", "yes", "on":
			return true
		}
		return false
	}
	system := settings.OS()
	stored, found, err := system.Load()
	if err != nil || !found || !stored.AllowDestructive {
		return false
	}
	open, err := system.ChangeableByOthers()
	if open {
		a.Warn("allow_destructive of the settings file is not used, since other users can change the file: run chmod 600 " + system.Path())
	}
	return err == nil && !open
}
