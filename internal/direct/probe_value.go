package direct

import (
	"encoding/json"
	"errors"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// errNotGiven is the cause of a failure for want of a value that only the
// program can give: nothing was asked of the service, so it says nothing of it.
var errNotGiven = errors.New("a value is not given")

func notGiven(format string, args ...any) *fault.Error {
	e := failure(fault.Config, format, args...)
	e.Err = errNotGiven
	return e
}

// given is what a check gives a parameter without asking the service. It is
// known and nil where the request is filled in anyway.
func (c *Client) given(p *manifest.Parameter) (value json.RawMessage, known bool, err error) {
	switch text := c.values[p.Name]; {
	case c.Fills(p):
		return nil, true, nil
	case text != "" && p.In != "body":
		return scalar(p, text), true, nil
	case p.Probe != "":
		text, err := c.render(p, p.Probe)
		return scalar(p, text), err == nil, err
	case len(p.Default) > 0 && string(p.Default) != "null":
		value, err := c.defaultValue(p)
		return value, err == nil, err
	}
	return nil, false, nil
}

// Fills reports whether the configuration gives p a value when a call does not.
func (c *Client) Fills(p *manifest.Parameter) bool {
	if p.Inject != nil && c.values[p.Inject.Source] != "" {
		return true
	}
	return slices.ContainsFunc(c.doc.Scoping, func(s manifest.Scope) bool {
		return s.Parameter == p.Name && c.values[s.ConfigKey] != ""
	})
}

// scalar is a text as the parameter's type wants it.
func scalar(p *manifest.Parameter, text string) json.RawMessage {
	if (p.Type == "integer" || p.Type == "number" || p.Type == "boolean") && gjson.Valid(text) {
		return json.RawMessage(text)
	}
	return encode(text)
}

// defaultValue evaluates the templates that defaults of dates are written in.
func (c *Client) defaultValue(p *manifest.Parameter) (json.RawMessage, error) {
	value := gjson.ParseBytes(p.Default)
	if value.Type != gjson.String || p.In != "query" { // elsewhere braces are just text
		return p.Default, nil
	}
	text, err := c.render(p, value.Str)
	if err != nil {
		return nil, err
	}
	return encode(text), nil
}

// render evaluates the template of a parameter's value.
func (c *Client) render(p *manifest.Parameter, text string) (string, error) {
	t, err := template.Compile(text)
	if err != nil {
		return "", notGiven("value of parameter %q: %v", p.Name, err)
	}
	env := c.fullEnv()
	config := map[string]string{}
	for _, pair := range c.doc.ProbeConfig {
		config[pair.Name] = pair.Value
	}
	env.Vars["config"] = encode(config)
	text, err = t.Render(env)
	if err != nil {
		return "", notGiven("value of parameter %q: %v", p.Name, err)
	}
	return text, nil
}
