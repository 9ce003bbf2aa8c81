package create

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// names knows which members of a connector's configuration are secret: those
// that the type's form marks, and those that sound like it. One for which the form
// lists the values that it may have, such as the way to sign in, is none.
type names struct {
	marked map[string]bool // in lower case
	listed map[string]bool
}

func namesOf(t Template) names {
	n := names{marked: map[string]bool{}, listed: map[string]bool{"option_title": true}}
	n.read("", gjson.ParseBytes(t.Spec.Schema))
	return n
}

// read looks through a part of the form that describes the member of that name.
// Where in the form it is does not matter: a choice nests what it offers.
func (n names) read(name string, form gjson.Result) {
	if !form.IsObject() && !form.IsArray() {
		return
	}
	if form.IsObject() {
		switch {
		case form.Get("airbyte_secret").Bool():
			n.marked[strings.ToLower(name)] = true
		case form.Get("const").Exists(), form.Get("enum").Exists():
			n.listed[strings.ToLower(name)] = true
		}
	}
	form.ForEach(func(key, part gjson.Result) bool {
		if key.String() == "properties" && part.IsObject() {
			part.ForEach(func(property, described gjson.Result) bool {
				n.read(property.String(), described)
				return true
			})
			return true
		}
		n.read(name, part)
		return true
	})
}

// secret reports whether the value of that member is secret, when that of the
// object around it is or is not.
func (n names) secret(name string, around bool) bool {
	name = strings.ToLower(name)
	switch {
	case n.marked[name]:
		return true
	case n.listed[name]:
		return false
	}
	return around || httpx.HidesSecret(name)
}

// leaf is a value in a JSON document that holds no others.
type leaf struct {
	path   string // the names on the way, with dots between
	value  gjson.Result
	secret bool
	listed bool // one of several that the form lists
}

// walk calls visit for all leaves of a document, with paths that begin with the
// given one.
func (n names) walk(path string, document []byte, visit func(leaf)) {
	n.walkFrom(leaf{path: path, value: gjson.ParseBytes(document)}, visit)
}

func (n names) walkFrom(at leaf, visit func(leaf)) {
	switch {
	case at.value.IsObject():
		at.value.ForEach(func(key, member gjson.Result) bool {
			name := key.String()
			n.walkFrom(leaf{at.path + "." + name, member, n.secret(name, at.secret), n.listed[strings.ToLower(name)]}, visit)
			return true
		})
	case at.value.IsArray():
		at.value.ForEach(func(_, element gjson.Result) bool {
			n.walkFrom(leaf{at.path, element, at.secret, at.listed}, visit)
			return true
		})
	default:
		visit(at)
	}
}
