package auth_test

import (
	"encoding/base64"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func basic(username, password string, names ...string) manifest.Scheme {
	return manifest.Scheme{
		Name: "basic", Type: "basic", Fields: fields(names...), Required: names[:1],
		Mapping: []manifest.Pair{{Name: "username", Value: username}, {Name: "password", Value: password}},
	}
}

func userPass(pair string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(pair)) }

func with(s manifest.Scheme, change func(*manifest.Scheme)) manifest.Scheme {
	change(&s)
	return s
}

func TestProof(t *testing.T) {
	t.Parallel()
	klaviyo := with(apiKey("header", "authorization"), func(s *manifest.Scheme) { s.Mapping[0].Value = "Klaviyo-API-Key ${api_key}" })
	ads := with(oauth(tokenURL), func(s *manifest.Scheme) {
		s.Fields = append(s.Fields, fields("developer_token", "account_id")...)
		s.Required = []string{"developer_token"}
		s.Headers = []manifest.Pair{{Name: "developer-token", Value: "{{ developer_token }}"}, {Name: "X-Account", Value: "{{ account_id }}"}}
	})
	zoho := with(oauth(tokenURL), func(s *manifest.Scheme) {
		s.Headers = []manifest.Pair{{Name: "authorization", Value: "Zoho-oauthtoken {{ access_token }}"}}
	})
	tests := []struct {
		name   string
		scheme manifest.Scheme
		creds  creds
		want   http.Header
		query  string
	}{
		{"bearer", bearer("b", "api_token"), creds{"api_token": "T"}, http.Header{"Authorization": {"Bearer T"}}, "a=1&b=%2f"},
		{"case 69 prefix", klaviyo, creds{"api_key": "K"}, http.Header{"Authorization": {"Klaviyo-API-Key K"}}, "a=1&b=%2f"},
		{"case 70 suffix", basic("${email}/token", "${api_token}", "email", "api_token"), creds{"email": "a@b", "api_token": "t"}, http.Header{"Authorization": {userPass("a@b/token:t")}}, "a=1&b=%2f"},
		{"case 70 empty password", basic("${key}", "", "key"), creds{"key": "k"}, http.Header{"Authorization": {userPass("k:")}}, "a=1&b=%2f"},
		{"optional password left empty", basic("${user}", "${password}", "user", "password"), creds{"user": "u", "password": ""}, http.Header{"Authorization": {userPass("u:")}}, "a=1&b=%2f"},
		{"constants", basic("anystring", "${key}", "key"), creds{"key": "é"}, http.Header{"Authorization": {userPass("anystring:é")}}, "a=1&b=%2f"},
		{"a value is not expanded again", basic("${user}", "${password}", "user", "password"), creds{"user": "${password}", "password": "p"}, http.Header{"Authorization": {userPass("${password}:p")}}, "a=1&b=%2f"},
		{"an opening without end is text", basic("${key}", "${", "key"), creds{"key": "k"}, http.Header{"Authorization": {userPass("k:${")}}, "a=1&b=%2f"},
		{"case 71 further header", ads, creds{"access_token": "T", "developer_token": "D"}, http.Header{"Authorization": {"Bearer T"}, "Developer-Token": {"D"}}, "a=1&b=%2f"},
		{"case 71 optional header", ads, creds{"access_token": "T", "developer_token": "D", "account_id": "7"}, http.Header{"Authorization": {"Bearer T"}, "Developer-Token": {"D"}, "X-Account": {"7"}}, "a=1&b=%2f"},
		{"case 71 override", zoho, creds{"access_token": "T"}, http.Header{"Authorization": {"Zoho-oauthtoken T"}}, "a=1&b=%2f"},
		{"case 80 query", apiKey("query", "key"), creds{"api_key": "K&é"}, http.Header{}, "a=1&b=%2f&key=K%26%C3%A9"},
		{"case 80 query instead of a parameter", apiKey("query", "b"), creds{"api_key": "K"}, http.Header{}, "a=1&b=K"},
		{"case 80 cookie", apiKey("cookie", "sid"), creds{"api_key": "K"}, http.Header{"Cookie": {"sid=K"}}, "a=1&b=%2f"},
		{"case 80 header", apiKey("header", "x-shopify-access-token"), creds{"api_key": "K"}, http.Header{"X-Shopify-Access-Token": {"K"}}, "a=1&b=%2f"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{tc.scheme}, Credentials: tc.creds})
			header, query := applied(t, a, "a=1&b=%2f")
			if diff := cmp.Diff(tc.want, header); diff != "" {
				t.Error(diff)
			}
			if query != tc.query {
				t.Errorf("query %q, want %q", query, tc.query)
			}
		})
	}
}

func TestProofReplacesParameters(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		scheme manifest.Scheme
		header http.Header
		want   http.Header
		names  []string
	}{
		{"header", apiKey("header", "x-key"), http.Header{"X-Key": {"mine", "two"}, "A": {"b"}}, http.Header{"X-Key": {"K"}, "A": {"b"}}, []string{"X-Key"}},
		{"cookie", apiKey("cookie", "sid"), http.Header{"Cookie": {"a=b; sid=mine"}}, http.Header{"Cookie": {"a=b; sid=K"}}, []string{"Cookie"}},
		{"query", apiKey("query", "key"), http.Header{"A": {"b"}}, http.Header{"A": {"b"}}, nil},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{tc.scheme}, Credentials: creds{"api_key": "K"}})
			g, err := a.Grant(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			g.Apply(tc.header, "")
			if diff := cmp.Diff(tc.want, tc.header); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tc.names, g.Headers()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGrantIsNotShared(t *testing.T) {
	t.Parallel()
	a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{bearer("b", "token")}, Credentials: creds{"token": "T"}})
	header, _ := applied(t, a, "")
	header.Add("Authorization", "more")
	again, _ := applied(t, a, "")
	if diff := cmp.Diff(http.Header{"Authorization": {"Bearer T"}}, again); diff != "" {
		t.Error(diff)
	}
}

func TestNothingToProve(t *testing.T) {
	t.Parallel()
	a := newAuth(t, auth.Config{})
	header, query := applied(t, a, "a=1")
	if len(header) != 0 || query != "a=1" {
		t.Errorf("header %v, query %q", header, query)
	}
	var zero auth.Grant
	if query := zero.Apply(header, "a=1"); len(header) != 0 || query != "a=1" || zero.Headers() != nil {
		t.Errorf("zero grant: header %v, query %q", header, query)
	}
	if _, renewed, err := a.Renew(t.Context(), zero); renewed || err != nil {
		t.Errorf("renewed %v, %v", renewed, err)
	}
	if a.Values() != nil || a.StoreError() != nil {
		t.Error("values or a store error from nowhere")
	}
}

func TestSchemeRefusals(t *testing.T) {
	t.Parallel()
	token := creds{"token": "canary-value"}
	key := creds{"api_key": "canary-value"}
	header := func(name, value string) manifest.Scheme {
		return with(bearer("b", "token"), func(s *manifest.Scheme) { s.Headers = []manifest.Pair{{Name: name, Value: value}} })
	}
	address := func(text string) manifest.Scheme { return oauth(text, "refresh_token") }
	tests := []struct {
		name   string
		scheme manifest.Scheme
		creds  creds
		says   []string
	}{
		{"line break", bearer("b", "token"), creds{"token": "canary-value\n"}, []string{"Authorization", "line break"}},
		{"line break in a query key", apiKey("query", "k"), creds{"api_key": ""}, []string{"missing"}},
		{"cookie that ends early", apiKey("cookie", "k"), creds{"api_key": "canary;value"}, []string{"cookie"}},
		{"key without a name", apiKey("header", ""), key, []string{"names no header"}},
		{"unknown place", apiKey("body", "k"), key, []string{`"body"`}},
		{"unknown type", with(bearer("b", "token"), func(s *manifest.Scheme) { s.Type = "digest" }), token, []string{`"digest"`}},
		{"mapping without the token", with(bearer("b", "token"), func(s *manifest.Scheme) { s.Mapping = nil }), token, []string{"no token"}},
		{"basic with nothing", with(basic("${user}", "", "user"), func(s *manifest.Scheme) { s.Required, s.Fields = nil, fields("user", "other") }), creds{"other": "x"}, []string{"no username"}},
		{"header of something else", header("X-A", "{{ nowhere }}"), token, []string{"X-A", "nowhere"}},
		{"header that is no template", header("X-A", "{{ token | shout }}"), token, []string{"X-A"}},
		{"no way to a token", oauth(tokenURL), creds{"client_id": "canary-value"}, []string{"no access token"}},
		{"refresh token without address", address(""), refreshOnly, []string{"no address"}},
		{"plain http", address("http://id.example.test/token"), refreshOnly, []string{"https"}},
		{"other protocol", address("file:///etc/passwd"), refreshOnly, []string{"https"}},
		{"relative", address("/token"), refreshOnly, []string{"https"}},
		{"credentials in the address", address("https://u:p@id.example.test/"), refreshOnly, []string{"not usable"}},
		{"unset configuration", address("https://{{site}}.test/token"), refreshOnly, []string{`"site"`, "missing"}},
		{"configuration that moves the host", address("https://{{ evil }}.test/token"), refreshOnly, []string{`"evil"`, "token address"}},
		{"unknown style", with(address(tokenURL), func(s *manifest.Scheme) { s.OAuth.AuthStyle = "cookie" }), refreshOnly, []string{`"cookie"`}},
		{"unknown format", with(address(tokenURL), func(s *manifest.Scheme) { s.OAuth.BodyFormat = "xml" }), refreshOnly, []string{`"xml"`}},
		{"address that is no template", address("https://{{ a | b }}/"), refreshOnly, []string{"token address"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := auth.New(auth.Config{Schemes: []manifest.Scheme{tc.scheme}, Credentials: tc.creds, Values: creds{"evil": "evil.com/#"}})
			wantFault(t, err, fault.ErrConfig, tc.says, tc.creds)
		})
	}
}
