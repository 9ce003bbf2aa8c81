package auth

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// The types of schemes.
const (
	typeBearer = "bearer"
	typeBasic  = "basic"
	typeAPIKey = "api_key"
	typeOAuth2 = "oauth2"
)

const authorization = "Authorization"

// placer knows where a scheme puts its credentials.
type placer struct {
	scheme  *manifest.Scheme
	parts   map[string]string
	vars    map[string]json.RawMessage // of the further headers, without the tokens
	headers []extraHeader
}

// extraHeader is a header that comes besides, or in place of, the scheme's own.
type extraHeader struct {
	name  string
	value *template.Template
}

func newPlacer(s *manifest.Scheme, given, parts map[string]string) (*placer, error) {
	p := &placer{scheme: s, parts: parts, vars: map[string]json.RawMessage{}}
	// The scheme's own parts come second: a part may bear the name of another
	// field than the one that it is made of.
	for _, from := range []map[string]string{given, parts} {
		for name, value := range from {
			p.vars[name] = envelope.AppendString(nil, value)
		}
	}
	for _, h := range s.Headers {
		t, err := template.Compile(h.Value)
		if err != nil {
			return nil, misconfigured("", "header %s of authentication scheme %s: %v", h.Name, s.Name, err)
		}
		absent := p.absent(t)
		if slices.ContainsFunc(absent, func(name string) bool { return !p.optional(name) }) {
			return nil, misconfigured("mend the manifest", "header %s of authentication scheme %s uses what is no credential of it: %s", h.Name, s.Name, list(absent))
		}
		if len(absent) == 0 {
			p.headers = append(p.headers, extraHeader{http.CanonicalHeaderKey(h.Name), t})
		}
	}
	return p, nil
}

// absent lists the names in t that have no value now and get none later.
func (p *placer) absent(t *template.Template) []string {
	return slices.DeleteFunc(t.Names(), func(name string) bool {
		_, known := p.vars[name]
		return known || (p.scheme.Type == typeOAuth2 && name == partAccessToken)
	})
}

// optional reports whether name is a credential, or a part made of some, that
// the program may leave out: everything required was found to be given.
func (p *placer) optional(name string) bool {
	return slices.Contains(knownNames(*p.scheme), name) ||
		slices.ContainsFunc(p.scheme.Mapping, func(entry manifest.Pair) bool { return entry.Name == name })
}

// proof builds what requests carry. access and refresh count for oauth2 alone.
func (p *placer) proof(access, refresh string, now time.Time) (proof, error) {
	made, err := p.own(access)
	if err != nil {
		return proof{}, err
	}
	env := template.Env{Vars: maps.Clone(p.vars), Now: now}
	if p.scheme.Type == typeOAuth2 {
		env.Vars[partAccessToken] = envelope.AppendString(nil, access)
		env.Vars[partRefreshToken] = envelope.AppendString(nil, refresh)
	}
	for _, h := range p.headers {
		value, err := h.value.Render(env)
		if err != nil {
			return proof{}, p.unfit(h.name, err)
		}
		made.set(h.name, value)
	}
	for _, h := range made.headers {
		if !isHeaderSafe(h.values[0]) {
			return proof{}, p.unfit(h.name, errors.New("it would hold a line break or another control character"))
		}
	}
	return made, nil
}

func (p *placer) unfit(header string, err error) error {
	return misconfigured("check the credentials", "header %s of authentication scheme %s: %v", header, p.scheme.Name, err)
}

// own is what the scheme itself puts on requests.
func (p *placer) own(access string) (proof, error) {
	var made proof
	switch p.scheme.Type {
	case typeBearer:
		made.set(authorization, "Bearer "+p.parts[partToken])
		return made, p.check(partToken)
	case typeOAuth2:
		if access == "" {
			return made, p.lacks("access token, nor what brings one")
		}
		made.set(authorization, "Bearer "+access)
		return made, nil
	case typeBasic:
		pair := p.parts[partUsername] + ":" + p.parts[partPassword]
		made.set(authorization, "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
		if pair == ":" {
			return made, p.lacks("username")
		}
		return made, nil
	case typeAPIKey:
		return p.apiKey()
	default:
		return made, misconfigured("mend the manifest", "authentication scheme %s is of the unknown type %q", p.scheme.Name, p.scheme.Type)
	}
}

func (p *placer) apiKey() (proof, error) {
	var made proof
	key := p.parts[partAPIKey]
	switch p.scheme.In {
	case "header", "":
		made.set(p.scheme.Key, key)
	case "query":
		made.query = pair{url.QueryEscape(p.scheme.Key), url.QueryEscape(key)}
	case "cookie":
		made.cookie = pair{p.scheme.Key, key}
		if strings.ContainsAny(key, " \",;\\") || !isHeaderSafe(key) {
			return made, misconfigured("check the credentials", "authentication scheme %s: no cookie can carry the api key", p.scheme.Name)
		}
	default:
		return made, misconfigured("mend the manifest", "authentication scheme %s puts its api key into the unknown place %q", p.scheme.Name, p.scheme.In)
	}
	if p.scheme.Key == "" {
		return made, misconfigured("mend the manifest", "authentication scheme %s names no %s for its api key", p.scheme.Name, p.scheme.In)
	}
	return made, p.check(partAPIKey)
}

func (p *placer) check(part string) error {
	if p.parts[part] == "" {
		return p.lacks(part)
	}
	return nil
}

func (p *placer) lacks(what string) error {
	return misconfigured("the service takes: "+needs([]manifest.Scheme{*p.scheme}),
		"the credentials give authentication scheme %s no %s", p.scheme.Name, what)
}

// isHeaderSafe reports whether value can be sent in a header. net/http refuses
// the others too, but only when the request is under way.
func isHeaderSafe(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f })
}
