package create

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// field is one value of the credentials.
type field struct{ name, title string }

// ask gets the credentials from the person, without showing them.
func (f *flow) ask(ctx context.Context, t Template) (json.RawMessage, error) {
	fields := fieldsOf(t)
	if len(fields) == 0 {
		return nil, failure.NotSupported("the credentials of %s cannot be asked for one by one", t.Name).
			WithHint("give them as JSON with --credentials @file, or leave --manual out and use the browser")
	}
	values := make(map[string]string, len(fields))
	for _, one := range fields {
		value, err := f.askFor(ctx, output.Line(t.Name+" "+one.title)+": ")
		if err != nil {
			return nil, missing(err, fields)
		}
		if value == "" {
			return nil, failure.Invalid("%s is empty: nothing was made", one.title)
		}
		values[one.name] = value
	}
	return envelope.Encode(values), nil
}

// askFor puts a question to a person. Where the answers are piped nobody reads it,
// and standard error is left to the failure.
func (f *flow) askFor(ctx context.Context, question string) (string, error) {
	if !f.app.Terminal.In {
		question = ""
	}
	return f.app.AskSecret(ctx, question)
}

// missing names the answers that standard input should have had.
func missing(err error, fields []field) error {
	e, ok := errors.AsType[*failure.Error](err)
	if !ok || e.Hint != "" {
		return err
	}
	titles := make([]string, len(fields))
	for i, one := range fields {
		titles[i] = one.title
	}
	return e.WithHint("without a terminal the answers are lines of standard input: " + strings.Join(titles, ", "))
}

// fieldsOf returns what must be asked for: by the manifest of the type where
// this program has one, else by the type's configuration form.
func fieldsOf(t Template) []field {
	if m, ok := connector.LookupManifest(t.Slug); ok {
		if schemes := m.AuthSchemes(); len(schemes) > 0 {
			return fieldsOfScheme(schemes[0])
		}
	}
	return fieldsOfForm(t.Spec.Schema)
}

func fieldsOfScheme(scheme connector.AuthScheme) []field {
	var fields []field
	for _, f := range scheme.Fields {
		if f.Required {
			fields = append(fields, field{f.Name, cmp.Or(f.Title, f.Name)})
		}
	}
	return fields
}

// fieldsOfForm takes forms of texts alone: anything else, such as a choice
// between ways to sign in, is more than a question can ask.
func fieldsOfForm(schema json.RawMessage) []field {
	var form struct {
		Required   []string `json:"required"`
		Properties map[string]struct {
			Type  string `json:"type"`
			Title string `json:"title"`
		} `json:"properties"`
	}
	if json.Unmarshal(schema, &form) != nil {
		return nil
	}
	var fields []field
	for _, name := range form.Required {
		p := form.Properties[name]
		if p.Type != "string" {
			return nil
		}
		fields = append(fields, field{name, cmp.Or(p.Title, name)})
	}
	return fields
}
