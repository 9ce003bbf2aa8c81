package main

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
	"github.com/agentsdk-go/airbyte/internal/typegen/goname"
)

const refPrefix = "#/components/schemas/"

// schema is a JSON Schema as the manifest has it, references in place.
type schema struct{ gjson.Result }

// components are the named schemas, in file order.
type components struct {
	names    []string
	byName   map[string]schema
	byType   map[string]string // Go type to name
	byMember map[string]string // the text of an object's properties to its name
}

// newComponents fails where two schemas would be one type in Go.
func newComponents(list []loader.Schema) (*components, error) {
	c := &components{byName: map[string]schema{}, byType: map[string]string{}, byMember: map[string]string{}}
	for _, s := range list {
		parsed := schema{gjson.ParseBytes(s.JSON)}
		c.names = append(c.names, s.Name)
		c.byName[s.Name] = parsed
		goType := goname.Type(s.Name)
		if other, taken := c.byType[goType]; taken {
			return nil, fmt.Errorf("schemas %s and %s are both called %s in Go", other, s.Name, goType)
		}
		c.byType[goType] = s.Name
		if members := parsed.Get("properties").Raw; members != "" && c.byMember[members] == "" {
			c.byMember[members] = s.Name
		}
	}
	return c, nil
}

// ref is the name of the component that s refers to, "" when it is none.
func (s schema) ref() string {
	return strings.TrimPrefix(s.Get(`\$ref`).String(), refPrefix)
}

// bare is s without the branch that says it may be null.
func (s schema) bare() schema {
	for _, key := range []string{"oneOf", "anyOf"} {
		branches := s.Get(key).Array()
		for i := range branches {
			if len(branches) == 2 && branches[1-i].Get("type").String() == "null" {
				return schema{branches[i]}
			}
		}
	}
	return s
}

// kind is the type of s besides null, "" when it is any.
func (s schema) kind() string {
	types := s.Get("type")
	if !types.IsArray() {
		return types.String()
	}
	found := ""
	for _, t := range types.Array() {
		if t.String() == "null" {
			continue
		}
		if found != "" {
			return ""
		}
		found = t.String()
	}
	return found
}

// isLanguage tells a language, such as filters, from a record: it is made of
// itself, and has one type for both directions.
func (c *components) isLanguage(goType string) bool {
	name := c.byType[goType]
	return name != "" && strings.Contains(c.byName[name].Raw, `"`+refPrefix+name+`"`)
}

func (s schema) description() string { return s.Get("description").String() }
func (s schema) isObject() bool      { return s.Get("properties").Exists() }

// property is a member of an object.
type property struct {
	name     string
	schema   schema
	required bool
}

func (s schema) properties() []property {
	required := map[string]bool{}
	for _, name := range s.Get("required").Array() {
		required[name.String()] = true
	}
	var out []property
	s.Get("properties").ForEach(func(name, value gjson.Result) bool {
		out = append(out, property{name.String(), schema{value}, required[name.String()]})
		return true
	})
	return out
}

// values are the legal or usual values of a text.
func (s schema) values() []string {
	var out []string
	for _, key := range []string{"enum", "examples"} {
		for _, v := range s.Get(key).Array() {
			out = append(out, v.String())
		}
	}
	return out
}

// named finds a component; a reference to none is an error of the manifest,
// which the loader reports.
func (c *components) named(name string) (schema, error) {
	s, ok := c.byName[name]
	if !ok {
		return s, fmt.Errorf("there is no schema %q", name)
	}
	return s, nil
}

// lookalike is the component that an object without a reference was made of:
// the manifest's model puts some references in place.
func (c *components) lookalike(s schema) string {
	return c.byMember[s.Get("properties").Raw]
}
