package loader

import (
	"iter"
	"slices"
)

// pair is one key of a mapping.
type pair struct {
	key   string
	value value
}

func pairs(v value) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		for key, child := range v.fields() {
			if !yield(pair{key, child}) {
				return
			}
		}
	}
}

// overlay is base with the keys of over put in: OpenAPI 3.1 lets a reference
// carry keys of its own, which win.
func overlay(base, over value) iter.Seq[pair] {
	out := slices.Collect(pairs(base))
	for p := range pairs(over) {
		if p.key == "$ref" {
			continue
		}
		i := slices.IndexFunc(out, func(other pair) bool { return other.key == p.key })
		if i < 0 {
			out = append(out, p)
			continue
		}
		out[i] = p
	}
	return slices.Values(out)
}

// outline is what is said of a schema where it contains itself.
func outline(schema value) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		for p := range pairs(schema) {
			if p.key != "type" && p.key != "title" && p.key != "description" {
				continue
			}
			if !yield(p) {
				return
			}
		}
	}
}
