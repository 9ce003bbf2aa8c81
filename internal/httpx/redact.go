package httpx

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

const redacted = "[redacted]"

// maxPassing is how many passing values are remembered: tokens are renewed for
// as long as a process lives.
const maxPassing = 64

// Secrets knows values that must not be shown and takes them out of texts. Its
// zero value knows none. It is safe for concurrent use.
type Secrets struct {
	mu       sync.Mutex
	lasting  []string
	passing  []string
	replacer atomic.Pointer[strings.Replacer] // nil: to be built
}

// Add makes values known for good. Empty ones are ignored.
func (s *Secrets) Add(values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range values {
		if v != "" && !slices.Contains(s.lasting, v) {
			s.lasting = append(s.lasting, v)
			s.replacer.Store(nil)
		}
	}
}

// AddPair makes the secret known, and the pair that basic authentication sends
// in its place: an encoding of both hides the secret from a search for it alone.
func (s *Secrets) AddPair(id, secret string) {
	if secret != "" {
		s.Add(secret, id+":"+secret)
	}
}

// AddPassing makes a value known until many others came after it, as a token
// does that will expire.
func (s *Secrets) AddPassing(value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if value == "" || slices.Contains(s.passing, value) {
		return
	}
	if len(s.passing) == maxPassing {
		s.passing = slices.Delete(s.passing, 0, 1)
	}
	s.passing = append(s.passing, value)
	s.replacer.Store(nil)
}

// build makes the replacer when a text first needs it, which is seldom: texts
// are errors and logs.
func (s *Secrets) build() *strings.Replacer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.replacer.Load(); r != nil {
		return r
	}
	var all []string
	for _, v := range slices.Concat(s.lasting, s.passing) {
		all = append(all, forms(v)...)
	}
	// The replacer takes the first match in argument order: longer forms first,
	// so that a secret which contains another is not left half readable.
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	pairs := make([]string, 0, 2*len(all))
	for _, form := range slices.Compact(all) {
		pairs = append(pairs, form, redacted)
	}
	r := strings.NewReplacer(pairs...)
	s.replacer.Store(r)
	return r
}

// Redact returns text without the known values, plain, in the escaped forms of
// JSON and URLs, or in base64 of either alphabet.
func (s *Secrets) Redact(text string) string {
	r := s.replacer.Load()
	if r == nil {
		r = s.build()
	}
	return r.Replace(text)
}

// redactError returns err, or when its text shows a secret an error with a
// clean text that still matches what err matches. That one does not unwrap:
// the text would be readable one step further down.
func (s *Secrets) redactError(err error) error {
	if err == nil {
		return nil
	}
	clean := s.Redact(err.Error())
	if clean == err.Error() {
		return err
	}
	return &cleanError{text: clean, cause: err}
}

type cleanError struct {
	text  string
	cause error
}

func (e *cleanError) Error() string        { return e.text }
func (e *cleanError) Is(target error) bool { return errors.Is(e.cause, target) }

// GoString keeps %#v from printing the cause.
func (e *cleanError) GoString() string { return e.text }

func forms(v string) []string {
	encoded := base64.StdEncoding.EncodeToString([]byte(v))
	return slices.Concat(
		spellings(v), spellings(encoded), spellings(strings.TrimRight(encoded, "=")),
		[]string{base64.URLEncoding.EncodeToString([]byte(v)), base64.RawURLEncoding.EncodeToString([]byte(v))},
	)
}

// spellings are v as it is and as JSON and URLs escape it.
func spellings(v string) []string {
	escaped, bare := jsonForms(v)
	query, path := url.QueryEscape(v), url.PathEscape(v)
	return []string{
		v, escaped, bare, strings.ReplaceAll(escaped, "/", `\/`), strings.ReplaceAll(bare, "/", `\/`),
		query, lowerHex(query), path, lowerHex(path),
	}
}

// jsonForms returns v as JSON strings have it, with <, > and & escaped and not.
func jsonForms(v string) (escaped, bare string) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil { // no string fails to encode
		return v, v
	}
	bare = strings.TrimSuffix(b.String(), "\n")
	bare = bare[1 : len(bare)-1]
	return strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`).Replace(bare), bare
}

// lowerHex writes %2F as %2f: both spellings are in use.
func lowerHex(escaped string) string {
	b := []byte(escaped)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToLower(string(b[i+1:i+3])))
		}
	}
	return string(b)
}
