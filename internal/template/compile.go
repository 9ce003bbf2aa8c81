package template

import (
	"fmt"
	"strings"
)

const (
	maxText  = 64 << 10 // bytes of a template
	maxDepth = 32       // of parentheses, nots, filters and differences in each other
)

const supported = "supported are variables with attributes, not, the filters replace('a', 'b'), lower and upper, " +
	"now_utc(), minus duration('P1D') and .strftime('%Y-%m-%d')"

// Compile reads a text with {{ expressions }} in it. The error for what the
// language does not have tells the position, in bytes, and what is supported.
func Compile(text string) (*Template, error) {
	if len(text) > maxText {
		return nil, fmt.Errorf("template of %d bytes is longer than %d", len(text), maxText)
	}
	// A text block of YAML ends with a line feed that nobody means, which
	// template engines leave out for that reason.
	p := parser{src: strings.TrimSuffix(text, "\n")}
	t := &Template{}
	for p.pos < len(p.src) {
		part, err := p.part()
		if err != nil {
			return nil, err
		}
		t.parts = append(t.parts, part)
	}
	t.names, t.paths = p.names, p.paths
	return t, nil
}

// part reads the text up to the next expression, or that expression.
func (p *parser) part() (part, error) {
	open := strings.IndexByte(p.src[p.pos:], '{')
	for open >= 0 {
		switch p.signAt(p.pos + open) {
		case "{{":
			return p.textOr(open)
		case "{%", "{#":
			return part{}, p.errorf(p.pos+open, "statements and comments are not supported")
		}
		next := strings.IndexByte(p.src[p.pos+open+1:], '{')
		if next < 0 {
			break
		}
		open += 1 + next
	}
	rest := p.src[p.pos:]
	p.pos = len(p.src)
	return part{text: rest}, nil
}

// textOr returns the text before the braces that open an expression, or the
// expression when there is none.
func (p *parser) textOr(open int) (part, error) {
	if open > 0 {
		text := p.src[p.pos : p.pos+open]
		p.pos += open
		return part{text: text}, nil
	}
	p.pos += len("{{")
	expr, err := p.whole()
	return part{expr: expr}, err
}

// signAt returns the two bytes at i, less at the end.
func (p *parser) signAt(i int) string { return p.src[i:min(i+2, len(p.src))] }

// errorf tells what is wrong at a place of the template.
func (p *parser) errorf(at int, format string, args ...any) error {
	const shown = 120
	src := p.src
	if len(src) > shown {
		src = src[:shown] + "…"
	}
	return fmt.Errorf("template %q: %s at position %d; %s", src, fmt.Sprintf(format, args...), at+1, supported)
}
