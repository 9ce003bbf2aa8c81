package request

import "github.com/tidwall/gjson"

// buildQuery appends the parameters to the query that the path itself has.
func buildQuery(fixed string, params []parameter, args *arguments) string {
	out := make([]byte, 0, 128)
	out = append(out, fixed...)
	for i := range params {
		p := &params[i]
		raw := p.value(args)
		switch {
		case raw == "":
		case p.DeepObject && raw[0] == '{':
			out = appendMembers(out, p.Name, raw)
		default:
			out = appendQuery(out, p.key, raw)
		}
	}
	return string(out)
}

// appendMembers appends name[key]=value for each member of an object that is
// not null.
func appendMembers(dst []byte, name, raw string) []byte {
	gjson.Parse(raw).ForEach(func(key, value gjson.Result) bool {
		escaped := appendEscaped(nil, name+"["+key.Str+"]", "+")
		dst = appendQuery(dst, string(escaped), value.Raw)
		return true
	})
	return dst
}

// appendQuery appends one pair, or one for each element of an array. Nulls are
// left out.
func appendQuery(dst []byte, key, raw string) []byte {
	if raw[0] != '[' {
		return appendPair(dst, key, raw)
	}
	gjson.Parse(raw).ForEach(func(_, element gjson.Result) bool {
		dst = appendPair(dst, key, element.Raw)
		return true
	})
	return dst
}

// appendPair appends key=value, after an & where it is not the first pair.
func appendPair(dst []byte, key, raw string) []byte {
	if raw == null {
		return dst
	}
	return appendField(dst, key, text(raw))
}

// appendField appends a pair whose key is escaped already.
func appendField(dst []byte, key, value string) []byte {
	if len(dst) > 0 {
		dst = append(dst, '&')
	}
	dst = append(dst, key...)
	dst = append(dst, '=')
	return appendEscaped(dst, value, "+")
}
