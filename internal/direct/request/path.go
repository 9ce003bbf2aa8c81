package request

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/agentsdk-go/airbyte/internal/fault"
)

// pathTemplate is a compiled path.
type pathTemplate struct {
	pieces []pathPiece
	query  string // what the template itself has after "?", escaped
}

// pathPiece is fixed text, or the value of a parameter.
type pathPiece struct {
	literal string // escaped
	param   *parameter
}

// compilePath splits template at its {placeholders}.
func compilePath(template string, params []parameter) (pathTemplate, error) {
	if !strings.HasPrefix(template, "/") {
		return pathTemplate{}, broken(fmt.Sprintf("path %q must begin with /", template))
	}
	var out pathTemplate
	rest, query, _ := strings.Cut(template, "?")
	out.query = escapeLiteral(query)
	if strings.ContainsAny(query, "{}") {
		return pathTemplate{}, broken(fmt.Sprintf("path %q has a placeholder after the ?; declare a query parameter instead", template))
	}
	for rest != "" {
		literal, name, after, err := nextPlaceholder(rest)
		if err != nil {
			return pathTemplate{}, broken(fmt.Sprintf("path %q: %v", template, err))
		}
		if literal != "" {
			out.pieces = append(out.pieces, pathPiece{literal: escapeLiteral(literal)})
		}
		rest = after
		if name == "" {
			continue
		}
		i := slices.IndexFunc(params, func(p parameter) bool { return p.In == "path" && p.Name == name })
		if i < 0 {
			return pathTemplate{}, broken(fmt.Sprintf("path %q has {%s}, but no path parameter has that name", template, name))
		}
		out.pieces = append(out.pieces, pathPiece{param: &params[i]})
	}
	return out, nil
}

// build writes the path with the values of args.
func (p *pathTemplate) build(args *arguments) (string, error) {
	if len(p.pieces) == 1 && p.pieces[0].param == nil {
		return p.pieces[0].literal, nil
	}
	out := make([]byte, 0, 128)
	for _, piece := range p.pieces {
		out = append(out, piece.literal...)
		if piece.param == nil {
			continue
		}
		value, err := pathValue(piece.param, args)
		if err != nil {
			return "", err
		}
		out = appendEscaped(out, value, "%20")
	}
	return string(out), nil
}

func pathValue(p *parameter, args *arguments) (string, error) {
	raw := args.lookup(p.slot)
	if raw == "" { // only without Required, which the loader always sets
		return "", invalid(p.Name, "is missing")
	}
	if isComposed(raw) {
		return "", invalid(p.Name, "must be a string or a number: it is a part of the path")
	}
	value := text(raw)
	switch {
	case raw == null || strings.TrimSpace(value) == "":
		return "", invalid(p.Name, "must not be empty: it is a part of the path")
	case strings.ContainsFunc(value, unicode.IsControl):
		return "", invalid(p.Name, "must not have control characters: it is a part of the path")
	case Climbs(value):
		return "", invalid(p.Name, `must not be "." or ".." or have such a step in it: it is a part of the path`)
	}
	return value, nil
}

// Climbs reports whether value could lead a server, or a proxy that decodes
// more than it should, to another path than the one asked for: it has the step
// "." or "..", plain or percent-encoded, between slashes or backslashes.
func Climbs(value string) bool {
	if !strings.ContainsAny(value, ".%") {
		return false
	}
	const decodings = 4 // proxies decode once or twice
	for range decodings {
		if slices.ContainsFunc(strings.FieldsFunc(value, isSeparator), isDots) {
			return true
		}
		decoded := decodePercent(value)
		if decoded == value {
			return false
		}
		value = decoded
	}
	return true // encoded that often on purpose
}

func isSeparator(r rune) bool { return r == '/' || r == '\\' }

func isDots(step string) bool { return step == "." || step == ".." }

// decodePercent decodes what is a percent form and leaves the rest.
func decodePercent(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && isPercentForm(s[i:]) {
			decoded, err := url.PathUnescape(s[i : i+3])
			if err == nil {
				out.WriteString(decoded)
				i += 2
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

func isPercentForm(s string) bool { return len(s) >= 3 && isHex(s[1]) && isHex(s[2]) }

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

// escapeLiteral escapes what may not stand in an address and keeps what the
// manifest has escaped itself.
func escapeLiteral(s string) string {
	var out []byte
	for i := range len(s) {
		if strings.IndexByte("/:@!$&'()*+,;=", s[i]) >= 0 || s[i] == '%' && isPercentForm(s[i:]) {
			out = append(out, s[i])
		} else {
			out = appendEscaped(out, s[i:i+1], "%20")
		}
	}
	return string(out)
}

// invalid is a value that the call can mend. It never quotes the value.
func invalid(name, reason string) error {
	return &fault.Error{Kind: fault.Validation, Message: fmt.Sprintf("parameter %q %s", name, reason)}
}
