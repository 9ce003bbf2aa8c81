package platform

import (
	"encoding/json"
	"errors"
)

// answer is implemented by types whose zero value is no answer: {} and null
// decode into any of them without an error.
type answer interface {
	check() error
}

func decode[T any](body []byte) (*T, error) {
	out := new(T)
	if len(body) == 0 {
		return nil, errors.New("it is empty")
	}
	if err := json.Unmarshal(body, out); err != nil {
		return nil, err
	}
	if a, ok := any(out).(answer); ok {
		if err := a.check(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// rows is a list that leaves out null elements: one must not cost the others.
type rows[T any] []T

// UnmarshalJSON reads a list; null is nil, which an empty list is not.
func (r *rows[T]) UnmarshalJSON(b []byte) error {
	var all []*T
	if err := json.Unmarshal(b, &all); err != nil || all == nil {
		*r = nil
		return err
	}
	*r = make(rows[T], 0, len(all))
	for _, row := range all {
		if row != nil {
			*r = append(*r, *row)
		}
	}
	return nil
}

// page is a page of a list as it arrives.
type page[T any] struct {
	Data       rows[T] `json:"data"`
	Next       string  `json:"next"`
	NextCursor string  `json:"next_cursor"`
}

var errNoList = errors.New(`it has no list "data"`)

func (p *page[T]) check() error {
	if p.Data == nil {
		return errNoList
	}
	return nil
}

func (w *Workspace) check() error { return present(w.ID, "a workspace has no id") }

func (i *Inspection) check() error {
	return present(i.ConnectorID+i.DocsSkillID, "it says neither connector nor skill")
}

func (i *ScopedTokenInfo) check() error {
	return present(i.WorkspaceID+i.WorkspaceName, "it names no workspace")
}

func (d *SkillDocs) check() error {
	if d.Content == nil && d.Outline == nil {
		return present(d.Metadata.ID, "it is no skill document")
	}
	return nil
}

func present(value, otherwise string) error {
	if value == "" {
		return errors.New(otherwise)
	}
	return nil
}
