package create_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/create"
)

// october is two years after the start dates that the tests want.
var october = time.Date(2026, 10, 2, 11, 30, 15, 123456789, time.FixedZone("", 3600))

const (
	// oauthRules are those of a type whose OAuth values belong into an object.
	oauthRules = `{
		"auth_flow_type": "oauth2.0",
		"predicate_key": ["credentials", "auth_type"],
		"predicate_value": "Client",
		"oauth_config_specification": {
			"complete_oauth_output_specification": {"properties": {
				"access_token": {"path_in_connector_config": ["credentials", "access_token"]},
				"expires": {"path_in_connector_config": ["credentials", "expires"]}}},
			"complete_oauth_server_output_specification": {"properties": {
				"client_id": {"path_in_connector_config": ["credentials", "client_id"]}}}
		}}`
	dated = `{"required": ["start_date"], "properties": {"start_date": {"pattern": %s}}}`
)

func TestConfig(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, defaults, schema, auth, payload, want string }{
		{"nothing", "", "", "", "", `{}`},
		{"nulls", "null", "null", "null", "null", `{}`},
		{"plain values", `{"a":1}`, "", "", `{"api_token":"t","a":2}`, `{"a":2,"api_token":"t"}`},
		{"digits", `{"a":9007199254740993}`, "", "", `{"b":1.10}`, `{"a":9007199254740993,"b":1.10}`},
		{"no escaping", "", "", "", `{"a":"<&>"}`, `{"a":"<&>"}`},
		{
			"defaults of required properties", `{"kept":"mine"}`,
			`{"required":["kept","size","list","none"],"properties":{"kept":{"default":"theirs"},"size":{"default":10},"list":{"default":["x"]},"none":{"default":null},"optional":{"default":1}}}`,
			"", "", `{"kept":"mine","list":["x"],"size":10}`,
		},
		{"start date", "", `{"required":["start_date"]}`, "", "", `{"start_date":"2024-10-02T10:30:15Z"}`},
		{"other spellings", "", `{"required":["startDate","from_date","since_date","sync_from_date"]}`, "", "", `{"from_date":"2024-10-02T10:30:15Z","since_date":"2024-10-02T10:30:15Z","startDate":"2024-10-02T10:30:15Z","sync_from_date":"2024-10-02T10:30:15Z"}`},
		{"by format", "", `{"required":["a","b"],"properties":{"a":{"format":"date-time"},"b":{"format":"date"}}}`, "", "", `{"a":"2024-10-02T10:30:15Z","b":"2024-10-02"}`},
		{"optional date", "", `{"properties":{"start_date":{}}}`, "", "", `{}`},
		{"default before date", "", `{"required":["start_date"],"properties":{"start_date":{"default":"2020-01-01"}}}`, "", "", `{"start_date":"2020-01-01"}`},
		{"day pattern", "", strings.ReplaceAll(dated, "%s", `"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"`), "", "", `{"start_date":"2024-10-02"}`},
		{"millisecond pattern", "", strings.ReplaceAll(dated, "%s", `"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"`), "", "", `{"start_date":"2024-10-02T10:30:15.123Z"}`},
		{"microsecond pattern", "", strings.ReplaceAll(dated, "%s", `"^.{20}\\d{6}Z$"`), "", "", `{"start_date":"2024-10-02T10:30:15.123456Z"}`},
		{"pattern that Go cannot read", "", strings.ReplaceAll(dated, "%s", `"^(?=x).*$"`), "", "", `{"start_date":"2024-10-02T10:30:15Z"}`},
		{"pattern that nothing fits", "", strings.ReplaceAll(dated, "%s", `"^x$"`), "", "", `{"start_date":"2024-10-02T10:30:15Z"}`},
		{
			"oauth", `{"credentials":{"scope":"all"}}`, "", oauthRules, `{"access_token":"t","client_id":"c","other":1}`,
			`{"credentials":{"access_token":"t","auth_type":"Client","client_id":"c","scope":"all"},"other":1}`,
		},
		{"an api key where oauth is possible", "", "", oauthRules, `{"credentials":{"api_key":"k"}}`, `{"credentials":{"api_key":"k"}}`},
		{"oauth without a predicate", "", "", strings.ReplaceAll(oauthRules, `"credentials", "auth_type"`, ""), `{"access_token":"t"}`, `{"credentials":{"access_token":"t"}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			template := create.Template{
				DefaultConfig: json.RawMessage(tt.defaults),
				Spec:          create.Spec{Schema: json.RawMessage(tt.schema), AdvancedAuth: json.RawMessage(tt.auth)},
			}
			got, err := create.Config(template, json.RawMessage(tt.payload), october)
			if err != nil || string(got) != tt.want {
				t.Errorf("got %s, %v, want %s", got, err, tt.want)
			}
		})
	}
}

func TestConfigRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, defaults, schema, auth, payload, says string }{
		{"defaults of another shape", `["canary"]`, "", "", "", "default configuration"},
		{"values of another shape", "", "", "", `"canary"`, "what the browser entered"},
		{"cut values", "", "", "", `{"api_token":"canary`, "what the browser entered"},
		{"form of another shape", "", `{"required":"a"}`, "", "", `form holds a value of JSON type string at "required"`},
		{"rules of another shape", "", "", `{"predicate_key":"a"}`, "", "oauth rules"},
		{"no predicate value", "", "", strings.ReplaceAll(oauthRules, `"predicate_value": "Client",`, ""), `{"access_token":"canary"}`, "predicate"},
		{"a value in the way", `{"credentials":"canary"}`, "", oauthRules, `{"access_token":"canary"}`, "credentials is no object"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			template := create.Template{
				DefaultConfig: json.RawMessage(tt.defaults),
				Spec:          create.Spec{Schema: json.RawMessage(tt.schema), AdvancedAuth: json.RawMessage(tt.auth)},
			}
			_, err := create.Config(template, json.RawMessage(tt.payload), october)
			if err == nil || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v", err)
			}
		})
	}
}

// FuzzConfig gives any type and any values: what comes out is a JSON object, and
// every plain value is in it.
func FuzzConfig(f *testing.F) {
	f.Add(`{"a":1}`, `{"required":["start_date"]}`, oauthRules, `{"access_token":"t"}`)
	f.Add(`null`, `{"required":["x"],"properties":{"x":{"default":{"y":[1]},"pattern":"("}}}`, `{}`, `{"b":{"c":null}}`)
	f.Fuzz(func(t *testing.T, defaults, schema, auth, payload string) {
		template := create.Template{
			DefaultConfig: json.RawMessage(defaults),
			Spec:          create.Spec{Schema: json.RawMessage(schema), AdvancedAuth: json.RawMessage(auth)},
		}
		got, err := create.Config(template, json.RawMessage(payload), october)
		if err != nil {
			return
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(got, &members); err != nil || members == nil {
			t.Errorf("%q %q %q %q gives %s: %v", defaults, schema, auth, payload, got, err)
		}
	})
}
