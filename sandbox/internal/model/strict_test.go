package model_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type refusal struct {
	Message string  `json:"message"`
	Type    string  `json:"type"`
	Param   *string `json:"param"`
	Code    *string `json:"code"`
}

// readRefusal decodes an error and requires all four members.
func readRefusal(t *testing.T, body []byte) refusal {
	t.Helper()
	var members struct {
		Error map[string]json.RawMessage `json:"error"`
	}
	var whole struct {
		Error refusal `json:"error"`
	}
	if err := json.Unmarshal(body, &members); err != nil {
		t.Fatalf("no JSON: %v: %s", err, body)
	}
	if err := json.Unmarshal(body, &whole); err != nil {
		t.Fatal(err)
	}
	for _, member := range []string{"message", "type", "param", "code"} {
		if _, ok := members.Error[member]; !ok {
			t.Errorf("the error has no member %q: %s", member, body)
		}
	}
	if whole.Error.Message == "" {
		t.Errorf("the error has no message: %s", body)
	}
	return whole.Error
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

type refused struct{ name, body, param, code string }

func checkRefusals(t *testing.T, path string, tests []refused) {
	t.Helper()
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			status, body := post(t, server.URL+path, test.body)
			if status != http.StatusBadRequest {
				t.Fatalf("want status 400, got %d: %s", status, body)
			}
			got := readRefusal(t, body)
			if diff := cmp.Diff([]string{"invalid_request_error", test.param, test.code}, []string{got.Type, deref(got.Param), deref(got.Code)}); diff != "" {
				t.Errorf("type, param, code (-want +got):\n%s%s", diff, body)
			}
		})
	}
}

// ask writes a chat request with one user message and further members.
func ask(members ...string) string {
	return `{"model":"m","messages":[{"role":"user","content":"hi"}],` + strings.Join(members, ",") + `}`
}

// history writes a chat request of the given messages, with a plain and a
// one-string tool.
func history(messages ...string) string {
	return `{"model":"m",` + chatTools(executeTool, strings.Replace(wrappedTool, "pylon_execute", "lookup", 1)) + `,"messages":[` + strings.Join(messages, ",") + `]}`
}

func define(name, description, parameters string) string {
	return fmt.Sprintf(`{"name":%q,"description":%q,"parameters":%s}`, name, description, parameters)
}

const (
	emptySchema = `{"type":"object","properties":{}}`
	userTurn    = `{"role":"user","content":"hi"}`
	callTurn    = `{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}`
	toolTurn    = `{"role":"tool","tool_call_id":"c1","content":"x"}`
)

func TestChatRefusals(t *testing.T) {
	t.Parallel()
	many := make([]string, 129)
	for i := range many {
		many[i] = define(fmt.Sprintf("f%d", i), "", emptySchema)
	}
	schema := func(parameters string) string { return ask(chatTools(define("f", "", parameters))) }
	strict := func(parameters string) string {
		return ask(chatTools(`{"name":"f","strict":true,"parameters":` + parameters + `}`))
	}
	callWith := func(id, name, arguments string) string {
		return fmt.Sprintf(`{"role":"assistant","content":"","tool_calls":[{"id":%q,"type":"function","function":{"name":%q,"arguments":%q}}]}`, id, name, arguments)
	}
	const badSchema = "invalid_function_parameters"
	checkRefusals(t, "/v1/chat/completions", []refused{
		{"not JSON", `{`, "", ""},
		{"not an object", `[]`, "", ""},
		{"wrong type", `{"model":1}`, "model", "invalid_type"},
		{"no model", `{"messages":[` + userTurn + `]}`, "model", "missing_required_parameter"},
		{"no messages", `{"model":"m"}`, "messages", "missing_required_parameter"},
		{"empty messages", `{"model":"m","messages":[]}`, "messages", "empty_array"},
		{"several choices", ask(`"n":2`), "n", "unsupported_value"},
		{"stream options without stream", ask(`"stream_options":{"include_usage":true}`), "stream_options", ""},
		{"choice without tools", ask(`"tool_choice":"auto"`), "tool_choice", ""},
		{"parallel without tools", ask(`"parallel_tool_calls":true`), "parallel_tool_calls", ""},
		{"function call without functions", ask(`"function_call":"auto"`), "function_call", ""},
		{"tools and functions", ask(chatTools(executeTool), `"functions":[`+executeTool+`]`), "functions", ""},
		{"empty tools", ask(`"tools":[]`), "tools", "empty_array"},
		{"tools of another type", ask(`"tools":"f"`), "tools", "invalid_type"},
		{"too many tools", ask(chatTools(many...)), "tools", "array_above_max_length"},
		{"too many functions", ask(`"functions":[` + strings.Join(many, ",") + `]`), "functions", "array_above_max_length"},
		{"custom tool", ask(`"tools":[{"type":"custom","custom":{"name":"f"}}]`), "tools[0].type", "invalid_value"},
		{"tool without a name", ask(chatTools(define("", "", emptySchema))), "tools[0].function.name", "missing_required_parameter"},
		{"name with a dot", ask(chatTools(executeTool, define("a.b", "", emptySchema))), "tools[1].function.name", "invalid_value"},
		{"name of 65 characters", ask(chatTools(define(strings.Repeat("a", 65), "", emptySchema))), "tools[0].function.name", "string_above_max_length"},
		{"description of 1,025 characters", ask(chatTools(define("f", strings.Repeat("é", 1025), emptySchema))), "tools[0].function.description", "string_above_max_length"},
		{"schema without a type", schema(`{"properties":{}}`), "tools[0].function.parameters", badSchema},
		{"schema of an array", schema(`{"type":"array","items":{}}`), "tools[0].function.parameters", badSchema},
		{"schema that is no object", schema(`"object"`), "tools[0].function.parameters", badSchema},
		{"schema with a combinator at the root", schema(`{"type":"object","properties":{},"anyOf":[]}`), "tools[0].function.parameters", badSchema},
		{"schema without properties", schema(`{"type":"object"}`), "tools[0].function.parameters", badSchema},
		{"array without items", schema(`{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"array"}}}}}`), "tools[0].function.parameters", badSchema},
		{"strict and open", strict(emptySchema), "tools[0].function.parameters", badSchema},
		{"strict and optional", strict(`{"type":"object","properties":{"a":{"type":"string"}},"required":[],"additionalProperties":false}`), "tools[0].function.parameters", badSchema},
		{"strict and open below", strict(`{"type":"object","properties":{"a":{"anyOf":[{"type":"object"},{"type":"null"}]}},"required":["a"],"additionalProperties":false}`), "tools[0].function.parameters", badSchema},
		{"choice of an unknown word", ask(chatTools(executeTool), `"tool_choice":"any"`), "tool_choice", "invalid_value"},
		{"choice of an unknown tool", ask(chatTools(executeTool), `"tool_choice":{"type":"function","function":{"name":"f"}}`), "tool_choice", "invalid_value"},
		{"choice of another shape", ask(chatTools(executeTool), `"tool_choice":{"name":"f"}`), "tool_choice", "invalid_value"},
		{"unknown role", history(`{"role":"robot","content":"hi"}`), "messages[0].role", "invalid_value"},
		{"user without content", history(`{"role":"user","content":null}`), "messages[0].content", "invalid_type"},
		{"content of another type", history(`{"role":"user","content":5}`), "messages[0].content", "invalid_type"},
		{"image", history(`{"role":"user","content":[{"type":"image_url"}]}`), "messages[0].content[0].type", "invalid_value"},
		{"assistant that says nothing", history(userTurn, `{"role":"assistant"}`), "messages[1].content", "invalid_type"},
		{"call by a user", history(strings.Replace(callTurn, `"assistant","content":null`, `"user","content":"a"`, 1)), "messages[0].tool_calls", ""},
		{"result without a call", history(userTurn, toolTurn), "messages[1].tool_call_id", ""},
		{"result of another call", history(userTurn, callTurn, strings.Replace(toolTurn, "c1", "c2", 1)), "messages[2].tool_call_id", ""},
		{"result given twice", history(userTurn, callTurn, toolTurn, toolTurn), "messages[3].tool_call_id", ""},
		{"result without an id", history(userTurn, callTurn, `{"role":"tool","content":"x"}`), "messages[2].tool_call_id", "missing_required_parameter"},
		{"result without content", history(userTurn, callTurn, `{"role":"tool","tool_call_id":"c1"}`), "messages[2].content", "invalid_type"},
		{"call without a result", history(userTurn, callTurn), "messages", ""},
		{"call without a result right after", history(userTurn, callTurn, userTurn, toolTurn), "messages", ""},
		{"arguments that are not JSON", history(userTurn, callWith("c1", "pylon_execute", "one two"), toolTurn), "messages[1].tool_calls[0].function.arguments", "invalid_json"},
		{"call of a bad name", history(userTurn, callWith("c1", "a b", "{}"), toolTurn), "messages[1].tool_calls[0].function.name", "invalid_value"},
		{"call id of 41 characters", history(userTurn, callWith(strings.Repeat("c", 41), "f", "{}"), toolTurn), "messages[1].tool_calls[0].id", "string_above_max_length"},
		{"function result without a name", history(userTurn, `{"role":"function","content":"x"}`), "messages[1].name", "missing_required_parameter"},
		{"function call that is not JSON", history(userTurn, `{"role":"assistant","content":"","function_call":{"name":"f","arguments":"x"}}`), "messages[1].function_call.arguments", "invalid_json"},
	})
}

func TestResponsesRefusals(t *testing.T) {
	t.Parallel()
	input := func(items ...string) string { return `{"model":"m","input":[` + strings.Join(items, ",") + `]}` }
	const (
		callItem   = `{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"}`
		outputItem = `{"type":"function_call_output","call_id":"c1","output":"x"}`
	)
	many := strings.Repeat(`{"type":"function"},`, 128) + `{"type":"function"}`
	checkRefusals(t, "/v1/responses", []refused{
		{"not JSON", `nope`, "", ""},
		{"no model", `{"input":"hi"}`, "model", "missing_required_parameter"},
		{"no input", `{"model":"m"}`, "input", "missing_required_parameter"},
		{"input of another type", `{"model":"m","input":5}`, "input", "invalid_type"},
		{"background", `{"model":"m","input":"hi","background":true}`, "background", "unsupported_value"},
		{"conversation", `{"model":"m","input":"hi","conversation":"c"}`, "conversation", "unsupported_value"},
		{"unknown previous response", `{"model":"m","input":"hi","previous_response_id":"resp_1"}`, "previous_response_id", "previous_response_not_found"},
		{"too many tools", `{"model":"m","input":"hi","tools":[` + many + `]}`, "tools", "array_above_max_length"},
		{"built-in tool", `{"model":"m","input":"hi","tools":[{"type":"web_search"}]}`, "tools[0].type", "invalid_value"},
		{"bad name", `{"model":"m","input":"hi","tools":[{"type":"function","name":"a b"}]}`, "tools[0].name", "invalid_value"},
		{"long description", `{"model":"m","input":"hi","tools":[{"type":"function","name":"f","description":"` + strings.Repeat("a", 1025) + `"}]}`, "tools[0].description", "string_above_max_length"},
		{"bad schema", `{"model":"m","input":"hi","tools":[{"type":"function","name":"f","parameters":{}}]}`, "tools[0].parameters", "invalid_function_parameters"},
		{"choice of an unknown tool", `{"model":"m","input":"hi","tool_choice":{"type":"function","name":"f"}}`, "tool_choice", "invalid_value"},
		{"required without tools", `{"model":"m","input":"hi","tool_choice":"required"}`, "tool_choice", ""},
		{"unknown item", input(`{"type":"computer_call"}`), "input[0].type", "invalid_value"},
		{"unknown role", input(`{"role":"robot","content":"x"}`), "input[0].role", "invalid_value"},
		{"message without content", input(`{"role":"user"}`), "input[0].content", "missing_required_parameter"},
		{"output without a call", input(outputItem), "input", ""},
		{"call without an output", input(callItem), "input", ""},
		{"output without an id", input(callItem, `{"type":"function_call_output","output":"x"}`), "input[1].call_id", "missing_required_parameter"},
		{"output without an output", input(callItem, `{"type":"function_call_output","call_id":"c1"}`), "input[1].output", "missing_required_parameter"},
		{"call id of 65 characters", input(strings.Replace(callItem, "c1", strings.Repeat("c", 65), 1)), "input[0].call_id", "string_above_max_length"},
		{"call of a bad name", input(strings.Replace(callItem, `"f"`, `"f!"`, 1)), "input[0].name", "invalid_value"},
		{"arguments that are not JSON", input(strings.Replace(callItem, "{}", "x", 1)), "input[0].arguments", "invalid_json"},
	})
}

// TestOneStringHistory shows the liberty taken for langchaingo's stock agent.
func TestOneStringHistory(t *testing.T) {
	t.Parallel()
	calling := strings.NewReplacer(`"f"`, `"lookup"`, "{}", "bare words").Replace(callTurn)
	status, body := post(t, newServer(t).URL+"/v1/chat/completions", history(userTurn, calling, toolTurn))
	if status != http.StatusOK {
		t.Errorf("want status 200, got %d: %s", status, body)
	}
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, method, path, authorization string
		status                            int
		code                              string
	}{
		{"no key", "POST", "/v1/chat/completions", "", 401, "invalid_api_key"},
		{"no bearer", "POST", "/v1/responses", "Basic abc", 401, "invalid_api_key"},
		{"empty bearer", "GET", "/v1/models", "Bearer ", 401, "invalid_api_key"},
		{"unknown route", "POST", "/v1/embeddings", "Bearer x", 404, "unknown_url"},
		{"wrong method", "GET", "/v1/chat/completions", "Bearer x", 405, "method_not_supported"},
		{"models", "GET", "/v1/models", "Bearer x", 200, ""},
		{"models without a version", "GET", "/models", "bearer x", 200, ""},
		{"one model", "GET", "/v1/models/gpt-4.1", "Bearer x", 200, ""},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			req, err := http.NewRequestWithContext(t.Context(), test.method, server.URL+test.path, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			if test.authorization != "" {
				req.Header.Set("Authorization", test.authorization)
			}
			status, body := do(t, req)
			if status != test.status {
				t.Fatalf("want status %d, got %d: %s", test.status, status, body)
			}
			if test.code != "" && deref(readRefusal(t, body).Code) != test.code {
				t.Errorf("want code %s: %s", test.code, body)
			}
		})
	}
}

func TestOversizedBody(t *testing.T) {
	t.Parallel()
	status, body := post(t, newServer(t).URL+"/chat/completions", `{"model":"`+strings.Repeat("a", 16<<20)+`"}`)
	if status != http.StatusRequestEntityTooLarge || deref(readRefusal(t, body).Code) != "request_too_large" {
		t.Errorf("want 413 request_too_large, got %d: %.200s", status, body)
	}
}
