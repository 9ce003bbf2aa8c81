package loader_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// response is an operation with one answer.
func response(text string) string {
	return withOperation("list", "responses: {"+text+"}")
}

func schemeWith(config string) string {
	return withSchemes("", "s: {type: http, scheme: bearer, x-airbyte-auth-config: "+config+"}")
}

func graphQL(body string) string {
	return withOperation("list", "requestBody: {x-airbyte-body-type: "+body+"}")
}

// Every object of the format refuses what it does not know and what does not
// compile.
func TestStrictness(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ yaml, want string }{
		"contact":            {head + "\n  contact: {phone: x}" + listA, `info.contact: unknown key "phone"`},
		"license":            {head + "\n  license: {url: x}" + listA, "info.license: name is missing"},
		"server":             {head + "\nservers: [{url: a, host: b}]" + listA, `servers[0]: unknown key "host"`},
		"server without URL": {head + "\nservers: [{}]" + listA, "servers[0]: url is missing"},
		"second server":      {head + "\nservers: [{url: a}, {url: \"\"}]" + listA, "servers[1].url: must not be empty"},
		"variable":           {head + "\nservers: [{url: a, variables: {a: {default: x, example: y}}}]" + listA, `unknown key "example"`},
		"no default":         {head + "\nservers: [{url: a, variables: {a: {enum: [x]}}}]" + listA, "default is missing"},
		"default a number":   {head + "\nservers: [{url: a, variables: {a: {default: 1}}}]" + listA, "must be text; put 1 in quotes"},

		"parameter":         {withOperation("list", "parameters: [{name: a, in: query, content: {}}]"), `unknown key "content"`},
		"parameter typo":    {withOperation("list", "parameters: [{name: a, in: query, requird: true}]"), `unknown key "requird"; did you mean required?`},
		"body":              {withOperation("create", "requestBody: {contents: {}}"), `unknown key "contents"; did you mean content?`},
		"media":             {withOperation("create", "requestBody: {content: {application/json: {schemas: {}}}}"), `unknown key "schemas"; did you mean schema?`},
		"no media":          {withOperation("create", "requestBody: {content: {application/xml: {}}}"), "no media type that can be sent"},
		"status a number":   {response("200: {description: d}"), `a status must be text; write "200" in quotes`},
		"response":          {response(`"200": {description: d, body: {}}`), `unknown key "body"`},
		"no description":    {response(`"200": {}`), "description is missing"},
		"response ref":      {response(`"200": {$ref: "#/components/responses/R"}`), `unknown key "$ref"`},
		"header":            {response(`"200": {description: d, headers: {X: {type: string}}}`), `unknown key "type"`},
		"response media":    {response(`"200": {description: d, content: {a/b: {type: string}}}`), `unknown key "type"`},
		"components":        {head + listA + "components: {schema: {}}", `unknown key "schema"; did you mean schemas?`},
		"component schema":  {head + listA + "components: {schemas: {A: {propertes: {}}}}", `unknown key "propertes"; did you mean properties?`},
		"entity hints":      {head + listA + "components: {schemas: {A: {x-airbyte-ai-hints: {trigger_phrase: s}}}}", `unknown key "trigger_phrase"; did you mean trigger_phrases?`},
		"operation hints":   {withOperation("list", "x-airbyte-ai-hints: {trigger_phrase: s}"), `unknown key "trigger_phrase"`},
		"path reference":    {head + listA + "  /b: {$ref: \"#/components/schemas/B\"}", `paths./b: unknown key "$ref"`},
		"override":          {withOperation("list", "x-airbyte-path-override: {path: /a, method: GET}"), `unknown key "method"`},
		"override a URL":    {withOperation("list", `x-airbyte-path-override: {path: "https://a.test/b"}`), "must begin with /"},
		"path with a query": {withOperation("list", `x-airbyte-path-override: {path: "/a?b=1"}`), "must not hold ? or #"},
		"operation null":    {head + "\npaths: {/a: {get: }}", "must be a mapping"},
		"effect":            {withOperation("list", "x-effect: delete"), "use one of read, write, destroy"},
		"rate limit":        {withOperation("list", "x-rate-limit-per-minute: 0"), "must be a whole number of at least 1"},

		"extractor":              {withOperation("list", "x-airbyte-record-extractor: $..data"), "line 16, column 35: paths./a.post.x-airbyte-record-extractor: "},
		"meta":                   {withOperation("list", `x-airbyte-meta-extractor: {n: "$[?a]"}`), "x-airbyte-meta-extractor.n: "},
		"meta of somewhere":      {withOperation("list", `x-airbyte-meta-extractor: {n: "@cookie.a"}`), `"@cookie.a" is not supported; use @link.<rel>, @header.<name>`},
		"meta link of nothing":   {withOperation("list", `x-airbyte-meta-extractor: {n: "@link."}`), `"@link." is not supported`},
		"meta header":            {withOperation("list", `x-airbyte-meta-extractor: {n: "@header.a b"}`), `"@header.a b" is not supported`},
		"16 filter alone":        {withOperation("list", `x-airbyte-record-filter: "{{ record.a }}"`), "has no effect without x-airbyte-record-extractor"},
		"16 transform alone":     {withOperation("list", `x-airbyte-record-transform: {a: "{{ record.a }}"}`), "has no effect without x-airbyte-record-extractor"},
		"filter of one":          {withOperation("get", "x-airbyte-record-extractor: $", `x-airbyte-record-filter: "{{ record.a }}"`), "get gives none; use it with list or api_search"},
		"filter not compiled":    {withOperation("list", "x-airbyte-record-extractor: $", `x-airbyte-record-filter: "{{ record.a | map }}"`), "paths./a.post.x-airbyte-record-filter: "},
		"transform not compiled": {withOperation("list", "x-airbyte-record-extractor: $", `x-airbyte-record-transform: {a: "{{ 1 + }}"}`), "x-airbyte-record-transform.a: "},
		"file URL shape":         {withOperation("download", `x-airbyte-file-url: "a..b"`), `"a..b" is not supported`},
		"file URL two indexes":   {withOperation("download", `x-airbyte-file-url: "a[0][1]"`), "is not supported"},
		"file URL slot":          {withOperation("download", `x-airbyte-file-url: "a[{i}]"`), "{i} is no parameter of the operation"},
		"default not compiled":   {withOperation("list", `parameters: [{name: a, in: query, schema: {default: "{{ now() }}"}}]`), "parameters[0].schema.default: "},
		"inject without source":  {withOperation("list", `parameters: [{name: a, in: query, x-airbyte-param-config-inject: {map: {}}}]`), "source is missing"},

		"GraphQL key":      {graphQL("{type: graphql, query: q, operation: x}"), `unknown key "operation"`},
		"GraphQL type":     {graphQL("{type: rest, query: q}"), `unknown value "rest"; use one of graphql`},
		"GraphQL no query": {graphQL("{type: graphql}"), "query is missing"},
		"GraphQL slot":     {graphQL(`{type: graphql, query: q, variables: {a: "{{ b.c }}"}}`), "{{ b.c }} is not supported"},

		"only unsupported scheme":   {withSchemes("", "s: {type: openIdConnect}"), "openIdConnect is not supported; use http, apiKey or oauth2"},
		"all schemes unsupported":   {withSchemes("", "s: {type: openIdConnect}", "t: {type: http, scheme: digest}"), `HTTP authentication "digest" is not supported; use bearer or basic`},
		"scheme type":               {withSchemes("", "s: {type: mutualTLS}"), `unknown value "mutualTLS"`},
		"scheme without scheme":     {withSchemes("", "s: {type: http}"), "scheme is missing"},
		"API key without name":      {withSchemes("", "s: {type: apiKey, in: header}"), "name is missing"},
		"API key in body":           {withSchemes("", "s: {type: apiKey, in: body, name: k}"), `unknown value "body"; use one of header, query, cookie`},
		"OAuth without flows":       {withSchemes("", "s: {type: oauth2}"), "needs flows with one of authorizationCode"},
		"token refresh":             {withSchemes("", "s: {type: oauth2, flows: {password: {}}, x-airbyte-token-refresh: {auth_style: header}}"), `unknown value "header"; use one of body, basic, none`},
		"token refresh key":         {withSchemes("", "s: {type: oauth2, flows: {password: {}}, x-airbyte-token-refresh: {format: json}}"), `unknown key "format"`},
		"refresh URL":               {withSchemes("", `s: {type: oauth2, flows: {password: {refreshUrl: "https://{{ a. }}"}}}`), "flows.password.refreshUrl: "},
		"auth config key":           {schemeWith(`{type: object, properties: {k: {type: string}}, auth_mapping: {token: "${k}"}, mapping: {}}`), `unknown key "mapping"`},
		"auth config type":          {schemeWith(`{type: string, properties: {k: {type: string}}, auth_mapping: {token: "${k}"}}`), "must be object"},
		"auth config empty":         {schemeWith(`{type: object, properties: {}}`), "properties is missing or empty"},
		"auth config without map":   {schemeWith(`{type: object, properties: {k: {type: string}}}`), "auth_mapping is missing or empty"},
		"credential type":           {schemeWith(`{type: object, properties: {k: {type: array}}, auth_mapping: {token: "${k}"}}`), "use one of string, integer, boolean, number"},
		"credential key":            {schemeWith(`{type: object, properties: {k: {type: string, secret: true}}, auth_mapping: {token: "${k}"}}`), `unknown key "secret"`},
		"header not compiled":       {schemeWith(`{type: object, properties: {k: {type: string}}, auth_mapping: {token: "${k}"}, additional_headers: {A: "{{ }}"}}`), "additional_headers.A: "},
		"replication key unknown":   {schemeWith(`{type: object, properties: {k: {type: string}}, auth_mapping: {token: "${k}"}, replication_auth_key_mapping: {a: l}}`), `"l" is no property`},
		"scoping":                   {head + "\n  x-airbyte-scoping: [{config_key: a}]" + listA, "x-airbyte-scoping[0]: param is missing"},
		"retry key":                 {head + "\n  x-airbyte-retry-config: {max_atempts: 2}" + listA, `unknown key "max_atempts"; did you mean max_attempts?`},
		"retry attempts":            {head + "\n  x-airbyte-retry-config: {max_attempts: 0}" + listA, "must be a whole number of at least 1"},
		"retry delay":               {head + "\n  x-airbyte-retry-config: {max_delay_seconds: -1}" + listA, "must be a number that is not negative"},
		"retry format":              {head + "\n  x-airbyte-retry-config: {retry_after_format: minutes}" + listA, "use one of seconds, milliseconds, unix_timestamp"},
		"error check without value": {head + "\n  x-airbyte-response-error-check: {field: ok}" + listA, "on_value is missing"},
		"error check key":           {head + "\n  x-airbyte-response-error-check: {field: ok, on_value: 1, message: m}" + listA, `unknown key "message"`},
		"replication mapping":       {head + "\n  x-airbyte-replication-config: {properties: {a: {}}, replication_config_key_mapping: {b: c}}" + listA, `"b" is mapped, but properties has no such key`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := loader.Parse([]byte(test.yaml))
			if err == nil {
				t.Fatalf("parsed to %+v", doc)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error does not say %q:\n%v", test.want, err)
			}
		})
	}
}
