package envelope

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// Result is a success on its way to a model.
type Result struct {
	Data    json.RawMessage // valid JSON; empty is null
	Compact bool            // Data is known to have no white space between its tokens
	Meta    Meta
	Advice  func() string // tells how the model can ask for less, "" if unknown; asked only when it must; nil: unknown
}

// advice returns how to ask for less.
func (r Result) advice() string {
	const general = "ask for less if the call allows it"
	if r.Advice == nil {
		return general
	}
	return cmp.Or(r.Advice(), general)
}

// Limited writes a success envelope of at most limit characters; 0 means no
// limit. What does not fit is left out so that the JSON stays valid: whole
// rows of an array, else the ends of long texts. ok is false when not even
// that helps; then the envelope is an error that says how large the result is
// and what is in it.
//
// Nothing but the envelope itself is allocated in proportion to Data.
func (r Result) Limited(limit int) (b []byte, ok bool) {
	if limit <= 0 {
		return success(r.Data, r.Meta, r.Compact), true
	}
	// Bytes bound characters from above, so most results need no counting.
	if len(r.Data) <= limit || compactRunes(r.Data, limit) <= limit {
		if b := success(r.Data, r.Meta, r.Compact); len(b) <= limit || utf8.RuneCount(b) <= limit {
			return b, true
		}
	}
	limited := r.limitTexts
	if IsArray(r.Data) {
		limited = r.limitRows
	}
	if b, ok := limited(limit); ok {
		return b, true
	}
	return r.tooLarge(limit), false
}

// limitRows keeps the first rows that fit, whole; if not even the first does, it
// goes in with its long texts cut.
func (r Result) limitRows(limit int) ([]byte, bool) {
	room := limit - r.rowsOverhead()
	b := append([]byte(nil), `{"data":[`...)
	total, returned, full, cut := 0, 0, false, false
	for row := range Rows(r.Data) {
		total++
		if full {
			continue
		}
		size := compactRunes(row, room) + 1
		if size > room && returned == 0 {
			row = shortened(row, room-1)
			size, cut = utf8.RuneCount(row)+1, true
		}
		if full = size > room || row == nil; full {
			continue
		}
		room -= size
		if returned > 0 {
			b = append(b, ',')
		}
		b = appendCompact(b, row)
		returned++
	}
	if returned == 0 {
		return nil, false
	}
	return closeSuccess(append(b, ']'), r.rowsMeta(returned, total, cut)), true
}

// rowsOverhead is what the envelope around the rows takes at most.
func (r Result) rowsOverhead() int {
	const largest = 1<<31 - 1
	return utf8.RuneCount(closeSuccess([]byte(`{"data":[]`), r.rowsMeta(largest-1, largest, true)))
}

func (r Result) rowsMeta(returned, total int, cut bool) Meta {
	meta := r.Meta
	meta.Truncated, meta.Returned, meta.Total = true, returned, total
	var said []string
	if cut {
		said = append(said, "long texts of the first row are cut, each marked with its full length")
	}
	if left := total - returned; left > 0 {
		said = append(said, fmt.Sprintf("only the first %d of %d rows fit", returned, total))
		if meta.HasMore {
			said = append(said, fmt.Sprintf("the cursor skips the %d rows left out", left))
		}
	}
	meta.Hint = strings.Join(append(said, r.advice()), "; ")
	return meta
}

// textLimits are tried in turn, in characters per string.
var textLimits = []int{4000, 1000, 250, 60}

// shortened returns value with its long strings cut so that it has at most room
// characters, nil when that does not help.
func shortened(value json.RawMessage, room int) json.RawMessage {
	for _, per := range textLimits {
		b, fits := appendShortened(nil, value, per, 4*max(room, 0))
		if fits && utf8.RuneCount(b) <= room {
			return b
		}
	}
	return nil
}

// limitTexts keeps a value that is no list, with its long strings cut.
func (r Result) limitTexts(limit int) ([]byte, bool) {
	meta := r.Meta
	meta.Truncated = true
	meta.Hint = "long texts are cut, each marked with its full length; " + r.advice()
	overhead := utf8.RuneCount(closeSuccess([]byte(`{"data":`), meta))
	value := shortened(r.Data, limit-overhead)
	if value == nil {
		return nil, false
	}
	return closeSuccess(append([]byte(`{"data":`), value...), meta), true
}

// tooLarge tells the model what it asked for, as far as the limit allows.
func (r Result) tooLarge(limit int) []byte {
	f := Failure{
		Kind:    "too_large",
		Message: fmt.Sprintf("the result has about %d characters, the limit is %d", len(r.Data), limit),
		Hint:    r.advice(),
	}
	short := f.Message
	if parts := fieldSizes(r.Data); parts != "" {
		f.Message += "; its fields: " + parts
	}
	b := Error(f)
	for _, shorten := range []func(){func() { f.Message = short }, func() { f.Hint = "" }} {
		if utf8.RuneCount(b) <= limit {
			break
		}
		shorten()
		b = Error(f)
	}
	return b
}

// fieldSizes names the top-level fields of an object with their lengths.
func fieldSizes(data json.RawMessage) string {
	const most = 10
	parsed := gjson.Parse(Text(data))
	if !parsed.IsObject() {
		return ""
	}
	var parts []string
	more := 0
	parsed.ForEach(func(key, value gjson.Result) bool {
		if len(parts) < most && len(key.Str) <= 40 {
			parts = append(parts, fmt.Sprintf("%s (%d)", key.String(), len(value.Raw)))
		} else {
			more++
		}
		return true
	})
	if more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return strings.Join(parts, ", ")
}

// compactRunes counts the characters of valid JSON without insignificant white
// space, and stops counting beyond stop.
func compactRunes(src []byte, stop int) int {
	n := 0
	for i := 0; i < len(src) && n <= stop; {
		end := i + 1
		switch c := src[i]; {
		case c == '"':
			end = stringEnd(src, i)
			n += utf8.RuneCount(src[i:end])
		case !isSpace(c):
			n++
		}
		i = end
	}
	return n
}
