package envelope

import "github.com/tidwall/gjson"

// The spellings of paging members seen in official material and connectors.
var (
	moreKeys   = []string{"has_more", "hasMore", "has_next_page", "hasNextPage"}
	cursorKeys = []string{"cursor", "next_cursor", "nextCursor", "end_cursor", "endCursor"}
)

// wrapper notes the members of an object that may do nothing but wrap records.
type wrapper struct {
	data     []byte // the value of "data"
	hasData  bool
	foreign  bool // has a member that no wrapper has
	nested   [][]byte
	more     gjson.Result
	moreSeen bool
	cursor   string
}

func (w *wrapper) note(key string, value []byte) {
	switch key {
	case "data":
		w.data, w.hasData = value, true
	case "meta", "pagination":
		w.nested = append(w.nested, value)
	case "request_id":
	case "has_more", "hasMore", "has_next_page", "hasNextPage":
		w.more, w.moreSeen = gjson.ParseBytes(value), true
	case "cursor", "next_cursor", "nextCursor", "end_cursor", "endCursor":
		w.cursor = gjson.ParseBytes(value).String()
	default:
		w.foreign = true
	}
}

// onlyWraps reports whether the object is {"data": …} with nothing beside it
// but paging and a request id. A record that happens to have a data field has
// other fields too.
func (w *wrapper) onlyWraps() bool { return w.hasData && !w.foreign }

func (w *wrapper) paging() (more bool, cursor string) {
	for _, raw := range w.nested {
		if m, c, found := pagingIn(raw); found {
			return m, c
		}
	}
	if w.moreSeen {
		return w.more.Bool(), w.cursor
	}
	return w.cursor != "", w.cursor
}

// pagingIn reads the paging members of an object, or of the "pagination"
// object inside it. A cursor without a flag means that there is more.
func pagingIn(object []byte) (more bool, cursor string, found bool) {
	if len(object) == 0 || object[0] != '{' {
		return false, "", false
	}
	parsed := gjson.Parse(Text(object))
	if inner := parsed.Get("pagination"); inner.IsObject() {
		parsed = inner
	}
	flag := first(parsed, moreKeys)
	cursor = first(parsed, cursorKeys).String()
	if flag.Exists() && flag.Type != gjson.Null {
		return flag.Bool(), cursor, true
	}
	return cursor != "", cursor, cursor != ""
}

// first returns the first member of o with one of the keys that is not null.
func first(o gjson.Result, keys []string) gjson.Result {
	for _, key := range keys {
		if v := o.Get(key); v.Exists() && v.Type != gjson.Null {
			return v
		}
	}
	return gjson.Result{}
}
