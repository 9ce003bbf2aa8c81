package response_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

func errorCheck(onValue string) *manifest.ErrorCheck {
	return &manifest.ErrorCheck{Field: "ok", OnValue: json.RawMessage(onValue), MessageField: "error"}
}

func TestErrorCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, onValue, body string
		kind                fault.Kind // "" when the answer is no error
		want                string
	}{
		{"case 65: error", `false`, `{"ok":false,"error":"invalid_auth"}`, fault.Auth, "the service reports an error: invalid_auth"},
		{"case 65: success", `false`, `{"ok":true}`, "", ""},
		{"case 65: no field", `false`, `{}`, "", ""},
		{"case 65 B72: other type", `false`, `{"ok":0}`, "", ""},
		{"B72: null is not absent", `null`, `{}`, "", ""},
		{"null", `null`, `{"ok":null}`, fault.Validation, "unknown error"},
		{"no object", `false`, `[false]`, "", ""},
		{"number in another form", `1`, `{"ok":1.0}`, fault.Validation, "unknown error"},
		{"large numbers that differ", `12345678901234567890`, `{"ok":12345678901234567891}`, "", ""},
		{"text with escapes", `"é"`, `{"ok":"\u00e9"}`, fault.Validation, ""},
		{"object with white space", `{"a":[1]}`, `{"ok": {"a": [ 1 ]}}`, fault.Validation, ""},
		{"list of other values", `[1]`, `{"ok":[2]}`, "", ""},
		{"message that is an object", `false`, `{"ok":false,"error":{"code":7}}`, fault.Validation, `{"code":7}`},
		{"null message", `false`, `{"ok":false,"error":null}`, fault.Validation, "unknown error"},
		{"rate limit", `false`, `{"ok":false,"error":"ratelimited"}`, fault.RateLimited, ""},
		{"missing scope", `false`, `{"ok":false,"error":"missing_scope"}`, fault.Permission, ""},
		{"not found", `false`, `{"ok":false,"error":"channel_not_found"}`, fault.NotFound, ""},
		{"code within prose", `false`, `{"ok":false,"error":"Sorry: token_expired!"}`, fault.Auth, ""},
		{"prose only", `false`, `{"ok":false,"error":"forbidden characters"}`, fault.Validation, ""},
		{"the service itself failed", `false`, `{"ok":false,"error":"fatal_error"}`, fault.Unavailable, ""},
		{"long message on many lines", `false`, `{"ok":false,"error":"a\n\tb` + strings.Repeat("é", 2000) + `"}`, fault.Validation, "a bé"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := compile(t, operation("get", "$.nowhere"), errorCheck(tt.onValue))
			_, err := r.Read(answer(tt.body, "application/json"), template.Env{})
			if tt.kind == "" {
				if err != nil {
					t.Errorf("error = %v", err)
				}
				return
			}
			checkFault(t, err, tt.kind, tt.want)
			if n := len([]rune(err.Error())); n > 600 {
				t.Errorf("the error has %d characters", n)
			}
		})
	}
}

func TestErrorCheckWithoutMessage(t *testing.T) {
	t.Parallel()
	r := compile(t, operation("create", ""), &manifest.ErrorCheck{Field: "ok", OnValue: json.RawMessage("false")})
	_, err := r.Read(answer(`{"ok":false}`, ""), template.Env{})
	checkFault(t, err, fault.Validation, "unknown error")
}

// TestReportedFailureOfAWrite holds that a service which failed itself leaves
// open what it did.
func TestReportedFailureOfAWrite(t *testing.T) {
	t.Parallel()
	r := compile(t, operation("create", ""), errorCheck("false"))
	_, err := r.Read(answer(`{"ok":false,"error":"internal_error"}`, ""), template.Env{})
	checkFault(t, err, fault.UnknownOutcome, "look before repeating it")
}

func TestGraphQLErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		kind       fault.Kind // "" when the answer is no error
		want       string     // of the error, else the warning
	}{
		{"case 50 B24: null data", `{"errors":[{"message":"boom"}],"data":null}`, fault.Validation, "the service reports an error: boom"},
		{"all messages", `{"errors":[{"message":"a"},{"message":"b"},"c",{"d":1}]}`, fault.Validation, `a; b; c; {"d":1}`},
		{"every field null", `{"data":{"issue":null},"errors":[{"type":"NOT_FOUND","message":"Could not resolve"}]}`, fault.NotFound, "Could not resolve"},
		{"code in the extensions", `{"errors":[{"message":"x","extensions":{"code":"UNAUTHENTICATED"}}]}`, fault.Auth, "x"},
		{"type in the extensions", `{"errors":[{"message":"x","extensions":{"type":"authentication error"}}]}`, fault.Auth, "x"},
		{"rate limit", `{"errors":[{"message":"x","type":"RATE_LIMITED"}]}`, fault.RateLimited, "x"},
		{"internal", `{"errors":[{"message":"x","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}`, fault.Unavailable, "x"},
		{"errors that are no list", `{"errors":{"message":"x"}}`, fault.Validation, "x"},
		{"partial data", `{"data":{"a":null,"b":{}},"errors":[{"message":"a failed"},{"message":"twice"}]}`, "", "a failed; twice"},
		{"empty list", `{"data":null,"errors":[]}`, "", ""},
		{"null errors", `{"data":null,"errors":null}`, "", ""},
		{"no errors", `{"data":{"b":1}}`, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page, err := compile(t, graphQL("get", "$.data.b"), nil).Read(answer(tt.body, "application/json"), template.Env{})
			if tt.kind != "" {
				checkFault(t, err, tt.kind, tt.want)
				return
			}
			if err != nil || page.Warning != tt.want || page.Partial != (tt.want != "") {
				t.Errorf("warning = %q, partial %v, %v; want %q", page.Warning, page.Partial, err, tt.want)
			}
		})
	}
}

// TestErrorsElsewhereAreData holds that only GraphQL has a fixed meaning for
// the member.
func TestErrorsElsewhereAreData(t *testing.T) {
	t.Parallel()
	page := read(t, operation("get", ""), answer(`{"errors":[{"message":"boom"}]}`, ""))
	if string(page.Data) != `{"errors":[{"message":"boom"}]}` || page.Warning != "" {
		t.Errorf("page = %s, warning %q", page.Data, page.Warning)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	op := operation("download", "$.data")
	tests := []struct {
		name, body string
		check      *manifest.ErrorCheck
		want       bool
	}{
		{"error", `{"ok":false,"error":"file_not_found"}`, errorCheck("false"), true},
		{"success", `{"ok":true}`, errorCheck("false"), false},
		{"a file", `{"ok":false`, errorCheck("false"), false},
		{"an empty file", ``, errorCheck("false"), false},
		{"nothing to check", `{"ok":false}`, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := compile(t, op, tt.check).Check(answer(tt.body, "application/json"))
			if !tt.want && err != nil {
				t.Errorf("error = %v", err)
			}
			if tt.want {
				checkFault(t, err, fault.NotFound, "file_not_found")
			}
		})
	}
}
