package envelope

import (
	"cmp"
	"encoding/json"
	"errors"
	"unsafe"

	"github.com/tidwall/gjson"
)

// Wire is one answer of the platform's execute call, cut into its members.
// The raw members are parts of the body, not copies; nil where absent or null.
type Wire struct {
	Status            string
	Result            json.RawMessage // as sent
	ConnectorMetadata json.RawMessage
	ExecutionMetadata json.RawMessage
	Warning           json.RawMessage
	Data              json.RawMessage // Result without its paging wrapper
	Compact           bool            // no white space between tokens anywhere in the body
	HasMore           bool
	Cursor            string
}

// Open checks body as JSON and finds its members, in one pass. An answer
// that is not a JSON object is an error.
//
// Official material shows results both as a bare array or object and wrapped
// as {"data": …, "meta": …}; paging comes in several spellings
// (has_next_page, hasNextPage, has_more; end_cursor, next_cursor, cursor) and
// places. Open brings all to Data, HasMore and Cursor.
func Open(body []byte) (Wire, error) {
	r := reader{scanner: scanner{b: body}}
	start := r.space(0)
	if start == len(body) {
		return Wire{}, errEmpty
	}
	if body[start] != '{' {
		return Wire{}, errors.New("answer is not a json object")
	}
	if err := r.whole(r.object(start, r.member)); err != nil {
		return Wire{}, err
	}
	r.finish()
	return r.wire, nil
}

// reader cuts an answer while the scanner checks it.
type reader struct {
	scanner
	wire    Wire
	wrapped wrapper
}

// member reads one member of the answer's top level.
func (r *reader) member(key []byte, at int) int {
	if string(key) == "result" && at < len(r.b) && r.b[at] == '{' {
		return r.result(at)
	}
	end := r.value(at)
	if end == failed {
		return failed
	}
	value := r.b[at:end]
	switch string(key) {
	case "status":
		r.wire.Status = gjson.ParseBytes(value).String()
	case "result":
		r.wire.Result, r.wrapped = present(value), wrapper{}
	case "connector_metadata":
		r.wire.ConnectorMetadata = present(value)
	case "execution_metadata":
		r.wire.ExecutionMetadata = present(value)
	case "warning":
		r.wire.Warning = present(value)
	}
	return end
}

// result reads the object under "result", noting whether it only wraps records.
func (r *reader) result(at int) int {
	r.wrapped = wrapper{}
	end := r.object(at, func(key []byte, at int) int {
		end := r.value(at)
		if end != failed {
			r.wrapped.note(string(key), r.b[at:end])
		}
		return end
	})
	if end != failed {
		r.wire.Result = r.b[at:end]
	}
	return end
}

func (r *reader) finish() {
	w := &r.wire
	w.Data, w.Compact = w.Result, !r.spaced
	if r.wrapped.onlyWraps() {
		w.Data = present(r.wrapped.data)
		w.HasMore, w.Cursor = r.wrapped.paging()
	}
	if more, cursor, found := pagingIn(w.ConnectorMetadata); found {
		w.HasMore, w.Cursor = w.HasMore || more, cmp.Or(cursor, w.Cursor)
	}
}

// present returns nil for a JSON null: clients have seen null metadata.
func present(value []byte) json.RawMessage {
	if string(value) == "null" {
		return nil
	}
	return value
}

// Text views b as a string without copying it; b must not be written to again.
func Text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
