package template

import (
	"fmt"
	"strings"
)

// tokenKind tells tokens apart; a sign is its own kind.
type tokenKind int

const (
	tokenName tokenKind = iota + 256
	tokenText
	tokenClose // }}
	tokenEnd   // of the template
)

type token struct {
	kind tokenKind
	text string // of a name as it is, of a text without quotes and escapes
	at   int    // where it begins in the template
}

// describe names the token in an error.
func (t token) describe() string {
	if t.kind == tokenName {
		return fmt.Sprintf("%q", t.text)
	}
	return t.kind.String()
}

// String names the kind in an error.
func (k tokenKind) String() string {
	switch k {
	case tokenName:
		return "a name"
	case tokenText:
		return "a text in quotes"
	case tokenClose:
		return "}}"
	case tokenEnd:
		return "the end"
	default:
		return fmt.Sprintf("%q", string(rune(k)))
	}
}

// next reads the token at p.pos and moves behind it.
func (p *parser) next() error {
	for p.pos < len(p.src) && strings.IndexByte(" \t\r\n", p.src[p.pos]) >= 0 {
		p.pos++
	}
	p.tok = token{kind: tokenEnd, at: p.pos}
	if p.pos == len(p.src) {
		return nil
	}
	switch rest := p.src[p.pos:]; {
	case strings.HasPrefix(rest, "}}"):
		p.take(tokenClose, "}}")
	case nameLength(rest) > 0:
		p.take(tokenName, rest[:nameLength(rest)])
	case rest[0] == '\'' || rest[0] == '"':
		return p.quoted(rest[0])
	case strings.IndexByte("().,|-", rest[0]) >= 0:
		p.take(tokenKind(rest[0]), rest[:1])
	default:
		return p.errorf(p.pos, "unexpected %q", []rune(rest[:min(4, len(rest))])[0])
	}
	return nil
}

func (p *parser) take(kind tokenKind, text string) {
	p.tok = token{kind: kind, text: text, at: p.pos}
	p.pos += len(text)
}

// quoted reads a text in quotes.
func (p *parser) quoted(quote byte) error {
	var b strings.Builder
	start := p.pos
	for i := start + 1; i < len(p.src); i++ {
		switch c := p.src[i]; c {
		case quote:
			p.tok = token{kind: tokenText, text: b.String(), at: start}
			p.pos = i + 1
			return nil
		case '\\':
			i++
			if i == len(p.src) || strings.IndexByte(`\'"`, p.src[i]) < 0 {
				return p.errorf(i-1, `the only escapes are \\, \' and \"`)
			}
			b.WriteByte(p.src[i])
		default:
			b.WriteByte(c)
		}
	}
	return p.errorf(start, "a text without end")
}

func nameLength(s string) int {
	for i := range len(s) {
		c := s[i]
		letter := c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return i
		}
	}
	return len(s)
}
