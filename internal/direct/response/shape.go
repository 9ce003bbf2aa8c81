package response

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// The names that templates know a record and the configuration by.
const (
	record = "record"
	config = "config"
)

// budget is how large, in bytes, the transformed records of a body may grow. A
// template can repeat a record as often as it likes.
func budget(body int) int {
	const most, times, slack = 64 << 20, 16, 1 << 20
	return min(most, times*min(body, most)+slack)
}

// derived is one field of the record that a transform makes.
type derived struct {
	name  string
	value *template.Template
}

// shape transforms the records of the page, then filters them. An expression
// that cannot be evaluated fails the whole call: a filter that keeps private
// records out must not let one through.
func (r *Reader) shape(page *Page, env template.Env, limit int) error {
	if len(r.transform) == 0 && r.filter == nil || len(page.Data) == 0 {
		return nil
	}
	s := shaping{reader: r, env: env, limit: limit}
	s.env.Vars = maps.Clone(env.Vars)
	if s.env.Vars == nil {
		s.env.Vars = map[string]json.RawMessage{}
	}
	if page.Data[0] != '[' {
		s.add(page.Data)
		page.Data, page.Compact = s.last, false
		return s.err
	}
	envelope.EachElement(page.Data, s.add)
	if s.changed {
		page.Data, page.Compact = s.kept.array(), page.Compact && len(r.transform) == 0
	}
	return s.err
}

// shaping is the work on the records of one page.
type shaping struct {
	reader  *Reader
	env     template.Env
	kept    rows
	last    json.RawMessage
	changed bool // the records are not those of the answer
	made    int  // bytes of transformed records, kept or not
	limit   int  // of made
	err     error
}

// add makes what becomes of one record, until one fails.
func (s *shaping) add(raw []byte) bool {
	if s.last = s.transformed(raw); s.err != nil {
		return false
	}
	keep := true
	if filter := s.reader.filter; filter != nil {
		s.env.Vars[record] = s.last
		if keep, s.err = filter.Truthy(s.env); s.err != nil {
			s.err = s.reader.unshaped("filter", s.err)
			return false
		}
	}
	if keep {
		s.kept.add(s.last)
	} else {
		s.changed = true
	}
	return true
}

// transformed returns the record that the transform makes.
func (s *shaping) transformed(raw []byte) json.RawMessage {
	if len(s.reader.transform) == 0 {
		return raw
	}
	s.changed = true
	s.env.Vars[record] = raw
	b := []byte{'{'}
	for i, field := range s.reader.transform {
		value, err := field.value.Value(s.env)
		if err != nil {
			s.err = s.reader.unshaped("transform of "+field.name, err)
			return nil
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(envelope.AppendString(b, field.name), ':')
		b = append(b, value...)
		if s.made+len(b) > s.limit {
			s.err = s.reader.unshaped("transform of "+field.name, errGrown)
			return nil
		}
	}
	s.made += len(b)
	return append(b, '}')
}

var errGrown = fmt.Errorf("%w: the transformed records are far larger than the answer", httpx.ErrTooLarge)

// unshaped tells that an expression has no value. A record that lacks what the
// manifest says of it is an answer that cannot be read; a configuration that
// lacks something is for the program to complete. Whatever it is, a write has
// been sent, so nothing may say that it did not happen.
func (r *Reader) unshaped(what string, cause error) error {
	err := &fault.Error{
		Kind: lost(r.effect), Err: cause,
		Message: "the records cannot be given out: " + what + ": " + cause.Error(),
		Hint:    unreadableHint(r.effect),
	}
	if r.effect != action.Read {
		return err
	}
	missing, isMissing := errors.AsType[*template.MissingError](cause)
	switch {
	case errors.Is(cause, httpx.ErrTooLarge), errors.Is(cause, template.ErrTooLarge):
		err.Kind, err.Hint = fault.Validation, "ask for fewer records, or mend the manifest"
	case isMissing && !strings.HasPrefix(missing.Name, record):
		err.Kind, err.Hint = fault.Config, "give the connector that value with WithConfig"
	default:
		err.Hint = "the manifest expects something else of this service"
	}
	return err
}
