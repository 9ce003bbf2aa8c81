package loader

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Bounds on what is told: a hostile file can have a problem in every value,
// and repeat long values through aliases.
const (
	maxTold      = 100
	maxCollected = 1000
	maxReason    = 500
)

// Problem is one thing that is wrong with a manifest.
type Problem struct {
	Line, Column int    // one-based
	Key          string // path to the value, such as info.title
	Reason       string // what is wrong and what to do
}

// Error gives position, key and reason in one line.
func (p *Problem) Error() string {
	if p.Key == "" {
		return fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, p.Reason)
	}
	return fmt.Sprintf("line %d, column %d: %s: %s", p.Line, p.Column, p.Key, p.Reason)
}

// remark is a problem whose path is not known yet. A schema that is used
// twice is read twice, so equal remarks are kept once.
type remark struct {
	node   *yaml.Node
	reason string
}

// problems collects what there is to tell of a file.
type problems struct {
	found   []remark
	seen    map[remark]bool
	dropped int
}

func (p *problems) add(n *yaml.Node, format string, args ...any) {
	reason := fmt.Sprintf(format, args...)
	if len(reason) > maxReason {
		reason = strings.ToValidUTF8(reason[:maxReason], "") + "..."
	}
	r := remark{n, reason}
	switch {
	case p.seen[r]:
	case p.full():
		p.dropped++
	default:
		if p.seen == nil {
			p.seen = map[remark]bool{}
		}
		p.seen[r] = true
		p.found = append(p.found, r)
	}
}

// full reports whether there is no room for more.
func (p *problems) full() bool { return len(p.found) >= maxCollected }

// told gives the problems in file order, and how many more there are. A nil
// root leaves out the paths.
func (p *problems) told(root *yaml.Node) (told []Problem, rest int) {
	slices.SortStableFunc(p.found, func(a, b remark) int {
		return cmp.Or(cmp.Compare(a.node.Line, b.node.Line), cmp.Compare(a.node.Column, b.node.Column))
	})
	found := p.found
	rest = p.dropped
	if len(found) > maxTold {
		rest += len(found) - maxTold
		found = found[:maxTold]
	}
	var keys map[*yaml.Node]string
	if root != nil && len(found) > 0 {
		nodes := make([]*yaml.Node, len(found))
		for i, r := range found {
			nodes[i] = r.node
		}
		keys = locate(root, nodes)
	}
	for _, r := range found {
		told = append(told, Problem{Line: r.node.Line, Column: r.node.Column, Key: keys[r.node], Reason: r.reason})
	}
	return told, rest
}

// err joins the problems; nil when there are none.
func (p *problems) err(root *yaml.Node) error {
	told, rest := p.told(root)
	errs := make([]error, 0, len(told)+1)
	for i := range told {
		errs = append(errs, &told[i])
	}
	if rest > 0 {
		errs = append(errs, fmt.Errorf("and %d more problems", rest))
	}
	return errors.Join(errs...)
}

// texts gives the problems as lines to read; nil when there are none.
func (p *problems) texts(root *yaml.Node) []string {
	told, rest := p.told(root)
	var out []string
	for i := range told {
		out = append(out, told[i].Error())
	}
	if rest > 0 {
		out = append(out, fmt.Sprintf("and %d more warnings", rest))
	}
	return out
}
