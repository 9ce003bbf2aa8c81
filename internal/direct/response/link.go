package response

import (
	"net/http"
	"strings"
)

// Link returns the address of the first link in the Link headers that has the
// relation rel, such as "next", and whether there is one. A link may have
// several relations; case does not matter. The address is as the service
// wrote it, so it may be relative and may lead to any host.
func Link(header http.Header, rel string) (string, bool) {
	for _, line := range header.Values("Link") {
		for line != "" {
			var link link
			link, line = nextLink(line)
			if link.address != "" && link.has(rel) {
				return link.address, true
			}
		}
	}
	return "", false
}

// link is one address with the relations it stands in.
type link struct{ address, rel string }

func (l link) has(rel string) bool {
	for name := range strings.FieldsSeq(l.rel) {
		if strings.EqualFold(name, rel) {
			return true
		}
	}
	return false
}

// nextLink reads the first link of a header line. What is malformed is passed
// over up to the next link. An address may hold commas, a text in quotes may
// hold anything.
func nextLink(line string) (link, string) {
	_, line, found := strings.Cut(line, "<")
	address, rest, closed := strings.Cut(line, ">")
	if !found || !closed {
		return link{}, ""
	}
	l := link{address: strings.TrimSpace(address)}
	rel := false
	for {
		rest = strings.TrimLeft(rest, " \t")
		after, more := strings.CutPrefix(rest, ";")
		if !more {
			return l, rest
		}
		var name, value string
		name, value, rest = parameter(after)
		if !rel && strings.EqualFold(name, "rel") { // the first one counts
			l.rel, rel = value, true
		}
	}
}

// parameter reads name=value, or a name alone, up to the semicolon or comma
// after it.
func parameter(text string) (name, value, rest string) {
	end := strings.IndexAny(text, "=;,")
	if end < 0 {
		return strings.TrimSpace(text), "", ""
	}
	name, rest = strings.TrimSpace(text[:end]), text[end:]
	if rest[0] != '=' {
		return name, "", rest
	}
	rest = strings.TrimLeft(rest[1:], " \t")
	if strings.HasPrefix(rest, `"`) {
		value, rest = quoted(rest[1:])
		return name, value, rest
	}
	if end = strings.IndexAny(rest, ";,"); end < 0 {
		end = len(rest)
	}
	return name, strings.TrimSpace(rest[:end]), rest[end:]
}

// quoted reads up to the closing quote, a backslash before any byte taken off.
func quoted(text string) (value, rest string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			return b.String(), text[i+1:]
		case text[i] == '\\' && i+1 < len(text):
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String(), ""
}
