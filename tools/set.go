package tools

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// Set is an ordered collection of tools with unique names. It is read-only and
// safe for concurrent use; calls may run in parallel.
type Set struct {
	tools  []*Tool
	byName map[string]*Tool
}

// NewSet makes a set of tools, in the order given. A name that is used twice,
// ignoring case, is an error that matches connector.ErrConfig, because
// frameworks tell tools apart by name.
func NewSet(tools ...*Tool) (*Set, error) {
	s := &Set{tools: slices.Clone(tools), byName: make(map[string]*Tool, len(tools))}
	folded := make(map[string]string, len(tools))
	for i, t := range tools {
		if t == nil {
			return nil, configError("tool %d of the set is nil", i)
		}
		if _, taken := s.byName[t.name]; taken {
			return nil, configError("two tools are named %q; rename one, with WithName for New or the name given to Func", t.name)
		}
		if other, taken := folded[strings.ToLower(t.name)]; taken {
			return nil, configError("the names %q and %q are the same ignoring case; rename one, with WithName for New or the name given to Func", other, t.name)
		}
		folded[strings.ToLower(t.name)] = t.name
		s.byName[t.name] = t
	}
	return s, nil
}

// Join makes one set of several, in order.
func Join(sets ...*Set) (*Set, error) {
	var all []*Tool
	for _, s := range sets {
		if s != nil {
			all = append(all, s.tools...)
		}
	}
	return NewSet(all...)
}

// Tools returns the tools in order. A nil set has none.
func (s *Set) Tools() []*Tool {
	if s == nil {
		return nil
	}
	return slices.Clone(s.tools)
}

// Lookup returns the tool of that name.
func (s *Set) Lookup(name string) (*Tool, bool) {
	if s == nil {
		return nil, false
	}
	t, ok := s.byName[name]
	return t, ok
}

// Call runs the tool of that name as Tool.Call does. An unknown name is an
// Output that tells the model which names there are.
func (s *Set) Call(ctx context.Context, name string, args json.RawMessage) (Output, error) {
	return s.CallWithProgress(ctx, name, args, nil)
}

// CallWithProgress is Call that reports how far it came, as
// Tool.CallWithProgress does. A nil report is Call.
func (s *Set) CallWithProgress(ctx context.Context, name string, args json.RawMessage, report func(Progress)) (Output, error) {
	t, ok := s.Lookup(name)
	if ok {
		return t.CallWithProgress(ctx, args, report)
	}
	if ctx.Err() != nil {
		return Output{}, (&Tool{name: name}).ended(ctx)
	}
	return failed(s.unknown(name), 0), nil
}

func (s *Set) unknown(name string) error {
	var names []string
	for _, t := range s.Tools() {
		names = append(names, t.name)
	}
	return &connector.Error{
		Kind:       connector.KindNotFound,
		Op:         "call tool",
		Message:    fmt.Sprintf("there is no tool %q", name),
		Hint:       "call one of the allowed tools",
		Allowed:    names,
		DidYouMean: suggest.Nearest(name, names),
	}
}

// Instructions returns guidance on the tools for a system prompt: how to page,
// what to do about errors and when to change data, then what each entity is for
// and how records relate. The beginning, some 800 characters, is the most
// important part: of several connectors the first one's rules. It is some 11,000
// characters for all of Pylon, less under a policy, and "" for functions alone.
func (s *Set) Instructions() string {
	var parts []string
	for _, t := range s.Tools() {
		if t.guide != "" && !slices.Contains(parts, t.guide) {
			parts = append(parts, t.guide)
		}
	}
	return strings.Join(parts, "\n\n")
}

// Hash returns a hash of the tools' names, descriptions and schemas. Equal sets
// have equal hashes in every process, so that prompt caches can be keyed by it
// and a change of the tools be noticed.
func (s *Set) Hash() string {
	h := sha256.New()
	write := func(text string) {
		_ = binary.Write(h, binary.BigEndian, uint64(len(text))) // a hash never fails
		h.Write([]byte(text))
	}
	for _, t := range s.Tools() {
		write(t.name)
		write(t.description)
		write(string(t.schema))
	}
	return hex.EncodeToString(h.Sum(nil))
}
