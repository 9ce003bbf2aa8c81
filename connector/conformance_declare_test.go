package connector_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestCase008_HeadIsReadButNotCallable(t *testing.T) {
	t.Parallel()
	const things = "/things:\n  get: {x-airbyte-entity: things, x-airbyte-action: list}\n"
	for _, method := range []string{"head", "options", "trace"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			m := caseManifest{Paths: things + "/checks:\n  " + method + ": {x-airbyte-entity: checks, x-airbyte-action: get}"}
			conn := openCase(t, m.String(), expect(t).serve, nil)
			_, err := conn.Execute(t.Context(), "checks", "get", nil)
			failure{kind: connector.ErrValidation, call: "checks.get", says: []string{`unknown entity "checks"`, "things"}}.check(t, err)
			if len(conn.Entities()) != 1 {
				t.Errorf("entities = %+v", conn.Entities())
			}
		})
	}
	for name, test := range map[string]struct{ keys, want string }{
		"without entity": {"x-airbyte-action: get", "x-airbyte-entity is missing from HEAD /checks"},
		"without action": {"x-airbyte-entity: checks", "x-airbyte-action is missing from HEAD /checks"},
		"wrong action":   {"x-airbyte-entity: checks, x-airbyte-action: peek", `unknown value "peek"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, caseManifest{Paths: things + "/checks:\n  head: {" + test.keys + "}"}.String(), test.want)
		})
	}
}

func TestCase009_ParameterReferencesAndCookies(t *testing.T) {
	t.Parallel()
	t.Run("reference", func(t *testing.T) {
		t.Parallel()
		m := caseManifest{Operation: `parameters: [{$ref: "#/components/parameters/Page"}]`}
		refuses(t, m.String(), "paths./v1/things.get.parameters[0]", `unknown key "$ref"`)
	})
	t.Run("cookie", func(t *testing.T) {
		t.Parallel()
		tr := expect(t, exchange{request: "GET /v1/things", header: map[string]string{"Cookie": absent}, answer: "[]"})
		m := caseManifest{Operation: "parameters: [{name: session, in: cookie, required: true, schema: {type: string, default: s}}]"}
		conn := openCase(t, m.String(), tr.serve, nil)
		if got := conn.Entities()[0].Actions[0].Signature("things"); got != "things.list()" {
			t.Errorf("signature = %s", got)
		}
		res, err := conn.Execute(t.Context(), "things", "list", nil)
		checkData(t, res, err, "[]")
	})
}

func TestCase010_DefaultsOfAReferredBodyAreSent(t *testing.T) {
	t.Parallel()
	m := writing("application/json", `{$ref: "#/components/schemas/X"}`)
	m.Components = "schemas: {X: {type: object, properties: {a: {type: string}, b: {type: boolean, default: false}}}}"
	tests := map[string]struct {
		params connector.Params
		want   string
	}{
		"nothing given": {nil, `{"b":false}`},
		"another given": {connector.Params{"a": "x"}, `{"b":false,"a":"x"}`},
		"null given":    {connector.Params{"b": nil}, `{"b":false}`},
		"value given":   {connector.Params{"b": true}, `{"b":true}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "POST /v1/things", body: test.want, answer: `{"id":1}`})
			res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "create", test.params)
			checkData(t, res, err, `{"id":1}`)
		})
	}
}

// Differs: Python keeps what it cannot resolve as it is, without a word.
func TestCase011_DanglingReferences(t *testing.T) {
	t.Parallel()
	const ref = `{$ref: "#/components/schemas/Gone"}`
	tests := map[string]struct{ text, key string }{
		"component": {loadingHead + loadingPaths + "components: {schemas: {Thing: {properties: {a: " + ref + "}}}}\n", "components.schemas.Thing.properties.a.$ref"},
		"request":   {loadingHead + operationWith("requestBody: {content: {application/json: {schema: "+ref+"}}}"), "requestBody.content.application/json.schema"},
		"response":  {loadingHead + operationWith(`responses: {"200": {description: ok, content: {application/json: {schema: `+ref+"}}}}"), "responses.200.content.application/json.schema"},
		"parameter": {loadingHead + operationWith("parameters: [{name: a, in: query, schema: "+ref+"}]"), "parameters[0].schema"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, test.text, test.key, `there is no schema "Gone"`)
		})
	}
}

// operationWith are the paths of a manifest whose one operation, things.create,
// has one key more.
func operationWith(key string) string {
	return "paths:\n  /things:\n    post:\n      x-airbyte-entity: things\n      x-airbyte-action: create\n      " + key + "\n"
}

// authCase is a manifest with the given securitySchemes.
func authCase(schemes ...string) string {
	return caseManifest{Schemes: strings.Join(schemes, "\n")}.String()
}

const (
	wrongMapping = `wrong: {type: http, scheme: bearer, x-airbyte-auth-config: {type: object, properties: {key: {type: string}}, auth_mapping: {api_key: "${key}"}}}`
	rightMapping = `right: {type: http, scheme: bearer, x-airbyte-auth-config: {type: object, required: [pat], properties: {pat: {type: string}}, auth_mapping: {token: "${pat}"}}}`
)

func TestCase012_MappingOfAForeignPart(t *testing.T) {
	t.Parallel()
	const reason = "a bearer scheme has no api_key; map token"
	t.Run("of the only scheme", func(t *testing.T) {
		t.Parallel()
		refuses(t, authCase(wrongMapping), "components.securitySchemes.wrong.x-airbyte-auth-config.auth_mapping.api_key", reason)
	})
	t.Run("of both schemes", func(t *testing.T) {
		t.Parallel()
		refuses(t, authCase(wrongMapping, strings.Replace(wrongMapping, "wrong", "other", 1)), "securitySchemes.wrong", "securitySchemes.other", reason)
	})
	t.Run("of one of two", func(t *testing.T) {
		t.Parallel()
		text := authCase(wrongMapping, rightMapping)
		m := loadCase(t, text)
		warns(t, m, "securitySchemes.wrong", "the scheme is left out", reason)
		if schemes := m.AuthSchemes(); len(schemes) != 1 || schemes[0].Name != "right" {
			t.Errorf("schemes = %+v", schemes)
		}
		_, err := connector.Open(m, connector.Credentials{"pat": caseToken}, connector.WithAuthScheme("wrong"))
		failure{kind: connector.ErrConfig, call: ".", says: []string{`"wrong"`, "right"}}.check(t, err)
		tr := expect(t, exchange{request: "GET /v1/things", header: map[string]string{"Authorization": "Bearer P"}, answer: "[]"})
		res, err := openCase(t, text, tr.serve, connector.Credentials{"pat": "P"}).Execute(t.Context(), "things", "list", nil)
		checkData(t, res, err, "[]")
	})
}

func TestCase013_CredentialsThatNothingUses(t *testing.T) {
	t.Parallel()
	const scheme = `main: {type: http, scheme: bearer, x-airbyte-auth-config: {type: object, ` +
		`properties: {key: {type: string}, account: {type: string}}, auth_mapping: {token: "${key}"}HEADERS}}`
	t.Run("used nowhere", func(t *testing.T) {
		t.Parallel()
		refuses(t, authCase(strings.Replace(scheme, "HEADERS", "", 1)), "properties.account", `credential "account" is used neither in auth_mapping nor in additional_headers`)
	})
	t.Run("used in a header", func(t *testing.T) {
		t.Parallel()
		tr := expect(t, exchange{
			request: "GET /v1/things", header: map[string]string{"Authorization": "Bearer K", "X-Account": "A"}, answer: "[]",
		})
		text := authCase(strings.Replace(scheme, "HEADERS", `, additional_headers: {X-Account: "{{ account }}"}`, 1))
		conn := openCase(t, text, tr.serve, connector.Credentials{"key": "K", "account": "A"})
		res, err := conn.Execute(t.Context(), "things", "list", nil)
		checkData(t, res, err, "[]")
	})
}

func TestCase014_TokenExtractNamesServerVariables(t *testing.T) {
	t.Parallel()
	extracting := func(fields string) string {
		return caseManifest{
			Servers: `- {url: "https://{host}.things.test", variables: {host: {default: api}}}`,
			Schemes: `main: {type: oauth2, flows: {authorizationCode: {refreshUrl: "https://id.things.test/token"}}, x-airbyte-token-extract: ` + fields + `}`,
		}.String()
	}
	t.Run("no variable", func(t *testing.T) {
		t.Parallel()
		refuses(t, extracting("[area]"), "x-airbyte-token-extract[0]", `there is no server variable "area"`)
	})
	t.Run("twice", func(t *testing.T) {
		t.Parallel()
		refuses(t, extracting("[host, host]"), "x-airbyte-token-extract[1]", `"host" is there twice`)
	})
	t.Run("a variable", func(t *testing.T) {
		t.Parallel()
		if schemes := loadCase(t, extracting("[host]")).AuthSchemes(); len(schemes) != 1 || schemes[0].Type != "oauth2" {
			t.Errorf("schemes = %+v", schemes)
		}
	})
}

func TestCase015_EnvironmentMappingNamesServerVariables(t *testing.T) {
	t.Parallel()
	mapped := func(mapping string) string {
		return caseManifest{Servers: `- url: "https://{host}.things.test"
			  variables: {host: {default: api}}
			  x-airbyte-replication-environment-mapping: ` + mapping}.String()
	}
	for name, mapping := range map[string]string{
		"source of a format": `{domain: {source: area, format: "{value}.things.test"}}`,
		"key":                "{area: domain}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, mapped(mapping), "servers[0].x-airbyte-replication-environment-mapping", `there is no server variable "area"`)
		})
	}
	t.Run("of variables", func(t *testing.T) {
		t.Parallel()
		m := loadCase(t, mapped(`{host: domain, domain: {source: host, format: "{value}.things.test"}}`))
		if fields := m.Config(); len(fields) != 1 || fields[0].Name != "host" || fields[0].Default != "api" {
			t.Errorf("config = %+v", fields)
		}
	})
}

func TestCase016_NameComesFromTheTitle(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ title, extra, want string }{
		"no name":    {"My Big API", "", "my-big-api"},
		"blank name": {"My Big API", `x-airbyte-connector-name: ""`, "my-big-api"},
		"own name":   {"My Big API", "x-airbyte-connector-name: big", "big"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(caseManifest{Info: test.extra}.String(), "title: Things", "title: "+test.title, 1)
			conn := openCase(t, text, expect(t).serve, nil)
			if m := loadCase(t, text); m.Name() != test.want || m.Title() != test.title || conn.Name() != test.want {
				t.Errorf("names %q and %q, title %q", m.Name(), conn.Name(), m.Title())
			}
		})
	}
}

func TestCase017_SchemaOfAnEntity(t *testing.T) {
	t.Parallel()
	const (
		called = "  Things: {type: object, title: called}\n"
		named  = "  Record: {type: object, title: named, x-airbyte-entity-name: things}\n"
		other  = "  Others: {type: object, title: other}\n"
	)
	tests := map[string]struct{ schemas, want string }{
		"by its name":         {other + called, "called"},
		"by the extension":    {other + named, "named"},
		"the extension first": {named + called, "named"},
		"the name first":      {called + named, "called"},
		"neither":             {other, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := openCase(t, caseManifest{Components: "schemas:\n" + test.schemas}.String(), expect(t).serve, nil)
			got, known := conn.EntitySchema("things")
			if known != (test.want != "") || known && string(got) != `{"type":"object","title":"`+test.want+`"}` {
				t.Errorf("schema = %s, %v, want %q", got, known, test.want)
			}
		})
	}
}
