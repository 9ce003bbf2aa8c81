package operation

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// problem says what is wrong with the parameter in the input, "" for nothing.
func (p *Param) problem(in Input) string {
	raw, given := in.values[p.Name]
	v := gjson.ParseBytes(raw)
	if p.Required && (!given || p.isEmpty(v)) {
		return "required"
	}
	if !given {
		return ""
	}
	if !p.fits(v) {
		return "expected " + string(p.Type)
	}
	if len(p.Enum) > 0 && !slices.Contains(p.Enum, v.String()) {
		return "expected one of " + strings.Join(p.Enum, ", ")
	}
	return ""
}

// isEmpty reports whether a value says nothing: null, "" or [].
func (p *Param) isEmpty(v gjson.Result) bool {
	switch {
	case v.Type == gjson.Null:
		return true
	case v.Type == gjson.String:
		return v.String() == "" && !p.AllowEmpty
	case v.IsArray():
		return len(v.Array()) == 0
	}
	return false
}

// fits reports whether a value has the parameter's type. An integer may be
// written as 42.0.
func (p *Param) fits(v gjson.Result) bool {
	switch p.Type {
	case String:
		return v.Type == gjson.String
	case Boolean:
		return v.Type == gjson.True || v.Type == gjson.False
	case Number:
		return v.Type == gjson.Number
	case Integer:
		return v.Type == gjson.Number && isWhole(v.Raw)
	case Array:
		return v.IsArray() && !slices.ContainsFunc(v.Array(), func(e gjson.Result) bool { return e.Type != gjson.String })
	case Object:
		return v.IsObject()
	}
	return false
}

// isWhole reports whether a JSON number has no fraction. It looks at the text:
// a float64 has too few digits for large ones.
func isWhole(number string) bool {
	if strings.ContainsAny(number, "eE") {
		return gjson.Parse(number).Float() == float64(int64(gjson.Parse(number).Float()))
	}
	_, fraction, _ := strings.Cut(number, ".")
	return strings.Trim(fraction, "0") == ""
}
