package auth

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// snapshot is all that is known at one moment. It never changes.
type snapshot struct {
	serial    uint64 // grows with every answer of the token endpoint
	access    string
	refresh   string
	renewAt   time.Time // zero: nobody knows when the token ends
	endsAt    time.Time // zero with renewAt
	extracted map[string]string
	proof     proof
}

// proof is what a request carries.
type proof struct {
	headers []header
	query   pair // escaped
	cookie  pair
}

type header struct {
	name   string // canonical
	values []string
}

type pair struct{ name, value string }

func (p pair) String() string { return p.name + "=" + p.value }

func (p *proof) set(name, value string) {
	name = http.CanonicalHeaderKey(name)
	p.headers = slices.DeleteFunc(p.headers, func(h header) bool { return h.name == name })
	p.headers = append(p.headers, header{name, []string{value}})
}

// Grant is what one request carries as proof of who sends it. Its zero value
// carries nothing.
type Grant struct{ at *snapshot }

// Apply puts the proof on a request: on its headers, which must not be nil,
// and on its encoded query, which comes back. What a parameter of the same
// name put there is replaced; all else stays as it is, byte for byte.
func (g Grant) Apply(headers http.Header, query string) string {
	if g.at == nil {
		return query
	}
	proof := &g.at.proof
	for _, h := range proof.headers {
		headers[h.name] = h.values[:1:1] // shared: whoever adds a value gets a copy
	}
	if proof.cookie.name != "" {
		headers.Set("Cookie", replaced(strings.Join(headers.Values("Cookie"), "; "), "; ", proof.cookie))
	}
	if proof.query.name == "" {
		return query
	}
	return replaced(query, "&", proof.query)
}

// replaced is a list of name=value with p at its end, in place of every other
// of its name.
func replaced(text, separator string, p pair) string {
	var kept []string
	for entry := range strings.SplitSeq(text, separator) {
		if name, _, _ := strings.Cut(entry, "="); entry != "" && name != p.name {
			kept = append(kept, entry)
		}
	}
	return strings.Join(append(kept, p.String()), separator)
}

// Headers returns the canonical names of the headers that Apply sets, which a
// redirect to another origin must drop.
func (g Grant) Headers() []string {
	if g.at == nil {
		return nil
	}
	var names []string
	for _, h := range g.at.proof.headers {
		names = append(names, h.name)
	}
	if g.at.proof.cookie.name != "" {
		names = append(names, "Cookie")
	}
	return names
}

// Format writes the names of the headers and nothing secret, with every verb.
func (g Grant) Format(f fmt.State, _ rune) {
	writeText(f, "auth.Grant(headers: "+list(g.Headers())+")")
}

func (g Grant) access() string {
	if g.at == nil {
		return ""
	}
	return g.at.access
}
