package settings

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// File is the part of the settings file that a client needs.
type File struct {
	Credentials struct {
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
	} `json:"credentials"`
	OrganizationID string `json:"organization_id"`
	Workspace      string `json:"workspace"`
}

// byteOrderMark is what editors on Windows put in front, which json refuses.
var byteOrderMark = []byte("\xef\xbb\xbf")

var errNoSettings = errors.New(`it has no object "settings"`)

// ParseFile reads the content of a settings file: one object "settings".
func ParseFile(content []byte) (File, error) {
	var outer struct {
		Settings *File `json:"settings"`
	}
	content = bytes.TrimPrefix(content, byteOrderMark)
	if err := json.Unmarshal(content, &outer); err != nil {
		return File{}, explain(err)
	}
	if outer.Settings == nil {
		return File{}, errNoSettings
	}
	return *outer.Settings, nil
}

// explain says where a file is malformed. The decoder's own words are not
// repeated: they may quote a value, and the values here are secrets.
func explain(err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("not valid json at byte %d", syntax.Offset)
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		what := cmp.Or(wrong.Field, "the whole file")
		return fmt.Errorf("%s must be %s, not %s", what, wanted(wrong.Type), found(wrong.Value))
	}
	return errors.New("not valid json")
}

// wanted names the JSON value that fits a type of Stored.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a text in quotes"
	case reflect.Bool:
		return "true or false"
	default:
		return "an object in braces"
	}
}

// found names the JSON value that is there. The decoder may put the value
// itself behind its kind.
func found(value string) string {
	kind, _, _ := strings.Cut(value, " ")
	switch kind {
	case "array":
		return "a list"
	case "string":
		return "a text"
	case "object":
		return "an object"
	case "bool":
		return "true or false"
	default:
		return "a number"
	}
}

// read returns the settings file's content and path. A missing file is an
// empty one; an unreadable or malformed one is an error that names it.
func (s System) read() (file File, path string, err error) {
	content, path, err := s.content()
	if err != nil || content == nil {
		return File{}, path, err
	}
	file, err = ParseFile(content)
	if err != nil {
		return File{}, path, malformed(path, err)
	}
	return file, path, nil
}
