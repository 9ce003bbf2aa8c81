package envelope

import (
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
	Advice  string // how the model can ask for less, "" when nothing better is known than to say so
}

// advice returns how to ask for less.
func (r Result) advice() string {
	if r.Advice != "" {
		return r.Advice
	}
	return "ask for less if the call allows it"
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
	if IsArray(r.Data) {
		if b, ok := r.limitRows(limit); ok {
			return b, true
		}
	}
	if b, ok := r.limitTexts(limit); ok {
		return b, true
	}
	return Error(r.tooLarge(limit)), false
}

// limitRows keeps the first rows that fit, whole.
func (r Result) limitRows(limit int) ([]byte, bool) {
	room := limit - r.rowsOverhead()
	b := append([]byte(nil), `{"data":[`...)
	total, returned, full := 0, 0, false
	for row := range Rows(r.Data) {
		total++
		if full {
			continue
		}
		if room -= compactRunes(row, room) + 1; room < 0 {
			full = true
			continue
		}
		if returned > 0 {
			b = append(b, ',')
		}
		b = appendCompact(b, row)
		returned++
	}
	if returned == 0 {
		return nil, false
	}
	return closeSuccess(append(b, ']'), r.rowsMeta(returned, total)), true
}

// rowsOverhead is what the envelope around the rows takes at most.
func (r Result) rowsOverhead() int {
	const largest = 1<<31 - 1
	return utf8.RuneCount(closeSuccess([]byte(`{"data":[]`), r.rowsMeta(largest, largest)))
}

func (r Result) rowsMeta(returned, total int) Meta {
	meta := r.Meta
	meta.Truncated, meta.Returned, meta.Total = true, returned, total
	meta.Hint = fmt.Sprintf("only the first %d of %d rows fit: %s", returned, total, r.advice())
	if meta.HasMore {
		meta.Hint += fmt.Sprintf("; the cursor skips the %d rows left out", total-returned)
	}
	return meta
}

// textLimits are tried in turn, in characters per string.
var textLimits = []int{4000, 1000, 250, 60}

// limitTexts keeps the first row of an array, or the whole of another value,
// and cuts its long strings until it fits.
func (r Result) limitTexts(limit int) ([]byte, bool) {
	var total int
	first := r.Data
	if IsArray(r.Data) {
		for row := range Rows(r.Data) {
			if total == 0 {
				first = row
			}
			total++
		}
	}
	for _, per := range textLimits {
		b, fits := cutTexts([]byte(`{"data":`), first, total, per, limit)
		if !fits {
			continue
		}
		if b = closeSuccess(b, r.textsMeta(total)); utf8.RuneCount(b) <= limit {
			return b, true
		}
	}
	return nil, false
}

func cutTexts(b []byte, value json.RawMessage, total, per, limit int) ([]byte, bool) {
	if total > 0 {
		b = append(b, '[')
	}
	b, fits := appendShortened(b, value, per, 4*limit)
	if total > 0 {
		b = append(b, ']')
	}
	return b, fits
}

func (r Result) textsMeta(total int) Meta {
	meta := r.Meta
	meta.Truncated = true
	meta.Hint = "long texts are cut, each marked with its full length: " + r.advice()
	if total > 0 {
		meta.Returned, meta.Total = 1, total
	}
	return meta
}

// tooLarge tells the model what it asked for, as far as it can be told briefly.
func (r Result) tooLarge(limit int) Failure {
	f := Failure{
		Kind:    "too_large",
		Message: fmt.Sprintf("the result has about %d characters, the limit is %d", len(r.Data), limit),
		Hint:    r.advice(),
	}
	if parts := fieldSizes(r.Data); parts != "" {
		f.Message += "; its fields: " + parts
	}
	return f
}

// fieldSizes names the top-level fields of an object with their lengths.
func fieldSizes(data json.RawMessage) string {
	const most = 10
	parsed := gjson.Parse(text(data))
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
