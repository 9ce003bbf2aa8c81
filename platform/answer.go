package platform

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
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
		return nil, explain(err)
	}
	if a, ok := any(out).(answer); ok {
		if err := a.check(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// explain says what is wrong with an answer in the words of JSON: the decoder's
// own name types of this package. nil stays nil.
func explain(err error) error {
	if err == nil {
		return nil
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("not valid json at byte %d", syntax.Offset)
	}
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case ok && wrong.Field != "":
		return fmt.Errorf("%s must be %s, not %s", wrong.Field, wanted(wrong.Type), found(wrong.Value))
	case ok:
		return fmt.Errorf("it has %s in the place of %s", found(wrong.Value), wanted(wrong.Type))
	case strings.HasPrefix(err.Error(), "json: "):
		return errors.New("it is not the json that was expected")
	}
	return err
}

// wanted names the JSON value that fits a type.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object"
	default:
		return "a whole number"
	}
}

// found names the JSON value that is there. The decoder may put the value itself
// behind its kind.
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
