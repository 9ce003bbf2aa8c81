package loader

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// value is a place in the file. The zero node stands for a key that is not
// there, and reads as empty without a problem.
type value struct {
	file *file
	node *yaml.Node
	path string // from the root, such as info.title
	key  string // the last part of it
}

// maxPath stops paths from growing: a place that deep is found by its line.
const maxPath = 400

func (f *file) root(n *yaml.Node) value {
	return value{file: f}.child(n, "", "")
}

// child is a place inside v.
func (v value) child(n *yaml.Node, key, path string) value {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return value{file: v.file, node: n, path: path, key: key}
}

// present reports whether the key is there with a value other than null.
func (v value) present() bool {
	return v.node != nil && v.node.Tag != "!!null"
}

func (v value) problem(format string, args ...any) {
	v.file.problems.add(v.node, v.path, format, args...)
}

func (v value) under(key string) string {
	switch {
	case v.path == "":
		return key
	case len(v.path) > maxPath:
		return v.path
	default:
		return v.path + "." + key
	}
}

// get is the value of key, which may be missing.
func (v value) get(key string) value {
	path := v.under(key)
	if v.is(yaml.MappingNode, "a mapping") {
		for i := 0; i < len(v.node.Content); i += 2 {
			if v.node.Content[i].Value == key {
				return v.child(v.node.Content[i+1], key, path)
			}
		}
	}
	return v.child(nil, key, path)
}

// need is the value of key; a problem when there is none.
func (v value) need(key string) value {
	child := v.get(key)
	switch {
	case child.present() && child.node.Kind == yaml.ScalarNode && child.node.Value == "":
		child.problem("must not be empty")
	case !child.present() && v.is(yaml.MappingNode, "a mapping"):
		v.problem("%s is missing", key)
	}
	return child
}

// is reports whether v is of the kind; another kind is a problem.
func (v value) is(kind yaml.Kind, name string) bool {
	if !v.present() {
		return false
	}
	if v.node.Kind != kind {
		v.problem("must be %s", name)
		return false
	}
	return true
}

// fields are the keys of a mapping with their values, in file order.
func (v value) fields() iter.Seq2[string, value] {
	return func(yield func(string, value) bool) {
		if !v.is(yaml.MappingNode, "a mapping") {
			return
		}
		for i := 0; i < len(v.node.Content); i += 2 {
			key := v.node.Content[i].Value
			if !yield(key, v.child(v.node.Content[i+1], key, v.under(key))) {
				return
			}
		}
	}
}

// items are the values of a list.
func (v value) items() iter.Seq[value] {
	return func(yield func(value) bool) {
		if !v.is(yaml.SequenceNode, "a list") {
			return
		}
		for i, n := range v.node.Content {
			path := v.path
			if len(path) <= maxPath {
				path = fmt.Sprintf("%s[%d]", path, i)
			}
			if !yield(v.child(n, "", path)) {
				return
			}
		}
	}
}

// text is a string. An unquoted date is one as well: JSON has no dates.
func (v value) text() string {
	if !v.is(yaml.ScalarNode, "text") {
		return ""
	}
	if v.node.Tag != "!!str" && v.node.Tag != "!!timestamp" {
		v.problem("must be text; put %s in quotes", v.node.Value)
		return ""
	}
	return v.node.Value
}

func (v value) texts() []string {
	var out []string
	for item := range v.items() {
		out = append(out, item.text())
	}
	return out
}

// flag is a boolean, or otherwise when the key is missing.
func (v value) flag(otherwise bool) bool {
	if !v.is(yaml.ScalarNode, "true or false") {
		return otherwise
	}
	var out bool
	if v.node.Tag != "!!bool" || v.node.Decode(&out) != nil {
		v.problem("must be true or false")
		return otherwise
	}
	return out
}

// oneOf is a text that must be among allowed.
func (v value) oneOf(allowed ...string) string {
	text := v.text()
	if text != "" && !slices.Contains(allowed, text) {
		v.problem("unknown value %q; use one of %s", text, strings.Join(allowed, ", "))
		return ""
	}
	return text
}

// onlyKeys reports the keys that are neither known nor begin with x-.
func (v value) onlyKeys(known ...string) {
	if !v.is(yaml.MappingNode, "a mapping") {
		return
	}
	for i := 0; i < len(v.node.Content); i += 2 {
		key := v.node.Content[i]
		if !strings.HasPrefix(key.Value, "x-") && !slices.Contains(known, key.Value) {
			v.file.problems.add(key, v.path, "unknown key %q; known are %s", key.Value, strings.Join(known, ", "))
		}
	}
}
