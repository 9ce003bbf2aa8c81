package request

import (
	"slices"
	"strconv"

	"github.com/tidwall/gjson"
)

// maxFormDepth bounds nesting: each level makes every name below it longer, so
// that a small hostile value could fill the memory.
const maxFormDepth = 32

// formBody is a form whose nested values have names in brackets.
type formBody struct {
	mediaType string
	params    []parameter
	repeat    []string // arrays that repeat their name instead of counting
}

func (b *formBody) build(args *arguments) (payload, error) {
	var form formWriter
	for i := range b.params {
		p := &b.params[i]
		raw := p.value(args)
		if raw == "" {
			continue
		}
		form.param = p.Name
		if slices.Contains(b.repeat, p.Name) && raw[0] == '[' {
			form.repeat(p.Name, raw)
		} else {
			form.add(p.Name, raw, 0)
		}
	}
	if form.err != nil || len(form.out) == 0 {
		return payload{}, form.err
	}
	return payload{data: form.out, contentType: b.mediaType}, nil
}

// formWriter writes names and values; the first error stays.
type formWriter struct {
	out   []byte
	param string
	err   error
}

// repeat writes each element of an array under the same name.
func (w *formWriter) repeat(name, raw string) {
	gjson.Parse(raw).ForEach(func(_, element gjson.Result) bool {
		w.add(name, element.Raw, 1)
		return true
	})
}

// add writes a value: what is composed as name[key] or name[0] for each part,
// null as an empty text.
func (w *formWriter) add(name, raw string, depth int) {
	switch {
	case w.err != nil:
	case raw == null:
		w.out = appendField(w.out, escapeName(name), "")
	case !isComposed(raw):
		w.out = appendField(w.out, escapeName(name), text(raw))
	case depth == maxFormDepth:
		w.err = invalid(w.param, "is nested deeper than "+strconv.Itoa(maxFormDepth)+" levels")
	default:
		w.addParts(name, raw, depth+1)
	}
}

func (w *formWriter) addParts(name, raw string, depth int) {
	index := 0
	gjson.Parse(raw).ForEach(func(key, value gjson.Result) bool {
		part := key.Str
		if raw[0] == '[' {
			part = strconv.Itoa(index)
			index++
		}
		w.add(name+"["+part+"]", value.Raw, depth)
		return w.err == nil
	})
}

func escapeName(name string) string { return string(appendEscaped(nil, name, "+")) }
