package loader

import (
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

const mappingNode = yaml.MappingNode

// value is a place in the file. The zero node stands for a key that is not
// there, and reads as empty without a problem.
type value struct {
	file *file
	node *yaml.Node
	key  string // the last part of its path
}

func (f *file) root(n *yaml.Node) value {
	return value{file: f}.child(n, "")
}

// child is a place inside v.
func (v value) child(n *yaml.Node, key string) value {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return value{file: v.file, node: n, key: key}
}

// present reports whether the key is there with a value other than null.
func (v value) present() bool {
	return v.node != nil && v.node.Tag != "!!null"
}

func (v value) problem(format string, args ...any) {
	v.file.problems.add(v.node, format, args...)
}

// warn tells what was tolerated at v.
func (v value) warn(format string, args ...any) {
	v.file.warnings.add(v.node, format, args...)
}

// get is the value of key, which may be missing.
func (v value) get(key string) value {
	if v.is(yaml.MappingNode, "a mapping") {
		for i := 0; i < len(v.node.Content); i += 2 {
			if v.node.Content[i].Value == key {
				return v.child(v.node.Content[i+1], key)
			}
		}
	}
	return v.child(nil, key)
}

// need is the value of key; a problem when there is none.
func (v value) need(key string) value {
	child := v.get(key)
	switch {
	case child.present() && child.node.Kind == yaml.ScalarNode && strings.TrimSpace(child.node.Value) == "":
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

// isMapping reports whether v is a mapping, and takes it as it comes.
func (v value) isMapping() bool {
	return v.present() && v.node.Kind == yaml.MappingNode
}

// isList reports whether v is a list, and takes it as it comes.
func (v value) isList() bool {
	return v.present() && v.node.Kind == yaml.SequenceNode
}

// fields are the keys of a mapping with their values, in file order.
func (v value) fields() iter.Seq2[string, value] {
	return func(yield func(string, value) bool) {
		if !v.is(yaml.MappingNode, "a mapping") {
			return
		}
		for i := 0; i < len(v.node.Content); i += 2 {
			key := v.node.Content[i].Value
			if !yield(key, v.child(v.node.Content[i+1], key)) {
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
		for _, n := range v.node.Content {
			if !yield(v.child(n, "")) {
				return
			}
		}
	}
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
