package request

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// variable is a member of the variables, compiled.
type variable struct {
	key      string // raw JSON with the colon
	pieces   []piece
	nullable bool // an explicit null is sent
}

// piece is a part of a variable: raw JSON, the value of a slot as it is, or
// a string with values in it.
type piece struct {
	raw  string
	slot int // of a lone value
	text []textPart
	kind pieceKind
}

type pieceKind int

const (
	rawPiece pieceKind = iota
	valuePiece
	textPiece
)

// textPart is JSON-escaped text and the value after it; slot is none at the end.
type textPart struct {
	literal string
	slot    int
}

const none = -1

func compileVariables(g *manifest.GraphQL, s *slots) ([]variable, error) {
	if err := envelope.Valid(g.Variables); err != nil {
		return nil, err
	}
	object := gjson.ParseBytes(g.Variables)
	if !object.IsObject() {
		return nil, errors.New("must be an object")
	}
	var out []variable
	var err error
	object.ForEach(func(key, value gjson.Result) bool {
		if value.Raw == null { // a null variable is no variable
			return true
		}
		v := variable{key: key.Raw + ":", nullable: slices.Contains(g.Nullable, key.Str)}
		v.pieces, err = appendPieces(nil, value, s)
		out = append(out, v)
		return err == nil
	})
	return out, err
}

// appendPieces compiles a value of any shape. Raw pieces that touch become one.
func appendPieces(dst []piece, value gjson.Result, s *slots) ([]piece, error) {
	switch {
	case value.Type == gjson.String:
		p, err := compileText(value, s)
		return appendPiece(dst, p), err
	case !value.IsObject() && !value.IsArray():
		return appendPiece(dst, piece{raw: value.Raw}), nil
	}
	end, before := "]", "["
	if value.IsObject() {
		end, before = "}", "{"
	}
	empty := before
	var err error
	value.ForEach(func(key, element gjson.Result) bool {
		if key.Raw != "" && end == "}" {
			before += key.Raw + ":"
		}
		dst, err = appendPieces(appendPiece(dst, piece{raw: before}), element, s)
		before, empty = ",", ""
		return err == nil
	})
	return appendPiece(dst, piece{raw: empty + end}), err
}

func appendPiece(dst []piece, p piece) []piece {
	if last := len(dst) - 1; last >= 0 && p.kind == rawPiece && dst[last].kind == rawPiece {
		dst[last].raw += p.raw
		return dst
	}
	return append(dst, p)
}

// compileText compiles a string: {{ name }} alone is the value itself, in any
// other company its text.
func compileText(value gjson.Result, s *slots) (piece, error) {
	var parts []textPart
	for rest := value.Str; ; {
		literal, name, after, err := nextToken(rest)
		if err != nil {
			return piece{}, fmt.Errorf("%q: %w", value.Str, err)
		}
		if name == "" {
			parts = append(parts, textPart{literal: escapeText(literal), slot: none})
			break
		}
		parts = append(parts, textPart{literal: escapeText(literal), slot: s.of(name)})
		rest = after
	}
	switch {
	case len(parts) == 1:
		return piece{raw: value.Raw}, nil
	case len(parts) == 2 && parts[0].literal == "" && parts[1].literal == "":
		return piece{kind: valuePiece, slot: parts[0].slot}, nil
	default:
		return piece{kind: textPiece, text: parts}, nil
	}
}

// appendVariables writes the object of variables, without those that have no
// value.
func appendVariables(dst []byte, variables []variable, args *arguments) []byte {
	before := byte('{')
	for i := range variables {
		v := &variables[i]
		if v.isAbsent(args) {
			continue
		}
		dst = append(dst, before)
		dst = append(dst, v.key...)
		for j := range v.pieces {
			dst = v.pieces[j].append(dst, args)
		}
		before = ','
	}
	if before == '{' {
		dst = append(dst, '{')
	}
	return append(dst, '}')
}

// isAbsent reports whether the variable has no value. A null inside a
// larger value stays.
func (v *variable) isAbsent(args *arguments) bool {
	if len(v.pieces) != 1 {
		return false
	}
	p := &v.pieces[0]
	switch p.kind {
	case valuePiece:
		raw := args.lookup(p.slot)
		return raw == "" || raw == null && (!v.nullable || args.raw[p.slot] == "")
	case textPiece:
		return !p.isWhole(args)
	default:
		return false
	}
}

// isWhole reports whether every value of a text is there.
func (p *piece) isWhole(args *arguments) bool {
	for _, part := range p.text {
		if part.slot != none && args.inText(part.slot) == "" {
			return false
		}
	}
	return true
}

// inText is a value that becomes part of a text, where a null says nothing.
func (a *arguments) inText(i int) string {
	if raw := a.raw[i]; raw != "" && raw != null {
		return raw
	}
	if raw := a.fallback(i); raw != null {
		return raw
	}
	return ""
}

func (p *piece) append(dst []byte, args *arguments) []byte {
	switch p.kind {
	case valuePiece:
		raw := args.lookup(p.slot)
		if raw == "" {
			raw = null
		}
		return appendCompact(dst, raw)
	case textPiece:
		return p.appendText(dst, args)
	default:
		return append(dst, p.raw...)
	}
}

// appendText writes the text in one pass: a value that looks like a
// placeholder is not expanded again.
func (p *piece) appendText(dst []byte, args *arguments) []byte {
	if !p.isWhole(args) {
		return append(dst, null...)
	}
	dst = append(dst, '"')
	for _, part := range p.text {
		dst = append(dst, part.literal...)
		if part.slot == none {
			continue
		}
		if raw := args.inText(part.slot); raw[0] == '"' {
			dst = append(dst, raw[1:len(raw)-1]...) // escaped already
		} else {
			dst = append(dst, escapeText(text(raw))...)
		}
	}
	return append(dst, '"')
}
