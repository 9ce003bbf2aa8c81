package envelope

import "encoding/json"

// Outline finds chosen members of a document in the very pass that checks it.
// Add names the members, then Read may be called by many goroutines at once.
// The zero Outline finds nothing but the document itself.
type Outline struct {
	root  node
	slots int // beside that of the document, which is 0
}

// node is a member to look for, and those to look for inside it.
type node struct {
	name    string
	slot    int
	members []*node
}

// Part is one member that was looked for.
type Part struct {
	Raw     json.RawMessage // as sent, without white space around it; nil where absent
	Compact bool            // no white space between the tokens of Raw
	Objects bool            // Raw is an array of nothing but objects
}

// Add looks for the member of a member of … the document that the names lead
// to, and returns its place in what Read returns. No names at all are the
// document, which is at 0.
func (o *Outline) Add(names ...string) (slot int) {
	n := &o.root
	for _, name := range names {
		inner := n.member([]byte(name))
		if inner == nil {
			o.slots++
			inner = &node{name: name, slot: o.slots}
			n.members = append(n.members, inner)
		}
		n = inner
	}
	return n.slot
}

// Read checks that doc is one JSON value and returns the parts. Of members
// with the same name the last counts, as in encoding/json.
func (o *Outline) Read(doc []byte) ([]Part, error) {
	r := outliner{scanner: scanner{b: doc}, parts: make([]Part, o.slots+1)}
	start := r.space(0)
	if start == len(doc) {
		return nil, errEmpty
	}
	if err := r.whole(r.part(&o.root, start)); err != nil {
		return nil, err
	}
	return r.parts, nil
}

// outliner notes parts while the scanner checks the document.
type outliner struct {
	scanner
	parts []Part
}

// part reads the value at i, which n looks for.
func (r *outliner) part(n *node, i int) int {
	before := r.spaced
	r.spaced = false
	end, objects := r.within(n, i)
	if end == failed {
		return failed
	}
	r.parts[n.slot] = Part{Raw: r.b[i:end:end], Compact: !r.spaced, Objects: objects}
	r.spaced = r.spaced || before
	return end
}

func (r *outliner) within(n *node, i int) (end int, objects bool) {
	if r.parts[n.slot].Raw != nil {
		r.forget(n)
	}
	switch {
	case i >= len(r.b):
		return r.fail(i), false
	case r.b[i] == '[':
		objects = true
		end = r.elements(i, func(at int) int {
			objects = objects && at < len(r.b) && r.b[at] == '{'
			return r.value(at)
		})
		return end, objects
	case r.b[i] == '{' && len(n.members) > 0:
		return r.object(i, func(key []byte, at int) int {
			if inner := n.member(key); inner != nil {
				return r.part(inner, at)
			}
			return r.value(at)
		}), false
	default:
		return r.value(i), false
	}
}

// forget drops what was found in an earlier member of the same name.
func (r *outliner) forget(n *node) {
	for _, inner := range n.members {
		r.parts[inner.slot] = Part{}
		r.forget(inner)
	}
}

// member returns the member with the key, whose escapes are not resolved, nil
// when nobody looks for it.
func (n *node) member(key []byte) *node {
	for _, inner := range n.members {
		if IsKey(key, inner.name) {
			return inner
		}
	}
	return nil
}
