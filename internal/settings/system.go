package settings

import (
	"io/fs"
	"os"
	"path/filepath"
)

// System is what settings are read from besides the program's own values, and
// where they are kept. A program that only reads needs the first three.
type System struct {
	Getenv   func(key string) string
	HomeDir  func() (string, error)
	ReadFile func(name string) ([]byte, error)

	// WriteFile puts a file in place in one step, readable by its owner alone,
	// and makes its directory likewise.
	WriteFile func(name string, content []byte) error
	// Lock waits until no other program changes the file, and keeps others
	// waiting until unlock. nil: nobody else changes it.
	Lock func(name string) (unlock func() error, err error)
	// Mode returns who may do what with a file, and false where the system
	// does not say it that way.
	Mode func(name string) (mode fs.FileMode, known bool, err error)
}

// OS is the real environment, home directory and file system.
func OS() System {
	return System{
		Getenv:    os.Getenv,
		HomeDir:   os.UserHomeDir,
		ReadFile:  os.ReadFile,
		WriteFile: replaceFile,
		Lock:      lockFile,
		Mode:      fileMode,
	}
}

// Path returns where the settings file is, or "" without a home directory, as
// in a bare container: then there is no file to miss.
func (s System) Path() string {
	home, err := s.HomeDir()
	if err != nil || home == "" {
		return ""
	}
	return filepath.Join(home, ".airbyte-agent", "settings.json")
}
