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

// problems collects what is wrong with a file.
type problems struct {
	found   []Problem
	dropped int
}

func (p *problems) add(n *yaml.Node, key, format string, args ...any) {
	if len(p.found) >= maxCollected {
		p.dropped++
		return
	}
	reason := fmt.Sprintf(format, args...)
	if len(reason) > maxReason {
		reason = strings.ToValidUTF8(reason[:maxReason], "") + "..."
	}
	p.found = append(p.found, Problem{Line: n.Line, Column: n.Column, Key: key, Reason: reason})
}

// err joins the problems in file order; nil when there are none. A schema
// that is used twice is checked twice, so equal problems are told once.
func (p *problems) err() error {
	slices.SortStableFunc(p.found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	told := slices.Compact(p.found)
	rest := p.dropped
	if len(told) > maxTold {
		rest += len(told) - maxTold
		told = told[:maxTold]
	}
	errs := make([]error, 0, len(told)+1)
	for i := range told {
		errs = append(errs, &told[i])
	}
	if rest > 0 {
		errs = append(errs, fmt.Errorf("and %d more problems", rest))
	}
	return errors.Join(errs...)
}
