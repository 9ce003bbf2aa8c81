package template

import (
	"slices"
	"strings"
)

// parser reads expressions. Each of its methods begins with the first token of
// what it reads in tok and ends with the one after it there.
type parser struct {
	src   string
	pos   int // behind tok
	tok   token
	depth int
	names []string // of the variables so far
	paths []string // the same with attributes
}

// reserved words mean something in the language that this is a part of; read
// as variables they would be missing for no visible reason.
var reserved = []string{"and", "or", "in", "is", "if", "else", "not", "true", "false", "none", "True", "False", "None"}

// whole reads an expression and the braces that close it.
func (p *parser) whole() (expression, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	at := p.tok.at
	expr, err := p.expression()
	if err != nil {
		return nil, err
	}
	if p.tok.kind != tokenClose {
		return nil, p.unexpected("}}")
	}
	switch expr.kind() {
	case moment:
		return nil, p.errorf(at, "a date needs a format")
	case span:
		return nil, p.errorf(at, "a duration alone is no value")
	}
	return expr, nil
}

// expression reads "not" and a difference.
func (p *parser) expression() (expression, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.errorf(p.tok.at, "nested deeper than %d levels", maxDepth)
	}
	defer func() { p.depth-- }()
	if p.tok.kind != tokenName || p.tok.text != "not" {
		return p.difference()
	}
	at := p.tok.at
	if err := p.next(); err != nil {
		return nil, err
	}
	of, err := p.expression()
	if err != nil {
		return nil, err
	}
	if !isValue(of) {
		return nil, p.errorf(at, "not before a date or a duration")
	}
	return negation{of}, nil
}

// difference reads operands with minus signs between them.
func (p *parser) difference() (expression, error) {
	left, err := p.operand()
	for n := 0; err == nil && p.tok.kind == '-'; n++ {
		at := p.tok.at
		if err := p.next(); err != nil {
			return nil, err
		}
		var right expression
		if right, err = p.operand(); err != nil {
			return nil, err
		}
		if left.kind() != moment || right.kind() != span || n == maxDepth {
			return nil, p.errorf(at, "minus is only for a date and a duration, %d times at most", maxDepth)
		}
		left = difference{left, right}
	}
	return left, err
}

// operand reads a primary expression with what follows it: attributes, a date
// format, filters.
func (p *parser) operand() (expression, error) {
	expr, err := p.primary()
	for err == nil && p.tok.kind == '.' {
		expr, err = p.attribute(expr)
	}
	p.note(expr)
	for n := 0; err == nil && p.tok.kind == '|'; n++ {
		if n == maxDepth {
			return nil, p.errorf(p.tok.at, "more than %d filters", maxDepth)
		}
		expr, err = p.filter(expr)
	}
	return expr, err
}

// note remembers a variable whose attributes are all read.
func (p *parser) note(expr expression) {
	v, ok := expr.(variable)
	if !ok {
		return
	}
	if path := strings.Join(v.names, "."); !slices.Contains(p.paths, path) {
		p.paths = append(p.paths, path)
	}
}

func (p *parser) primary() (expression, error) {
	switch p.tok.kind {
	case '(':
		return p.parenthesis()
	case tokenName:
		name, at := p.tok.text, p.tok.at
		if slices.Contains(reserved, name) {
			return nil, p.errorf(at, "unexpected %q", name)
		}
		if err := p.next(); err != nil {
			return nil, err
		}
		if p.tok.kind == '(' {
			return p.function(name, at)
		}
		if !slices.Contains(p.names, name) {
			p.names = append(p.names, name)
		}
		return variable{[]string{name}}, nil
	default:
		return nil, p.unexpected("a variable")
	}
}

func (p *parser) parenthesis() (expression, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	expr, err := p.expression()
	if err != nil {
		return nil, err
	}
	return expr, p.expect(')')
}

// function reads the arguments of a function whose name was read.
func (p *parser) function(name string, at int) (expression, error) {
	args, err := p.arguments()
	switch {
	case err != nil:
		return nil, err
	case name == "now_utc" && len(args) == 0:
		return now{}, nil
	case name == "duration" && len(args) == 1:
		length, ok := parsePeriod(args[0])
		if !ok {
			return nil, p.errorf(at, "%q is no duration such as P30D or PT12H", args[0])
		}
		return literal{length}, nil
	default:
		return nil, p.errorf(at, "no function %s with %d arguments", name, len(args))
	}
}

// attribute reads a dot and what follows it.
func (p *parser) attribute(of expression) (expression, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	name, at := p.tok.text, p.tok.at
	if err := p.expect(tokenName); err != nil {
		return nil, err
	}
	if p.tok.kind == '(' {
		return p.method(of, name, at)
	}
	v, ok := of.(variable)
	if !ok {
		return nil, p.errorf(at, "only a variable has attributes")
	}
	return variable{append(slices.Clone(v.names), name)}, nil
}

func (p *parser) method(of expression, name string, at int) (expression, error) {
	args, err := p.arguments()
	if err != nil {
		return nil, err
	}
	if name != "strftime" || of.kind() != moment || len(args) != 1 {
		return nil, p.errorf(at, "no method %s with %d arguments here", name, len(args))
	}
	if unknown := unknownFormat(args[0]); unknown != "" {
		return nil, p.errorf(at, "%q in a date format, which has %%Y %%m %%d %%H %%M %%S %%%% only", unknown)
	}
	return dated{of, args[0]}, nil
}

// filter reads a bar and the filter behind it.
func (p *parser) filter(of expression) (expression, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	name, at := p.tok.text, p.tok.at
	if err := p.expect(tokenName); err != nil {
		return nil, err
	}
	var args []string
	if p.tok.kind == '(' {
		var err error
		if args, err = p.arguments(); err != nil {
			return nil, err
		}
	}
	switch {
	case !isValue(of):
		return nil, p.errorf(at, "a filter behind a date or a duration")
	case name == "replace" && len(args) == 2:
		return filter{of, replace(args[0], args[1])}, nil
	case name == "lower" && len(args) == 0:
		return filter{of, mapping(strings.ToLower)}, nil
	case name == "upper" && len(args) == 0:
		return filter{of, mapping(strings.ToUpper)}, nil
	default:
		return nil, p.errorf(at, "no filter %s with %d arguments", name, len(args))
	}
}

// arguments reads texts in parentheses; all arguments of the language are texts.
func (p *parser) arguments() (args []string, err error) {
	if err := p.expect('('); err != nil {
		return nil, err
	}
	for p.tok.kind != ')' {
		if len(args) > 0 {
			if err := p.expect(','); err != nil {
				return nil, err
			}
		}
		arg := p.tok.text
		if err := p.expect(tokenText); err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	return args, p.expect(')')
}

// expect reads one token of the kind.
func (p *parser) expect(kind tokenKind) error {
	if p.tok.kind != kind {
		return p.unexpected(kind.String())
	}
	return p.next()
}

func (p *parser) unexpected(wanted string) error {
	return p.errorf(p.tok.at, "%s where %s belongs", p.tok.describe(), wanted)
}

// isValue reports whether an expression can be printed and tested.
func isValue(e expression) bool { return e.kind() == data || e.kind() == text }
