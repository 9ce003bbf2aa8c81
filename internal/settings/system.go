package settings

import (
	"os"
	"path/filepath"
)

// System is what settings are read from besides the program's own values.
type System struct {
	Getenv   func(key string) string
	HomeDir  func() (string, error)
	ReadFile func(name string) ([]byte, error)
}

// OS is the real environment, home directory and file system.
func OS() System {
	return System{Getenv: os.Getenv, HomeDir: os.UserHomeDir, ReadFile: os.ReadFile}
}

// path returns where the settings file is, or "" without a home directory, as
// in a bare container: then there is no file to miss.
func (s System) path() string {
	home, err := s.HomeDir()
	if err != nil || home == "" {
		return ""
	}
	return filepath.Join(home, ".airbyte-agent", "settings.json")
}
