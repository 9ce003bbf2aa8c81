package loader

import (
	"math"

	"go.yaml.in/yaml/v3"
)

// plain is a scalar as the file spells it.
func (v value) plain() string {
	if !v.present() {
		return ""
	}
	return v.node.Value
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

// maxShort is more than an address or a path ever has.
const maxShort = 4096

// short is a text that is searched for what it holds.
func (v value) short() string {
	text := v.text()
	if len(text) > maxShort {
		v.problem("has %d bytes, more than the %d allowed", len(text), maxShort)
		return ""
	}
	return text
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

// whole is a whole number of at least least, or otherwise when the key is
// missing.
func (v value) whole(least, otherwise int) int {
	if !v.is(yaml.ScalarNode, "a whole number") {
		return otherwise
	}
	var out int
	if v.node.Tag != "!!int" || v.node.Decode(&out) != nil || out < least {
		v.problem("must be a whole number of at least %d", least)
		return otherwise
	}
	return out
}

// wholeUpTo is a whole number from least to most, or otherwise when the key is
// missing.
func (v value) wholeUpTo(least, most, otherwise int) int {
	out := v.whole(least, otherwise)
	if out > most {
		v.problem("must be a whole number from %d to %d", least, most)
		return otherwise
	}
	return out
}

// numberWithin is a number from least to most, or otherwise when the key is
// missing.
func (v value) numberWithin(least, most, otherwise float64) float64 {
	out := v.number(otherwise)
	if out < least || out > most {
		v.problem("must be a number from %g to %g", least, most)
		return otherwise
	}
	return out
}

// number is a finite number that is not negative, or otherwise when the key is
// missing.
func (v value) number(otherwise float64) float64 {
	if !v.is(yaml.ScalarNode, "a number") {
		return otherwise
	}
	var out float64
	tagged := v.node.Tag == "!!int" || v.node.Tag == "!!float"
	if !tagged || v.node.Decode(&out) != nil || math.IsNaN(out) || math.IsInf(out, 0) || out < 0 {
		v.problem("must be a number that is not negative")
		return otherwise
	}
	return out
}
