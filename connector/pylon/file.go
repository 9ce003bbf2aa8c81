package pylon

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// File is a file to upload.
type File struct {
	Name        string // with its extension, such as report.pdf; Pylon shows it
	ContentType string // media type, such as application/pdf; "" lets the service guess
	Content     []byte // may be empty
}

var errFileText = errors.New("name or content type of the file is not valid UTF-8; convert it")

// MarshalJSON writes the file as a parameter takes it, with the content in
// base64. A name or content type that is not UTF-8 is an error: JSON would change
// it silently.
func (f File) MarshalJSON() ([]byte, error) {
	if !utf8.ValidString(f.Name) || !utf8.ValidString(f.ContentType) {
		return nil, errFileText
	}
	return json.Marshal(struct {
		Name    string `json:"name,omitzero"`
		Type    string `json:"type,omitzero"`
		Content string `json:"content"`
	}{f.Name, f.ContentType, base64.StdEncoding.EncodeToString(f.Content)})
}
