package request

import (
	"fmt"
	"net/http"
	"net/textproto"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// headerParameter is a parameter with the canonical name of its header.
type headerParameter struct {
	parameter
	header string
}

// framing are the headers that say how a request travels, or to whom: a
// parameter that set one could smuggle a second request in.
var framing = []string{
	"Connection", "Content-Length", "Cookie", "Expect", "Host", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection",
	"Te", "Trailer", "Transfer-Encoding", "Upgrade",
}

func compileHeaders(params []parameter) ([]headerParameter, error) {
	var out []headerParameter
	for _, p := range travelling(params, "header") {
		name := textproto.CanonicalMIMEHeaderKey(p.Name)
		switch {
		case !isToken(name):
			return nil, broken(fmt.Sprintf("header parameter %q is no name of a header", p.Name))
		case slices.Contains(framing, name):
			return nil, broken(fmt.Sprintf("header parameter %q: the transport alone sets that header", p.Name))
		case slices.ContainsFunc(out, func(h headerParameter) bool { return h.header == name }):
			return nil, broken(fmt.Sprintf("header parameter %q differs from another in case alone", p.Name))
		}
		out = append(out, headerParameter{parameter: p, header: name})
	}
	return out, nil
}

// isToken reports whether name is what RFC 9110 calls a token.
func isToken(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r > '~' || !isUnreserved(byte(r)) && !strings.ContainsRune("!#$%&'*+^`|", r)
	})
}

func buildHeaders(params []headerParameter, args *arguments) (http.Header, error) {
	out := make(http.Header, len(params)+1)
	for i := range params {
		p := &params[i]
		raw := p.value(args)
		if raw == "" {
			continue
		}
		value := headerText(raw)
		if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return nil, invalid(p.Name, "must not have line breaks or control characters: it is a header")
		}
		out[p.header] = []string{value}
	}
	return out, nil
}

// headerText writes an array as the list that headers have, and anything else as
// elsewhere.
func headerText(raw string) string {
	if raw[0] != '[' {
		return text(raw)
	}
	var items []string
	gjson.Parse(raw).ForEach(func(_, item gjson.Result) bool {
		if item.Raw != null {
			items = append(items, text(item.Raw))
		}
		return true
	})
	return strings.Join(items, ",")
}
