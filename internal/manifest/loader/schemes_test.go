package loader_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func field(names ...string) []manifest.CredentialField {
	var out []manifest.CredentialField
	for _, name := range names {
		out = append(out, manifest.CredentialField{Name: name})
	}
	return out
}

func TestSchemes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		yaml string
		want manifest.Scheme
	}{
		"bearer without configuration": {
			withSchemes("", "s: {type: http, scheme: Bearer}"),
			manifest.Scheme{Name: "s", Type: "bearer", Fields: field("token"), Required: []string{"token"}, Mapping: []manifest.Pair{{Name: "token", Value: "${token}"}}},
		},
		"basic without configuration": {
			withSchemes("", "s: {type: http, scheme: basic}"),
			manifest.Scheme{
				Name: "s", Type: "basic", Fields: field("username", "password"), Required: []string{"username", "password"},
				Mapping: []manifest.Pair{{Name: "username", Value: "${username}"}, {Name: "password", Value: "${password}"}},
			},
		},
		"69 API key with a prefix": {
			withSchemes("", `s: {type: apiKey, in: header, name: Authorization, x-airbyte-auth-config: {type: object, required: [api_key], properties: {api_key: {type: string, title: Key}}, auth_mapping: {api_key: "Key ${api_key}"}}}`),
			manifest.Scheme{
				Name: "s", Type: "api_key", In: "header", Key: "Authorization", Required: []string{"api_key"},
				Fields:  []manifest.CredentialField{{Name: "api_key", Title: "Key"}},
				Mapping: []manifest.Pair{{Name: "api_key", Value: "Key ${api_key}"}},
			},
		},
		"all optional": {
			schemeWith(`{type: object, required: [], properties: {k: {type: string}}, auth_mapping: {token: "${k}"}}`),
			manifest.Scheme{Name: "s", Type: "bearer", Fields: field("k"), Mapping: []manifest.Pair{{Name: "token", Value: "${k}"}}},
		},
		"all mapped ones required": {
			schemeWith(`{type: object, properties: {k: {type: string}}, auth_mapping: {token: "${k}"}}`),
			manifest.Scheme{Name: "s", Type: "bearer", AllRequired: true, Fields: field("k"), Mapping: []manifest.Pair{{Name: "token", Value: "${k}"}}},
		},
		"70 constants": {
			withSchemes("", `s: {type: http, scheme: basic, x-airbyte-auth-config: {type: object, required: [k], properties: {k: {type: string}}, auth_mapping: {username: "${k}", password: ""}}}`),
			manifest.Scheme{
				Name: "s", Type: "basic", Required: []string{"k"}, Fields: field("k"),
				Mapping: []manifest.Pair{{Name: "username", Value: "${k}"}, {Name: "password", Value: ""}},
			},
		},
		"OAuth with defaults": {
			withSchemes("", "s: {type: oauth2, flows: {implicit: {}, clientCredentials: {tokenUrl: \"https://a.test\"}}}"),
			manifest.Scheme{
				Name: "s", Type: "oauth2", Fields: field("access_token", "refresh_token", "client_id", "client_secret"),
				Mapping: []manifest.Pair{
					{Name: "access_token", Value: "${access_token}"},
					{Name: "refresh_token", Value: "${refresh_token}"},
					{Name: "client_id", Value: "${client_id}"},
					{Name: "client_secret", Value: "${client_secret}"},
				},
				OAuth: &manifest.OAuth{Flow: "clientCredentials", TokenURL: "https://a.test", AuthStyle: "body", BodyFormat: "form"},
			},
		},
		"no schemes":    {head + listA, bearerScheme},
		"schemes empty": {head + listA + "components: {securitySchemes: {}}\n", bearerScheme},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := parse(t, test.yaml)
			if diff := cmp.Diff([]manifest.Scheme{test.want}, doc.Schemes); diff != "" {
				t.Errorf("schemes (-want +got):\n%s", diff)
			}
			if doc.Warnings != nil {
				t.Errorf("warnings = %q", doc.Warnings)
			}
		})
	}
}

func TestOpenService(t *testing.T) {
	t.Parallel()
	if doc := parse(t, head+listA+"security: []\n"); doc.Schemes != nil {
		t.Errorf("schemes = %+v", doc.Schemes)
	}
}

func TestServers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		servers string
		want    *manifest.Server
	}{
		"none":           {"", nil},
		"98 empty":       {"servers: []", nil},
		"the first":      {"servers: [{url: \"https://a.test\"}, {url: \"https://b.test\"}]", &manifest.Server{URL: "https://a.test"}},
		"its own name":   {"servers: [{url: \"https://{h}\", variables: {h: {default: \"{h}\"}}}]", &manifest.Server{URL: "https://{h}", Variables: []manifest.Variable{{Name: "h"}}}},
		"in file order":  {"servers: [{url: \"{z}{a}\", variables: {z: {default: \"1\"}, a: {default: x, enum: [y, x], description: d}}}]", &manifest.Server{URL: "{z}{a}", Variables: []manifest.Variable{{Name: "z", Default: "1"}, {Name: "a", Default: "x", Enum: []string{"y", "x"}, Description: "d"}}}},
		"mapped nowhere": {"servers: [{url: a, x-airbyte-replication-environment-mapping: {b: c}}]", &manifest.Server{URL: "a"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := parse(t, head+"\n"+test.servers+listA)
			if diff := cmp.Diff(test.want, doc.Server); diff != "" {
				t.Errorf("server (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRetryKeepsDefaults(t *testing.T) {
	t.Parallel()
	doc := parse(t, head+"\n  x-airbyte-retry-config: {retry_on_timeout: false}"+listA)
	want := manifest.DefaultRetry()
	want.OnTimeout = false
	if diff := cmp.Diff(&want, doc.Retry); diff != "" {
		t.Errorf("retry (-want +got):\n%s", diff)
	}
	doc = parse(t, head+"\n  x-airbyte-retry-config: {retry_on_status_codes: []}"+listA)
	if len(doc.Retry.Statuses) != 0 {
		t.Errorf("statuses = %v, want none", doc.Retry.Statuses)
	}
}

// The words of expressions that do not compile come with their place.
func TestExpressionProblemsArePlaced(t *testing.T) {
	t.Parallel()
	problems := problemsOf(t, withOperation("list", "x-airbyte-record-extractor: $.a[?]", `x-airbyte-meta-extractor: {n: "$.."}`))
	for i, want := range []string{"line 16, column 35: ", "line 17, column 37: "} {
		if !strings.HasPrefix(problems[i], want) {
			t.Errorf("problem %d = %q, want it at %s", i, problems[i], want)
		}
	}
}
