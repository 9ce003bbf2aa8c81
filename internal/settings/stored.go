package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

// Stored is the whole settings file, with what only the command line looks at.
type Stored struct {
	File `json:"-"` // read by ParseFile, whose errors name the keys as they are

	AllowDestructive bool  `json:"allow_destructive"`     // delete without asking
	InternalUser     bool  `json:"is_internal_user"`      // kept for the official command line
	Telemetry        *bool `json:"telemetry_enabled"`     // likewise; nil is true
	VersionCheck     *bool `json:"version_check_enabled"` // likewise; nil is true
}

// Load reads the settings file alone, without the environment. found is false
// when there is none. Every error matches fault.ErrConfig and names the file.
func (s System) Load() (stored Stored, found bool, err error) {
	content, path, err := s.content()
	if err != nil || content == nil {
		return Stored{}, false, err
	}
	stored, err = parseStored(content)
	if err != nil {
		return Stored{}, false, malformed(path, err)
	}
	return stored, true, nil
}

// content returns the bytes of the settings file without a byte order mark,
// nil when there is no file.
func (s System) content() (content []byte, path string, err error) {
	path = s.Path()
	if path == "" {
		return nil, "", nil
	}
	content, err = s.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, path, nil
	case err != nil:
		return nil, path, configError("settings file cannot be read: %w", err)
	}
	return append([]byte{}, bytes.TrimPrefix(content, byteOrderMark)...), path, nil
}

func parseStored(content []byte) (Stored, error) {
	file, err := ParseFile(content)
	if err != nil {
		return Stored{}, err
	}
	var outer struct {
		Settings Stored `json:"settings"`
	}
	if err := json.Unmarshal(content, &outer); err != nil {
		return Stored{}, explain(err)
	}
	outer.Settings.File = file
	return outer.Settings, nil
}

func malformed(path string, err error) error {
	return configError("settings file %s is malformed: %w; mend it or remove it", path, err)
}

// Permissions returns a warning when other users of the machine can read the
// settings file or change it, "" when they cannot, when there is no file, and
// where the system does not say it with a mode, such as on Windows. An error
// matches fault.ErrConfig.
func (s System) Permissions() (warning string, err error) {
	mode, err := s.openTo(0o066)
	if err != nil || mode == 0 {
		return "", err
	}
	can := "read"
	if mode&0o022 != 0 {
		can = "change"
	}
	path := s.Path()
	return fmt.Sprintf("settings file %s holds a secret, and its mode %#o lets other users %s it: run chmod 600 %[1]s",
		path, mode, can), nil
}

// ChangeableByOthers reports whether other users of the machine can change the
// settings file: then it does not say what its owner wants. It is false where
// Permissions warns of nothing for want of knowledge. An error matches
// fault.ErrConfig.
func (s System) ChangeableByOthers() (bool, error) {
	mode, err := s.openTo(0o022)
	return mode != 0, err
}

// openTo returns the settings file's permissions when they have any of bits,
// and else 0.
func (s System) openTo(bits fs.FileMode) (fs.FileMode, error) {
	path := s.Path()
	if path == "" {
		return 0, nil
	}
	mode, known, err := s.Mode(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, configError("settings file cannot be examined: %w", err)
	case !known || mode.Perm()&bits == 0:
		return 0, nil
	}
	return mode.Perm(), nil
}
