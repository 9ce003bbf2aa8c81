package main

import (
	"fmt"
	"go/format"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

var methodNames = map[string]string{"list": "List", "api_search": "Search", "get": "Get", "create": "Create", "update": "Update", "delete": "Delete"}

// untypedCall is the call through Execute.
func untypedCall(entity string, op *manifest.Operation, args []argument) string {
	params := "nil"
	if len(args) > 0 {
		var members []string
		for _, a := range args {
			members = append(members, strconv.Quote(a.Name)+": "+untyped(gjson.Parse(a.value), a.Type == "array" && strings.HasPrefix(a.value, `["`)))
		}
		params = "connector.Params{" + lines(members) + "}"
	}
	return fmt.Sprintf("res, err := conn.Execute(ctx, %q, %q, %s)", entity, op.Action, params)
}

// untyped is a JSON value in Go.
func untyped(v gjson.Result, texts bool) string {
	switch {
	case v.IsArray():
		var items []string
		for _, item := range v.Array() {
			items = append(items, untyped(item, false))
		}
		element := "any"
		if texts {
			element = "string"
		}
		return "[]" + element + "{" + strings.Join(items, ", ") + "}"
	case v.IsObject():
		var members []string
		v.ForEach(func(name, value gjson.Result) bool {
			members = append(members, strconv.Quote(name.String())+": "+untyped(value, value.IsArray() && value.Get("0").Type == gjson.String))
			return true
		})
		return "map[string]any{" + strings.Join(members, ", ") + "}"
	case v.Type == gjson.String:
		return strconv.Quote(v.String())
	default:
		return v.Raw
	}
}

// lines joins the members of a literal, each on its own line when there are
// many.
func lines(members []string) string {
	if text := strings.Join(members, ", "); len(text) < 80 {
		return text
	}
	return "\n" + strings.Join(members, ",\n") + ",\n"
}

// typedCall is the call through the typed package, and what it gives.
func (a *api) typedCall(entity string, op *manifest.Operation, args []argument) (call, result string, err error) {
	field, typ := a.service(entity)
	name := methodNames[op.Action]
	m, ok := a.methods[typ][name]
	if !ok {
		return "", "", fmt.Errorf("%s has no method for %s.%s; run go generate there first", typedPackage, entity, op.Action)
	}
	list := strings.Join(append([]string{"ctx"}, inPathOrder(op, args)...), ", ")
	if m.params != "" {
		members, err := a.members(m.params, func(json string) gjson.Result {
			for _, arg := range args {
				if arg.Name == json && arg.In != "path" {
					return gjson.Parse(arg.value)
				}
			}
			return gjson.Result{}
		})
		if err != nil {
			return "", "", err
		}
		list += ", pylon." + m.params + "{" + members + "}"
	}
	return fmt.Sprintf("%s := conn.%s.%s(%s)", results(m.result), field, name, list), m.result, nil
}

func results(typ string) string {
	switch {
	case typ == "error":
		return "err"
	case strings.HasPrefix(typ, "*Page["):
		return "page, err"
	case strings.HasPrefix(typ, "[]"):
		return "records, err"
	default:
		return "record, err"
	}
}

// inPathOrder are the values of the path.
func inPathOrder(op *manifest.Operation, args []argument) []string {
	var out []string
	for part := range strings.SplitSeq(op.Path, "/") {
		for _, a := range args {
			if a.In == "path" && part == "{"+a.Name+"}" {
				out = append(out, a.value)
			}
		}
	}
	return out
}

// members are the fields of a struct that have a value.
func (a *api) members(typ string, value func(json string) gjson.Result) (string, error) {
	var out []string
	for _, m := range a.structs[typ] {
		v := value(m.json)
		if !v.Exists() {
			continue
		}
		text, err := a.typed(m.typ, v)
		if err != nil {
			return "", fmt.Errorf("%s.%s: %w", typ, m.name, err)
		}
		out = append(out, m.name+": "+text)
	}
	return lines(out), nil
}

// typed is a JSON value as a Go value of the type.
func (a *api) typed(typ string, v gjson.Result) (string, error) {
	switch {
	case typ == "string":
		return strconv.Quote(v.String()), nil
	case typ == "bool", typ == "int64", typ == "float64":
		return v.Raw, nil
	case typ == "*int64":
		return "new(int64(" + v.Raw + "))", nil
	case strings.HasPrefix(typ, "*"):
		text, err := a.typed(typ[1:], v)
		return "new(" + text + ")", err
	case typ == "time.Time":
		return date(v.String())
	case typ == "File":
		return "pylon.File{" + fileMembers(v) + "}", nil
	case strings.HasPrefix(typ, "[]"):
		return a.typedList(typ[2:], v)
	case strings.HasPrefix(typ, "map[string]"):
		return a.typedMap(typ[len("map[string]"):], v)
	default:
		text, err := a.members(typ, func(json string) gjson.Result { return v.Get(json) })
		return "pylon." + typ + "{" + text + "}", err
	}
}

func fileMembers(v gjson.Result) string {
	return fmt.Sprintf("Name: %q, ContentType: %q, Content: []byte(%q)", v.Get("name").String(), v.Get("type").String(), "Done.")
}

func (a *api) typedList(element string, v gjson.Result) (string, error) {
	var items []string
	for _, item := range v.Array() {
		text, err := a.typed(element, item)
		if err != nil {
			return "", err
		}
		items = append(items, strings.TrimPrefix(text, "pylon."+element))
	}
	return "[]" + qualified(element) + "{" + strings.Join(items, ", ") + "}", nil
}

func (a *api) typedMap(element string, v gjson.Result) (string, error) {
	var members []string
	for _, name := range v.Get("@keys").Array() {
		value := v.Get(name.String())
		text, err := a.typed(element, value)
		if err != nil {
			return "", err
		}
		members = append(members, strconv.Quote(name.String())+": "+strings.TrimPrefix(text, "pylon."+element))
	}
	return "map[string]" + qualified(element) + "{" + strings.Join(members, ", ") + "}", nil
}

func qualified(typ string) string {
	if typ == "string" || typ == "any" {
		return typ
	}
	return "pylon." + typ
}

func date(text string) (string, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("time.Date(%d, time.%s, %d, %d, 0, 0, 0, time.UTC)", t.Year(), t.Month(), t.Day(), t.Hour()), nil
}

// goBlock is a fenced block of Go.
func goBlock(code string) (string, error) {
	source, err := format.Source([]byte(code + "\n"))
	return "```go\n" + string(source) + "```\n", err
}
