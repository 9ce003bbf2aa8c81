package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/root"
)

// operation is what the schema command tells of a command.
type operation struct {
	params []param
	route  string // "GET /api/v1/skills", "" when there is none or several
}

type param struct {
	name, kind, description string
	required                bool
}

// flag returns the name of the parameter's flag.
func (p *param) flag() string { return strings.ReplaceAll(p.name, "_", "-") }

// ask runs the program itself and returns what it printed.
func ask(ctx context.Context, args ...string) (out, problem string, code int) {
	var stdout, stderr bytes.Buffer
	a := &app.App{In: strings.NewReader(""), Out: &stdout, Err: &stderr}
	code = root.Run(ctx, a, args)
	return stdout.String(), stderr.String(), code
}

// lookUp asks the schema command for an operation. Commands that are no
// operations, such as login show, have nothing there.
func lookUp(ctx context.Context, group, name string) (operation, error) {
	out, problem, code := ask(ctx, "schema", group, name)
	if code == failure.ExitNotFound {
		return operation{}, nil
	}
	if code != failure.ExitOK {
		return operation{}, fmt.Errorf("schema %s %s: %s", group, name, problem)
	}
	var o operation
	schema := gjson.Parse(out)
	schema.Get("params").ForEach(func(name, p gjson.Result) bool {
		o.params = append(o.params, param{
			name:        name.String(),
			kind:        p.Get("type").String(),
			required:    p.Get("required").Bool(),
			description: describe(p),
		})
		return true
	})
	if api := schema.Get("api"); api.Exists() {
		o.route = api.Get("method").String() + " " + api.Get("path").String()
	}
	return o, nil
}

// describe is what a parameter means and may be.
func describe(p gjson.Result) string {
	text := p.Get("description").String()
	if allowed := p.Get("enum").Array(); len(allowed) > 0 {
		names := make([]string, len(allowed))
		for i, value := range allowed {
			names[i] = "`" + value.String() + "`"
		}
		text += ": " + strings.Join(names, ", ")
	}
	if value := p.Get("default").String(); value != "" {
		text += " (default " + value + ")"
	}
	return text
}
