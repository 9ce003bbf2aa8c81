package settings

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Document is a settings file on its way to be written. Everything that is not
// set stays as it is, also keys that this package does not know.
type Document struct {
	text []byte
	want File // what the text must say in the end
	err  error
}

// newDocument takes the content of a file, nil for none.
func newDocument(content []byte) (*Document, error) {
	if content == nil {
		content = []byte(`{"settings":{}}`)
	}
	stored, err := parseStored(content)
	if err != nil {
		return nil, err
	}
	return &Document{text: content, want: stored.File}, nil
}

// File returns what the document says now.
func (d *Document) File() File { return d.want }

// SetCredentials sets the client id and secret; the pair is never mixed.
func (d *Document) SetCredentials(clientID, clientSecret string) {
	d.want.Credentials.ClientID, d.want.Credentials.ClientSecret = clientID, clientSecret
	d.set("credentials.client_id", clientID)
	d.set("credentials.client_secret", clientSecret)
}

// SetOrganization sets the organization's id; "" removes it.
func (d *Document) SetOrganization(id string) {
	d.want.OrganizationID = id
	d.set("organization_id", id)
}

// SetWorkspace sets the workspace's name; "" removes it.
func (d *Document) SetWorkspace(name string) {
	d.want.Workspace = name
	d.set("workspace", name)
}

// set keeps the first error for the end, where Update looks at it.
func (d *Document) set(key, value string) {
	if !utf8.ValidString(value) {
		d.err = cmp.Or(d.err, fmt.Errorf("the new %s is not valid UTF-8", key))
		return
	}
	d.text = setMember(d.text, "settings."+key, value)
}

// bytes returns the text to write, after checking that a reader of it finds
// what was set: readers ignore the case of keys, so a second spelling of one
// may win.
func (d *Document) bytes() ([]byte, error) {
	now, err := parseStored(d.text)
	if err != nil {
		return nil, err
	}
	if now.File != d.want {
		return nil, errors.New("it has a key twice")
	}
	var text bytes.Buffer
	if err := json.Indent(&text, bytes.TrimSpace(d.text), "", "  "); err != nil {
		return nil, explain(err)
	}
	text.WriteByte('\n')
	return text.Bytes(), nil
}

// Update lets change set values in the settings file and writes it, indented
// by two spaces; a missing file is made. The file is readable by its owner
// alone afterwards, and is replaced in one step. Of programs that update at the
// same time each waits for the one before, at most five seconds, and keeps what
// that one has set. change should therefore not wait for anything.
//
// Nothing is written when change returns an error, which Update returns as it
// is, or when the file is malformed. Update's own errors match fault.ErrConfig
// and name the file.
func (s System) Update(change func(*Document) error) (err error) {
	path := s.Path()
	if path == "" {
		return configError("settings cannot be saved: there is no home directory to keep them in")
	}
	if s.Lock != nil {
		unlock, err := s.Lock(path)
		if err != nil {
			return unwritable(path, err)
		}
		defer func() {
			if left := unlock(); left != nil && err == nil {
				err = unwritable(path, left)
			}
		}()
	}
	return s.rewrite(change)
}

// rewrite is Update while nobody else changes the file.
func (s System) rewrite(change func(*Document) error) error {
	content, path, err := s.content()
	if err != nil {
		return err
	}
	doc, err := newDocument(content)
	if err != nil {
		return malformed(path, err)
	}
	if err := change(doc); err != nil {
		return err
	}
	if doc.err != nil {
		return configError("settings file %s cannot be changed: %w", path, doc.err)
	}
	text, err := doc.bytes()
	if err != nil {
		return malformed(path, err)
	}
	if err := s.WriteFile(path, text); err != nil {
		return unwritable(path, err)
	}
	return nil
}

func unwritable(path string, err error) error {
	return configError("settings file %s cannot be written: %w", path, err)
}
