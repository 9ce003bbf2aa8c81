package loader

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

const (
	maxBytes  = 4 << 20
	maxDepth  = 100
	maxValues = 500_000

	// No list of a connector is longer, and some are compared with one another.
	maxEntries = 5000
)

// readTree parses data into a tree whose aliases can be followed without
// end or blow-up.
func readTree(data []byte) (*yaml.Node, error) {
	if len(data) > maxBytes {
		return nil, fmt.Errorf("the file has %d bytes, more than the %d allowed", len(data), maxBytes)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty")
	case err != nil:
		return nil, fmt.Errorf("not valid YAML: %w", err)
	}
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, errors.New("the file has more than one YAML document, or text after the first; keep one")
	}
	if len(doc.Content) == 0 {
		return nil, errors.New("the file has no content")
	}
	root := doc.Content[0]
	walk := treeWalk{left: maxValues, open: map[*yaml.Node]bool{}}
	if err := walk.visit(root, 1); err != nil {
		return nil, err
	}
	return root, walk.problems.err(nil)
}

// treeWalk visits every value as often as aliases repeat it.
type treeWalk struct {
	left     int
	open     map[*yaml.Node]bool // anchors that the walk is inside of
	problems problems
}

func (w *treeWalk) visit(n *yaml.Node, depth int) error {
	if w.left--; w.left < 0 {
		return fmt.Errorf("the file has more than %d values after aliases are expanded", maxValues)
	}
	if depth > maxDepth {
		return &Problem{Line: n.Line, Column: n.Column, Reason: fmt.Sprintf("nested deeper than %d levels", maxDepth)}
	}
	if n.Kind == yaml.AliasNode {
		return w.follow(n, depth)
	}
	entries := len(n.Content)
	if n.Kind == yaml.MappingNode {
		entries /= 2
		w.checkKeys(n)
	}
	if entries > maxEntries {
		return &Problem{Line: n.Line, Column: n.Column, Reason: fmt.Sprintf("%d entries, more than the %d allowed", entries, maxEntries)}
	}
	for _, child := range n.Content {
		if err := w.visit(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (w *treeWalk) follow(alias *yaml.Node, depth int) error {
	if w.open[alias.Alias] {
		return &Problem{Line: alias.Line, Column: alias.Column, Reason: "alias *" + alias.Value + " contains itself"}
	}
	w.open[alias.Alias] = true
	defer delete(w.open, alias.Alias)
	return w.visit(alias.Alias, depth+1)
}

func (w *treeWalk) checkKeys(mapping *yaml.Node) {
	first := firstLines(mapping)
	for i := 0; i < len(mapping.Content); i += 2 {
		key := mapping.Content[i]
		switch {
		case key.Kind != yaml.ScalarNode:
			w.problems.add(key, "a key must be plain text")
		case key.Tag == "!!merge":
			w.problems.add(key, "merge keys (<<) are not supported; write the keys out")
		default:
			if line := first(i); line != 0 {
				w.problems.add(key, "key %q is already on line %d", key.Value, line)
			}
		}
	}
}

// firstLines tells for the key at an index the line of the same key before
// it, 0 when there is none. Most mappings are small, and comparing their keys
// costs less than a map.
func firstLines(mapping *yaml.Node) func(index int) int {
	const small = 32
	keys := mapping.Content
	if len(keys) <= small {
		return func(index int) int {
			for i := 0; i < index; i += 2 {
				if keys[i].Kind == yaml.ScalarNode && keys[i].Value == keys[index].Value {
					return keys[i].Line
				}
			}
			return 0
		}
	}
	first := make(map[string]int, len(keys)/2)
	return func(index int) int {
		line := first[keys[index].Value]
		if line == 0 {
			first[keys[index].Value] = keys[index].Line
		}
		return line
	}
}
