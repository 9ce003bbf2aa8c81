package response

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/jsonpath"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// Compile makes the reader of an operation's answers; check, which may be nil,
// holds for all operations of its manifest. The error, of kind Config, names
// what of the operation cannot be used: a path or a template that does not
// compile, or a filter where it would have no effect.
func Compile(op *manifest.Operation, check *manifest.ErrorCheck) (*Reader, error) {
	r := &Reader{
		list:   op.Action == "list" || op.Action == "api_search",
		effect: cmp.Or(action.Effect(op.Effect), action.Of(op.Action)),
	}
	for _, step := range []func() error{
		func() error { return r.compileCheck(check) },
		func() error { return r.compileRecords(op) },
		func() error { return r.compileMeta(op.Meta) },
		func() error { return r.compileTransform(op) },
		func() error { return r.compileFilter(op) },
	} {
		if err := step(); err != nil {
			return nil, &fault.Error{Kind: fault.Config, Message: fmt.Sprintf("%s %s: %v", op.Method, op.Path, err), Err: err}
		}
	}
	if op.Body != nil && op.Body.Kind == manifest.BodyGraphQL {
		r.graphql = &graphql{errors: r.outline.Add("errors"), data: r.outline.Add("data")}
	}
	return r, nil
}

func (r *Reader) compileCheck(c *manifest.ErrorCheck) error {
	if c == nil {
		return nil
	}
	if c.Field == "" || len(c.OnValue) == 0 {
		return fmt.Errorf("the error check needs a field and a value")
	}
	r.check = &check{field: r.outline.Add(c.Field), on: c.OnValue}
	if c.MessageField != "" {
		r.check.message = r.outline.Add(c.MessageField)
	}
	return nil
}

func (r *Reader) compileRecords(op *manifest.Operation) error {
	if op.Records == "" {
		return nil
	}
	s, err := r.selector(op.Records)
	if err != nil {
		return fmt.Errorf("records: %w", err)
	}
	r.records = s
	return nil
}

// selector splits a path between the outline and the rest.
func (r *Reader) selector(expr string) (*selector, error) {
	path, err := jsonpath.Compile(expr)
	if err != nil {
		return nil, err
	}
	names, rest := path.Split()
	return &selector{slot: r.outline.Add(names...), rest: rest}, nil
}

func (r *Reader) compileMeta(fields []manifest.Pair) error {
	for _, pair := range fields {
		field := metaField{name: pair.Name}
		source, name, _ := strings.Cut(pair.Value, ".")
		switch {
		case source == "@link" && name != "":
			field.link = name
		case source == "@header" && name != "":
			field.header = name
		case strings.HasPrefix(source, "@"):
			return fmt.Errorf("meta %s: %q is neither @link.<relation> nor @header.<name>", pair.Name, pair.Value)
		default:
			body, err := r.selector(pair.Value)
			if err != nil {
				return fmt.Errorf("meta %s: %w", pair.Name, err)
			}
			field.body = body
		}
		r.meta = append(r.meta, field)
	}
	return nil
}

func (r *Reader) compileTransform(op *manifest.Operation) error {
	for _, pair := range op.Transform {
		value, err := r.compileTemplate(op, pair.Value)
		if err != nil {
			return fmt.Errorf("transform of %s: %w", pair.Name, err)
		}
		r.transform = append(r.transform, derived{name: pair.Name, value: value})
	}
	return nil
}

// compileFilter refuses a filter that other programs would pass over without a
// word: who wrote it relies on it.
func (r *Reader) compileFilter(op *manifest.Operation) error {
	if op.Filter == "" {
		return nil
	}
	if !r.list {
		return fmt.Errorf("filter: only list and api_search can filter, not %s", op.Action)
	}
	filter, err := r.compileTemplate(op, op.Filter)
	if err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	r.filter = filter
	return nil
}

func (r *Reader) compileTemplate(op *manifest.Operation, text string) (*template.Template, error) {
	if op.Records == "" {
		return nil, fmt.Errorf("the operation says nothing about where its records are; \"$\" is the whole answer")
	}
	t, err := template.Compile(text)
	if err != nil {
		return nil, err
	}
	for _, name := range t.Names() {
		if name != record && name != config {
			return nil, fmt.Errorf("unknown variable %s; there are record and config", name)
		}
	}
	for _, path := range t.Paths() {
		name, found := strings.CutPrefix(path, config+".")
		switch {
		case !found || slices.Contains(r.needs, name):
		case strings.Contains(name, "."):
			return nil, fmt.Errorf("%s: a configuration value is a text, which has no attributes", path)
		default:
			r.needs = append(r.needs, name)
		}
	}
	return t, nil
}
