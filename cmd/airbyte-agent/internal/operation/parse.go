package operation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// parser reads the parameters of one operation.
type parser struct {
	app    *app.App
	params []Param
	values map[string]*value // by parameter
	json   string            // of --json
}

func newParser(a *app.App, params []Param) *parser {
	return &parser{app: a, params: params, values: map[string]*value{}}
}

// flag returns the name of a parameter's flag.
func flag(param string) string { return strings.ReplaceAll(param, "_", "-") }

// register adds the flags.
func (p *parser) register(flags *pflag.FlagSet) {
	for _, param := range p.params {
		v := &value{param: param}
		p.values[param.Name] = v
		flags.Var(v, flag(param.Name), usage(param))
		if param.Type == Boolean {
			flags.Lookup(flag(param.Name)).NoOptDefVal = "true"
		}
	}
	if len(p.params) > 0 {
		flags.StringVar(&p.json, "json", "", "all parameters as one JSON object, @file, or - for standard input")
	}
}

func usage(p Param) string {
	text := p.Description
	if len(p.Enum) > 0 {
		text += ": " + strings.Join(p.Enum, ", ")
	}
	if p.Required {
		text += " (required)"
	}
	if p.Default != "" {
		text += " (default " + p.Default + ")"
	}
	return text
}

// parse returns what the user gave: --json, or flags, not both.
func (p *parser) parse(flags *pflag.FlagSet) (Input, error) {
	var given []string
	for _, param := range p.params {
		if flags.Changed(flag(param.Name)) {
			given = append(given, "--"+flag(param.Name))
		}
	}
	if !flags.Changed("json") {
		return p.fromFlags(flags)
	}
	if len(given) > 0 {
		slices.Sort(given)
		return Input{}, failure.Invalid("--json cannot be used together with %s", strings.Join(given, ", ")).
			WithHint("give all parameters in --json, or each with its flag")
	}
	return p.fromJSON()
}

func (p *parser) fromFlags(flags *pflag.FlagSet) (Input, error) {
	in, problems := Input{map[string]json.RawMessage{}}, map[string]string{}
	for _, param := range p.params {
		if !flags.Changed(flag(param.Name)) {
			continue
		}
		raw, problem, err := p.values[param.Name].raw(p.app.ReadReference)
		if err != nil {
			return Input{}, err
		}
		if problem != "" {
			problems[param.Name] = problem
			continue
		}
		in.values[param.Name] = raw
	}
	return in, p.check(in, problems)
}

func (p *parser) fromJSON() (Input, error) {
	content, typed := []byte(p.json), true
	if app.IsReference(p.json) {
		var err error
		if content, err = p.app.ReadReference(p.json); err != nil {
			return Input{}, err
		}
		typed = false
	}
	content, err := document(content)
	if err != nil {
		return Input{}, failure.Input("--json is not valid JSON: %v", err)
	}
	if !isObject(content) {
		return Input{}, failure.Input("--json must be a JSON object, such as {\"name\":\"pylon\"}")
	}
	in, problems := Input{map[string]json.RawMessage{}}, map[string]string{}
	envelope.EachMember(content, func(key, member []byte) bool {
		in.values[envelope.Key(key)] = bytes.Clone(member)
		return true
	})
	for _, param := range p.params {
		if typed && param.Secret && in.Has(param.Name) {
			problems[param.Name] = SecretTyped
		}
	}
	return in, p.check(in, problems)
}

// check adds what is wrong with single parameters and makes a failure of it.
func (p *parser) check(in Input, problems map[string]string) error {
	for _, param := range p.params {
		if _, known := problems[param.Name]; known {
			continue
		}
		if problem := param.problem(in); problem != "" {
			problems[param.Name] = problem
		}
	}
	var unknown []string
	for name := range in.values {
		if !slices.ContainsFunc(p.params, func(known Param) bool { return known.Name == name }) {
			problems[name] = "unknown parameter"
			unknown = append(unknown, name)
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return failure.InvalidFields(problems, p.hint(unknown))
}

// hint says which parameters there are, where one is not known.
func (p *parser) hint(unknown []string) string {
	const help = "--help shows all parameters"
	if len(unknown) == 0 {
		return help
	}
	names := make([]string, len(p.params))
	for i, param := range p.params {
		names[i] = param.Name
	}
	return fmt.Sprintf("the parameters are %s", strings.Join(names, ", "))
}

// document checks a JSON text and takes the white space around it off.
func document(content []byte) ([]byte, error) {
	content = bytes.TrimSpace(content)
	if len(content) == 0 {
		return nil, errors.New("it is empty")
	}
	return content, envelope.Valid(content)
}

func isObject(content []byte) bool { return len(content) > 0 && content[0] == '{' }

func isReference(value string) bool { return app.IsReference(value) }
