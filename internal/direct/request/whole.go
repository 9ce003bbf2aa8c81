package request

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// Whole is a JSON number as plain digits, every one of them kept: 25.0, 250e-1
// and 2.5e1 are 25. It is false for a number that is not whole, and for one
// with a point or an exponent that is beyond float64, such as 1e400.
func Whole(raw string) (digits string, whole bool) {
	at := strings.IndexAny(raw, ".eE")
	if at < 0 {
		return raw, true
	}
	// This also bounds the zeros that an exponent may stand for.
	if _, err := strconv.ParseFloat(raw, 64); err != nil {
		return "", false
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(raw), "e")
	sign := ""
	if mantissa[0] == '-' {
		sign, mantissa = "-", mantissa[1:]
	}
	before, after, _ := strings.Cut(mantissa, ".")
	digits = strings.TrimRight(before+after, "0")
	if strings.TrimLeft(digits, "0") == "" {
		return "0", true
	}
	point := len(before)
	if exponent != "" {
		shift, err := strconv.Atoi(exponent)
		if err != nil { // far below one
			return "", false
		}
		point += shift
	}
	if point < len(digits) {
		return "", false
	}
	digits += strings.Repeat("0", point-len(digits))
	return sign + strings.TrimLeft(digits, "0"), true
}

// wholeNumbers is what of a slot must be whole.
type wholeNumbers struct{ value, elements bool }

func wholeOf(p *manifest.Parameter) wholeNumbers {
	return wholeNumbers{
		value:    p.Type == integerType,
		elements: p.Type == "array" && gjson.GetBytes(p.Items, "type").Str == integerType,
	}
}

const integerType = "integer"

// plain writes the numbers of raw, the value of a parameter, as digits. What is
// no number stays as it is; that it is none is for others to find.
func (w wholeNumbers) plain(name, raw string) (string, error) {
	switch {
	case w.value && isNumber(raw):
		if digits, whole := Whole(raw); whole {
			return digits, nil
		}
		return "", invalid(name, "must be a whole number")
	case w.elements && raw != "" && raw[0] == '[' && strings.ContainsAny(raw, ".eE"):
		return w.plainElements(name, raw)
	default:
		return raw, nil
	}
}

func (w wholeNumbers) plainElements(name, raw string) (string, error) {
	out := make([]byte, 0, len(raw))
	before := byte('[')
	var err error
	gjson.Parse(raw).ForEach(func(_, element gjson.Result) bool {
		var text string
		text, err = wholeNumbers{value: true}.plain(name, element.Raw)
		out = append(append(out, before), text...)
		before = ','
		return err == nil
	})
	return string(append(out, ']')), err
}
