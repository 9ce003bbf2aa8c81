package pylon

import (
	"encoding/base64"
	"encoding/json"
)

// File is a file to upload.
type File struct {
	Name        string // with its extension, such as report.pdf; Pylon shows it
	ContentType string // media type, such as application/pdf; "" lets the service guess
	Content     []byte // may be empty
}

// MarshalJSON writes the file as a parameter takes it, with the content in
// base64.
func (f File) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Name    string `json:"name,omitzero"`
		Type    string `json:"type,omitzero"`
		Content string `json:"content"`
	}{f.Name, f.ContentType, base64.StdEncoding.EncodeToString(f.Content)})
}
