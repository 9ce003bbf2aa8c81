package auth

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// What is exchanged for an access token.
const (
	grantRefreshToken      = "refresh_token"
	grantClientCredentials = "client_credentials"
)

// attemptLimit bounds one token request.
const attemptLimit = 20 * time.Second

// source gets access tokens from the manifest's token endpoint.
type source struct {
	grant   string
	address *address
	oauth   manifest.OAuth
	id      string
	secret  string
	http    *httpx.Client
	secrets *httpx.Secrets
}

// newSource returns nil when there is nothing to exchange for a token: the one
// that was given is all there is.
func newSource(cfg Config, s *manifest.Scheme, parts map[string]string) (*source, error) {
	if s.OAuth == nil {
		return nil, nil
	}
	o := &source{oauth: *s.OAuth, id: parts[partClientID], secret: parts[partClientSecret], http: cfg.HTTP, secrets: cfg.Secrets}
	var text string
	switch {
	case parts[partRefreshToken] != "" && o.oauth.RefreshURL != "":
		o.grant, text = grantRefreshToken, o.oauth.RefreshURL
	case o.takesClient(s, parts) && o.oauth.TokenURL != "":
		o.grant, text = grantClientCredentials, o.oauth.TokenURL
	case parts[partAccessToken] == "" && parts[partRefreshToken] != "":
		return nil, misconfigured("give an access token, or add the address to the manifest",
			"authentication scheme %s has no address that takes a refresh token", s.Name)
	default:
		return nil, nil
	}
	if err := o.check(s.Name); err != nil {
		return nil, err
	}
	var err error
	if o.address, err = newAddress(text, o.oauth.Extract, cfg.Values, o.id); err != nil {
		return nil, err
	}
	return o, o.address.check(cfg.Now())
}

// takesClient reports whether client id and secret alone bring a token. That
// is so in their own flow, and where a manifest that declares another flow
// leaves no other way.
func (o *source) takesClient(s *manifest.Scheme, parts map[string]string) bool {
	if o.id == "" || o.secret == "" {
		return false
	}
	refreshes := slices.ContainsFunc(s.Mapping, func(entry manifest.Pair) bool { return entry.Name == partRefreshToken })
	return o.oauth.Flow == "clientCredentials" || (!refreshes && parts[partAccessToken] == "")
}

func (o *source) check(scheme string) error {
	if !slices.Contains([]string{"", "body", "basic", "none"}, o.oauth.AuthStyle) {
		return misconfigured("mend the manifest", "authentication scheme %s sends client credentials in the unknown style %q", scheme, o.oauth.AuthStyle)
	}
	if !slices.Contains([]string{"", "form", "json"}, o.oauth.BodyFormat) {
		return misconfigured("mend the manifest", "authentication scheme %s sends token requests in the unknown format %q", scheme, o.oauth.BodyFormat)
	}
	return nil
}

// fetch makes one token request.
func (o *source) fetch(ctx context.Context, old *snapshot, now time.Time) (*answer, error) {
	u, err := o.address.url(old.extracted, now)
	if err != nil {
		return nil, err
	}
	header, body := o.encode(old.refresh)
	res, err := o.http.Do(ctx, &httpx.Request{
		Method: http.MethodPost, URL: u, Header: header, Body: body, Timeout: attemptLimit,
		// A refresh token may be good for one use: that request must not be
		// repeated when it may have arrived.
		Write: o.grant == grantRefreshToken,
	})
	if err != nil {
		return nil, o.failed(u.Host, err)
	}
	got, err := readAnswer(res.Body, o.oauth.Extract)
	if err != nil {
		return nil, o.useless(u.Host, res.Status, err)
	}
	return got, nil
}

// encode writes the members of the request in a fixed order.
func (o *source) encode(refresh string) (http.Header, []byte) {
	members := []pair{{"grant_type", o.grant}}
	if o.grant == grantRefreshToken {
		members = append(members, pair{"refresh_token", refresh})
	}
	header := http.Header{"Accept": {"application/json"}}
	switch o.oauth.AuthStyle {
	case "basic":
		encoded := base64.StdEncoding.EncodeToString([]byte(o.id + ":" + o.secret))
		header.Set(authorization, "Basic "+encoded)
	case "none":
	default:
		// Absent ones are sent empty, which RFC 6749 section 3.2 treats as left out.
		members = append(members, pair{"client_id", o.id}, pair{"client_secret", o.secret})
	}
	if o.oauth.BodyFormat == "json" {
		header.Set("Content-Type", "application/json")
		return header, jsonBody(members)
	}
	header.Set("Content-Type", "application/x-www-form-urlencoded")
	form := url.Values{}
	for _, m := range members {
		form.Set(m.name, m.value)
	}
	return header, []byte(form.Encode())
}

func jsonBody(members []pair) []byte {
	body := []byte{'{'}
	for i, m := range members {
		if i > 0 {
			body = append(body, ',')
		}
		body = append(envelope.AppendString(body, m.name), ':')
		body = envelope.AppendString(body, m.value)
	}
	return append(body, '}')
}
