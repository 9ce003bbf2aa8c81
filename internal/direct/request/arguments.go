package request

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

const null = "null"

// slot is one name that a call may give, wherever the value travels.
type slot struct {
	name     string
	kind     string // JSON Schema type, "" when any will do or none is declared
	whole    wholeNumbers
	required bool
	scope    string             // configuration key that fills it in, "" when there is none
	fallback string             // default as raw JSON, "" when there is none
	date     *template.Template // instead of fallback, a default that is computed from the date
	inject   *manifest.Inject
}

// slots are the names that an operation reads.
type slots struct {
	list  []slot
	index map[string]int
	dated bool // some slot has a date
}

func newSlots() *slots { return &slots{index: map[string]int{}} }

// of returns the slot of name, a new one when nothing has asked for it before.
func (s *slots) of(name string) int {
	i, known := s.index[name]
	if !known {
		i = len(s.list)
		s.index[name] = i
		s.list = append(s.list, slot{name: name})
	}
	return i
}

// declare keeps what p says of its name. Of several parameters with one name
// the first to have a default counts.
func (s *slots) declare(p *manifest.Parameter, at int) error {
	slot := &s.list[at]
	if slot.kind == "" {
		slot.kind = p.Type
	}
	slot.required = slot.required || p.Required
	slot.wholeAlso(wholeOf(p))
	if p.Inject != nil && p.In == "query" {
		slot.inject = p.Inject
	}
	if slot.fallback != "" || slot.date != nil || len(p.Default) == 0 {
		return nil
	}
	date, err := compileDate(p)
	switch {
	case err != nil:
		return err
	case date == nil:
		slot.setFallback(string(p.Default))
	case len(date.Names()) == 0:
		slot.date, s.dated = date, true
	}
	// A date that needs more than the clock is for probes, which know the rest
	// and give the value with the call.
	return nil
}

// setFallback sets the default. One of the wrong type is the manifest's, whose
// author may know that the service takes it.
func (s *slot) setFallback(raw string) {
	s.fallback = raw
	if plain, err := s.whole.plain(s.name, raw); err == nil {
		s.fallback = plain
	}
}

// wholeAlso adds what another declaration of the name needs whole.
func (s *slot) wholeAlso(w wholeNumbers) {
	s.whole = wholeNumbers{value: s.whole.value || w.value, elements: s.whole.elements || w.elements}
}

func (s *slots) scope(scoping []manifest.Scope) {
	for _, scope := range scoping {
		if i, asked := s.index[scope.Parameter]; asked {
			s.list[i].scope = scope.ConfigKey
			if scope.ConfigKey == "" {
				s.list[i].scope = scope.Parameter
			}
		}
	}
}

// arguments are the values of one call.
type arguments struct {
	*slots
	raw   []string                // by slot: raw JSON from the call or the configuration, "" when neither has it
	dates map[int]json.RawMessage // by slot: defaults that are dates, computed for this call
}

// fallback is the default of a slot, "" when it has none.
func (a *arguments) fallback(i int) string {
	if date := a.dates[i]; date != nil {
		return string(date)
	}
	return a.list[i].fallback
}

// lookup is the value of a path's or a variable's name. A null for a required
// one means "as usual".
func (a *arguments) lookup(i int) string {
	raw := a.raw[i]
	if raw != "" && (raw != null || !a.list[i].required) {
		return raw
	}
	if usual := a.fallback(i); usual != "" {
		return usual
	}
	return raw
}

// resolve reads a call and fills in what it leaves out.
func (b *Builder) resolve(params json.RawMessage, values map[string]string) (*arguments, error) {
	args := &arguments{slots: b.slots, raw: make([]string, len(b.slots.list))}
	if err := args.read(params); err != nil {
		return nil, err
	}
	for i := range args.list {
		if args.raw[i] == "" {
			args.raw[i] = args.list[i].configured(values)
		}
		var err error
		if args.raw[i], err = args.list[i].whole.plain(args.list[i].name, args.raw[i]); err != nil {
			return nil, err
		}
	}
	if b.slots.dated {
		if err := args.computeDates(template.Env{Now: b.options.Now()}); err != nil {
			return nil, err
		}
	}
	return args, b.complete(args)
}

// read takes the call's values. Of a name that comes twice the last counts.
func (a *arguments) read(params json.RawMessage) error {
	if len(params) == 0 {
		return nil
	}
	if err := envelope.Valid(params); err != nil {
		return &fault.Error{Kind: fault.Validation, Message: "the parameters are not valid json: " + err.Error(), Err: err}
	}
	if !utf8.Valid(params) {
		return &fault.Error{Kind: fault.Validation, Message: "the parameters are not valid utf-8"}
	}
	object := gjson.Parse(envelope.Text(params))
	if object.Type == gjson.Null {
		return nil
	}
	if !object.IsObject() {
		return &fault.Error{Kind: fault.Validation, Message: "the parameters must be a json object"}
	}
	object.ForEach(func(key, value gjson.Result) bool {
		if i, asked := a.index[key.Str]; asked {
			a.raw[i] = value.Raw
		}
		return true
	})
	return nil
}

// configured is what the configuration has for the slot, "" when it has
// nothing. An empty value counts as none: it is a setting left blank.
func (s *slot) configured(values map[string]string) string {
	if v := values[s.scope]; s.scope != "" && v != "" {
		return fromText(v, s.kind)
	}
	if s.inject == nil || values[s.inject.Source] == "" {
		return ""
	}
	v := values[s.inject.Source]
	if s.inject.Map == nil {
		return fromText(v, s.kind)
	}
	if to, known := mapped(s.inject.Map, v); known {
		return fromText(to, s.kind)
	}
	return ""
}

func mapped(pairs []manifest.Pair, v string) (string, bool) {
	for _, from := range []string{v, strings.ToUpper(v)} {
		i := slices.IndexFunc(pairs, func(p manifest.Pair) bool { return p.Name == from })
		if i >= 0 {
			return pairs[i].Value, true
		}
	}
	return "", false
}

// complete holds that nothing required is missing, and names all that is.
func (b *Builder) complete(args *arguments) error {
	var names, keys []string
	for i := range b.required {
		p := &b.required[i]
		if p.given(args) || slices.Contains(names, strconv.Quote(p.Name)) {
			continue
		}
		names = append(names, strconv.Quote(p.Name))
		keys = append(keys, args.list[p.slot].configKeys()...)
	}
	if names == nil {
		return nil
	}
	err := &fault.Error{Kind: fault.Validation, Message: "missing required parameters " + strings.Join(names, ", ")}
	if len(names) == 1 {
		err.Message = "missing required parameter " + names[0]
	}
	if keys != nil {
		err.Hint = "the configuration can fill in what is missing: set " + strings.Join(keys, ", ")
	}
	return err
}

func (s *slot) configKeys() []string {
	switch {
	case s.scope != "":
		return []string{strconv.Quote(s.scope)}
	case s.inject != nil:
		return []string{strconv.Quote(s.inject.Source)}
	default:
		return nil
	}
}
