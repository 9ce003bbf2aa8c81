package loader

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

func (w *jsonWriter) scalar(v value) {
	switch text := v.node.Value; v.node.Tag {
	case "!!null":
		w.out = append(w.out, "null"...)
	case "!!bool":
		w.out = strconv.AppendBool(w.out, v.flag(false))
	case "!!int", "!!float":
		w.number(v, text)
	default:
		w.text(text)
	}
}

// number keeps the digits of the file where JSON can read them.
func (w *jsonWriter) number(v value, text string) {
	if json.Valid([]byte(text)) {
		w.out = append(w.out, text...)
		return
	}
	var whole int64
	if err := v.node.Decode(&whole); err == nil && v.node.Tag == "!!int" {
		w.out = strconv.AppendInt(w.out, whole, 10)
		return
	}
	var float float64
	if err := v.node.Decode(&float); err == nil {
		if raw, err := json.Marshal(float); err == nil {
			w.out = append(w.out, raw...)
			return
		}
	}
	v.problem("%s is not a number that JSON can hold", text)
	w.out = append(w.out, "null"...)
}

const hexDigits = "0123456789abcdef"

// text writes a JSON string. Descriptions speak of <p>, and a model may read
// them, so HTML stays as it is.
func (w *jsonWriter) text(s string) {
	w.out = append(w.out, '"')
	for _, r := range s { // what is not UTF-8 becomes U+FFFD
		switch {
		case r == '"' || r == '\\':
			w.out = append(w.out, '\\', byte(r))
		case r == '\n':
			w.out = append(w.out, '\\', 'n')
		case r == '\t':
			w.out = append(w.out, '\\', 't')
		case r < ' ' || r == '\u2028' || r == '\u2029': // the two end a line in older JavaScript
			w.out = append(w.out, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		default:
			w.out = utf8.AppendRune(w.out, r)
		}
	}
	w.out = append(w.out, '"')
}
