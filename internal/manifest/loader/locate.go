package loader

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxPath stops paths from growing: a place that deep is found by its line.
const maxPath = 400

// step is one part of a path: a key, or an index when the key is "".
type step struct {
	key   string
	index int
}

// locator finds the paths to places that are worth telling of. Paths are
// made only then: most files have nothing to tell, and a path for every value
// would cost more than reading the file.
type locator struct {
	wanted map[*yaml.Node]bool // not found so far
	found  map[*yaml.Node]string
	steps  []step
}

// locate gives the path from root to each node. What an alias repeats is told
// where it is first.
func locate(root *yaml.Node, nodes []*yaml.Node) map[*yaml.Node]string {
	l := locator{wanted: make(map[*yaml.Node]bool, len(nodes)), found: make(map[*yaml.Node]string, len(nodes))}
	for _, n := range nodes {
		l.wanted[n] = true
	}
	l.visit(root)
	return l.found
}

// visit reports whether there is more to look for.
func (l *locator) visit(n *yaml.Node) bool {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if !l.note(n) {
		return false
	}
	for i, child := range n.Content {
		at := step{index: i}
		if n.Kind == yaml.MappingNode {
			if i%2 == 0 {
				if !l.note(child) { // a key is told with the path of its mapping
					return false
				}
				continue
			}
			at = step{key: n.Content[i-1].Value}
		}
		l.steps = append(l.steps, at)
		more := l.visit(child)
		l.steps = l.steps[:len(l.steps)-1]
		if !more {
			return false
		}
	}
	return true
}

func (l *locator) note(n *yaml.Node) bool {
	if l.wanted[n] {
		l.found[n] = l.path()
		delete(l.wanted, n)
	}
	return len(l.wanted) > 0
}

func (l *locator) path() string {
	var b strings.Builder
	for _, s := range l.steps {
		switch {
		case b.Len() > maxPath:
			return b.String()
		case s.key == "":
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		default:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(s.key)
		}
	}
	return b.String()
}
