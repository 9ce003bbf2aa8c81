package sandbox

import (
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

// maxText is how many characters of a long text are left when the request asks
// the server to truncate. The service's own limit is not documented.
const maxText = 500

// paths are dot paths as a tree: a leaf stands for everything below it.
type paths map[string]paths

func parsePaths(list []string) paths {
	root := paths{}
	for _, path := range list {
		root.add(strings.Split(path, "."))
	}
	return root
}

func (p paths) add(segments []string) {
	head, rest := segments[0], segments[1:]
	below, known := p[head]
	switch {
	case known && len(below) == 0: // a shorter path already covers it
	case len(rest) == 0:
		p[head] = paths{}
	default:
		if !known {
			below = paths{}
			p[head] = below
		}
		below.add(rest)
	}
}

// pruneResult keeps the selected fields of the records in a result, or drops
// the excluded ones. Selection wins when both are asked for. The paths start at
// a record, so the data and meta around records stay.
func pruneResult(result json.RawMessage, selected, excluded []string) json.RawMessage {
	var prune func(gjson.Result) []byte
	switch {
	case len(selected) > 0:
		tree := parsePaths(selected)
		prune = func(value gjson.Result) []byte { return keep(value, tree) }
	case len(excluded) > 0:
		tree := parsePaths(excluded)
		prune = func(value gjson.Result) []byte { return drop(value, tree) }
	default:
		return result
	}
	whole := gjson.ParseBytes(result)
	if data := whole.Get("data"); whole.IsObject() && (data.IsObject() || data.IsArray()) {
		return rewriteObject(whole, func(key string, value gjson.Result) ([]byte, bool) {
			if key == "data" {
				return prune(value), true
			}
			return []byte(value.Raw), true
		})
	}
	return prune(whole)
}

func keep(value gjson.Result, tree paths) []byte {
	switch {
	case value.IsArray():
		return rewriteArray(value, func(item gjson.Result) []byte { return keep(item, tree) })
	case !value.IsObject():
		return []byte(value.Raw)
	}
	return rewriteObject(value, func(key string, member gjson.Result) ([]byte, bool) {
		below, wanted := tree[key]
		switch {
		case !wanted:
			return nil, false
		case len(below) == 0:
			return []byte(member.Raw), true
		case !member.IsObject() && !member.IsArray():
			return nil, false // the path goes on, the record does not
		}
		return keep(member, below), true
	})
}

func drop(value gjson.Result, tree paths) []byte {
	switch {
	case value.IsArray():
		return rewriteArray(value, func(item gjson.Result) []byte { return drop(item, tree) })
	case !value.IsObject():
		return []byte(value.Raw)
	}
	return rewriteObject(value, func(key string, member gjson.Result) ([]byte, bool) {
		below, listed := tree[key]
		switch {
		case !listed:
			return []byte(member.Raw), true
		case len(below) == 0:
			return nil, false
		}
		return drop(member, below), true
	})
}

// truncateText shortens every long string of a result.
func truncateText(raw json.RawMessage) json.RawMessage {
	return shorten(gjson.ParseBytes(raw))
}

func shorten(value gjson.Result) []byte {
	switch {
	case value.IsArray():
		return rewriteArray(value, shorten)
	case value.IsObject():
		return rewriteObject(value, func(_ string, member gjson.Result) ([]byte, bool) { return shorten(member), true })
	case value.Type != gjson.String || len(value.Raw) <= maxText:
		return []byte(value.Raw)
	}
	runes := []rune(value.String())
	if len(runes) <= maxText {
		return []byte(value.Raw)
	}
	short, err := plainjson.Encode(string(runes[:maxText]) + "…")
	if err != nil {
		return []byte(value.Raw)
	}
	return short
}

// rewriteObject writes an object again, member by member in its own order, with
// the values that edit gives; members it refuses are left out.
func rewriteObject(object gjson.Result, edit func(key string, value gjson.Result) ([]byte, bool)) []byte {
	out := []byte{'{'}
	object.ForEach(func(key, value gjson.Result) bool {
		edited, wanted := edit(key.String(), value)
		if !wanted {
			return true
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(out, key.Raw...), ':')
		out = append(out, edited...)
		return true
	})
	return append(out, '}')
}

func rewriteArray(array gjson.Result, edit func(gjson.Result) []byte) []byte {
	out := []byte{'['}
	array.ForEach(func(_, item gjson.Result) bool {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, edit(item)...)
		return true
	})
	return append(out, ']')
}
