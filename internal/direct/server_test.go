package direct_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// at is a document of a service at this address.
func at(url string, variables ...manifest.Variable) *manifest.Document {
	return &manifest.Document{
		Name: "things", Server: &manifest.Server{URL: url, Variables: variables},
		Entities: []manifest.Entity{entity("things", list("/things"))},
	}
}

func TestServerAddress(t *testing.T) {
	t.Parallel()
	region := manifest.Variable{Name: "region", Default: "eu", Enum: []string{"us", "uk"}}
	tests := map[string]struct {
		doc    *manifest.Document
		values map[string]string
		base   string
		want   string // where /things is
	}{
		"as it is":                    {doc: at("https://api.test"), want: "https://api.test/things"},
		"a slash at its end":          {doc: at("https://api.test/v1/"), want: "https://api.test/v1/things"},
		"a default":                   {doc: at("https://{host}.test", manifest.Variable{Name: "host", Default: "api"}), want: "https://api.test/things"},
		"a value before the default":  {doc: at("https://{host}.test", manifest.Variable{Name: "host", Default: "api"}), values: map[string]string{"host": "own"}, want: "https://own.test/things"},
		"a variable nobody declares":  {doc: at("https://{host}.test"), values: map[string]string{"host": "own"}, want: "https://own.test/things"},
		"a host of several parts":     {doc: at("https://{host}/v1", manifest.Variable{Name: "host"}), values: map[string]string{"host": "a.b-c.test:8443"}, want: "https://a.b-c.test:8443/v1/things"},
		"a slash behind a value":      {doc: at("https://{host}/v1"), values: map[string]string{"host": "own.test/"}, want: "https://own.test/v1/things"},
		"one of the legal values":     {doc: at("https://{region}.test", region), values: map[string]string{"region": "uk"}, want: "https://uk.test/things"},
		"a default that is none":      {doc: at("https://{region}.test", region), want: "https://eu.test/things"},
		"a part of the path":          {doc: at("https://api.test/{version}"), values: map[string]string{"version": "v2.1"}, want: "https://api.test/v2.1/things"},
		"twice the same":              {doc: at("https://{a}.test/{a}"), values: map[string]string{"a": "x"}, want: "https://x.test/x/things"},
		"the whole origin":            {doc: at("{base}/v1"), values: map[string]string{"base": "https://own.test/api/"}, want: "https://own.test/api/v1/things"},
		"the program's own":           {doc: at("https://api.test/v1"), base: "https://gateway.test/p/", want: "https://gateway.test/p/things"},
		"the program's, none in full": {doc: at("https://{host}.test"), base: "https://gateway.test", want: "https://gateway.test/things"},
		"in the clear on loopback":    {doc: at("https://api.test"), base: "http://127.0.0.1:8080", want: "http://127.0.0.1:8080/things"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := "GET " + test.want
			client, s := serve(t, test.doc, direct.Config{Values: test.values, BaseURL: test.base}, map[string]answer{want: {}})
			if _, err := client.Execute(t.Context(), "things", "list", nil); err != nil {
				t.Fatal(err)
			}
			s.check(want)
		})
	}
}

// What is not the part of an address that it stands for could lead credentials
// to another host.
func TestServerAddressIsRefused(t *testing.T) {
	t.Parallel()
	host, path, origin := at("https://{x}.test"), at("https://api.test/{x}/v1"), at("{x}/v1")
	tests := map[string]struct {
		doc   *manifest.Document
		value string
		base  string
		says  string
	}{
		"not given":              {doc: host, says: "needs the configuration value x"},
		"a default of braces":    {doc: at("https://{x}.test", manifest.Variable{Name: "x", Default: "{x}"}), says: "needs the configuration value x"},
		"a fragment":             {doc: host, value: "evil.com/#", says: "no part of a host name"},
		"a query":                {doc: host, value: "evil.com?", says: "no part of a host name"},
		"a user":                 {doc: host, value: "a@evil", says: "no part of a host name"},
		"a scheme":               {doc: host, value: "https://own", says: "without https://"},
		"an empty part":          {doc: host, value: "a..b", says: "no part of a host name"},
		"white space":            {doc: host, value: "a b", says: "no part of a host name"},
		"several steps":          {doc: path, value: "a/b", says: "no single part of a path"},
		"a step up":              {doc: path, value: "..", says: "no single part of a path"},
		"a step in disguise":     {doc: path, value: "%2e%2e", says: "no single part of a path"},
		"no origin":              {doc: origin, value: "own.test", says: "must begin with https://"},
		"an origin in the clear": {doc: origin, value: "http://own.test", says: "use https"},
		"a base in the clear":    {doc: host, base: "http://own.test", says: "use https"},
		"a base of files":        {doc: host, base: "ftp://own.test", says: "must begin with https://"},
		"a base with a user":     {doc: host, base: "https://me:word@own.test", says: "without user"},
		"a base with a query":    {doc: host, base: "https://own.test?a=b", says: "without user, query"},
		"a base without a host":  {doc: host, base: "https:///v1", says: "must be a host"},
		"no address at all":      {doc: at(""), says: "WithBaseURL"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := direct.Config{BaseURL: test.base, HTTP: &http.Client{Transport: &service{t: t}}}
			if test.value != "" {
				cfg.Values = map[string]string{"x": test.value}
			}
			_, err := direct.New(test.doc, cfg)
			if !errors.Is(err, fault.ErrConfig) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error = %v, want ErrConfig that says %q", err, test.says)
			}
		})
	}
}

func TestServerAddressListsTheLegalValues(t *testing.T) {
	t.Parallel()
	doc := at("https://{region}.test", manifest.Variable{Name: "region", Default: "us", Enum: []string{"us", "uk"}})
	_, err := direct.New(doc, direct.Config{Values: map[string]string{"region": "de"}})
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Config {
		t.Fatalf("error = %v", err)
	}
	if diff := cmp.Diff([]string{"us", "uk"}, e.Allowed); diff != "" {
		t.Errorf("allowed (-want +got):\n%s", diff)
	}
}

// A part of the address can be the end of a credential.
func TestServerAddressFromACredential(t *testing.T) {
	t.Parallel()
	doc := at("https://{dc}.api.test", manifest.Variable{Name: "dc"})
	doc.Derived = []manifest.Derived{{Target: "dc", Source: "key", Delimiter: "-"}}
	doc.Schemes = []manifest.Scheme{{
		Name: "token", Type: "bearer", Fields: []manifest.CredentialField{{Name: "key"}}, Mapping: []manifest.Pair{{Name: "token", Value: "${key}"}},
	}}
	tests := map[string]struct {
		key    string
		values map[string]string
		want   string // "" for an error
	}{
		"its end":        {"abc-d-us6", nil, "https://us6.api.test/things"},
		"the program's":  {"abc-us6", map[string]string{"dc": "eu1"}, "https://eu1.api.test/things"},
		"it has no end":  {"abc", nil, ""},
		"its end is odd": {"abc-evil.com/", nil, "https://evil.com.api.test/things"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := direct.Config{Credentials: map[string]string{"key": test.key}, Values: test.values}
			if test.want == "" {
				if _, err := direct.New(doc, cfg); !errors.Is(err, fault.ErrConfig) || strings.Contains(err.Error(), test.key) {
					t.Errorf("error = %v", err)
				}
				return
			}
			client, s := serve(t, doc, cfg, map[string]answer{"GET " + test.want: {}})
			if _, err := client.Execute(t.Context(), "things", "list", nil); err != nil {
				t.Fatal(err)
			}
			s.check("GET " + test.want)
		})
	}
}
