package envelope

import (
	"encoding/json"
	"iter"

	"github.com/tidwall/gjson"
)

// Rows yields the elements of a JSON array as parts of it, not copies. Any
// other value is one row; null and nothing are none.
func Rows(data json.RawMessage) iter.Seq[json.RawMessage] {
	return func(yield func(json.RawMessage) bool) {
		parsed := gjson.Parse(Text(data))
		switch {
		case parsed.Type == gjson.Null:
		case parsed.IsArray():
			parsed.ForEach(func(_, row gjson.Result) bool {
				return yield(data[row.Index : row.Index+len(row.Raw)])
			})
		default:
			yield(data)
		}
	}
}

// IsArray reports whether data is a JSON array.
func IsArray(data json.RawMessage) bool {
	i := 0
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	return i < len(data) && data[i] == '['
}
