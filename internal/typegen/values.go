package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// word is a value that makes a readable name of a constant.
var word = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// valueSet is the known values of a member, which become constants.
type valueSet struct {
	prefix string
	member string
	values []string
}

// valueSets are all of them, in the order of first sight.
type valueSets struct {
	sets []*valueSet
	by   map[string]*valueSet // prefix to its set, or to the equal one that came first
}

func newValueSets() *valueSets { return &valueSets{by: map[string]*valueSet{}} }

// add notes the values of a member, and returns the prefix of the constants
// for them, "" when it has none. A member of another type with the same name and
// the same values, or fewer, shares the constants.
func (v *valueSets) add(prefix, member string, values []string) string {
	if slices.ContainsFunc(values, func(s string) bool { return !word.MatchString(s) }) || len(values) == 1 {
		values = nil
	}
	set := v.by[prefix]
	if set == nil && len(values) > 0 {
		if set = v.covering(member, values); set == nil {
			set = &valueSet{prefix: prefix, member: member}
			v.sets = append(v.sets, set)
		}
		v.by[prefix] = set
	}
	if set == nil {
		return ""
	}
	for _, value := range values {
		if !slices.Contains(set.values, value) {
			set.values = append(set.values, value)
		}
	}
	return set.prefix
}

func (v *valueSets) covering(member string, values []string) *valueSet {
	i := slices.IndexFunc(v.sets, func(s *valueSet) bool {
		return s.member == member && !slices.ContainsFunc(values, func(value string) bool { return !slices.Contains(s.values, value) })
	})
	if i < 0 {
		return nil
	}
	return v.sets[i]
}

func (v *valueSets) file() string {
	sets := slices.SortedFunc(slices.Values(v.sets), func(a, b *valueSet) int { return strings.Compare(a.prefix, b.prefix) })
	var b strings.Builder
	for _, set := range sets {
		comment(&b, fmt.Sprintf("Known values of %s. Others may be legal, and may come.", set.member))
		b.WriteString("const (\n")
		for _, value := range set.values {
			fmt.Fprintf(&b, "%s = %q\n", set.prefix+goName(value), value)
		}
		b.WriteString(")\n\n")
	}
	return b.String()
}
