package model_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox/internal/model"
)

// FuzzRequest sends any body to both endpoints: the answer is a reply or a
// refusal, in JSON or as a stream, and nothing panics.
func FuzzRequest(f *testing.F) {
	for _, body := range []string{
		"", "null", "{}", "[]", `{"model":"m","messages":[]}`, `{"model":"m","messages":[null]}`,
		ask(chatTools(executeTool, weatherTool)), ask(`"functions":[` + executeTool + `]`), ask(`"tools":[null]`, `"stream":true`),
		history(userTurn, strings.Replace(callTurn, `"f"`, `"lookup"`, 1), toolTurn),
		`{"model":"m","input":"which issues are open and who am i","tools":[{"type":"function","name":"x_execute"}]}`,
		`{"model":"m","input":[{"role":"user","content":"issue 1"},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"{\"error\":{\"did_you_mean\":[1]}}"}],"stream":true}`,
		`{"model":"m","input":"reply to issue 1: x","tools":[{"type":"function","name":"messages_list"},{"type":"function","name":"issue_replies_create"}]}`,
		`{"model":"m","messages":[{"role":"user","content":"weather 007"}],` + chatTools(weatherTool) + `}`,
	} {
		f.Add([]byte(body))
	}
	handler := model.NewHandler(model.Options{})
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, path := range []string{"/v1/chat/completions", "/v1/responses"} {
			req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, bytes.NewReader(body))
			req.Header.Set("Authorization", "Bearer x")
			res := httptest.NewRecorder()
			handler.ServeHTTP(res, req)
			streamed := strings.HasPrefix(res.Header().Get("Content-Type"), "text/event-stream")
			if res.Code != http.StatusOK && res.Code != http.StatusBadRequest {
				t.Errorf("%s: status %d: %s", path, res.Code, res.Body)
			}
			if !streamed && !json.Valid(res.Body.Bytes()) {
				t.Errorf("%s: the answer is not JSON: %s", path, res.Body)
			}
		}
	})
}

// FuzzResult gives the model any tool output to answer from.
func FuzzResult(f *testing.F) {
	for _, output := range []string{
		"", "x", "null", `{"data":null}`, `{"data":[null,1,{}],"meta":5}`, `{"error":null,"data":{}}`,
		`{"error":{"message":"m","did_you_mean":"get","retryable":false}}`, `{"data":{"data":{},"request_id":"r"}}`,
		`{"data":[{"author":{"name":1},"message_html":"<p"}]}`,
	} {
		f.Add("messages of issue 1042 and list teams", output)
		f.Add("open issues of the account Acme", output)
	}
	handler := model.NewHandler(model.Options{})
	f.Fuzz(func(t *testing.T, question, output string) {
		body, err := json.Marshal(map[string]any{"model": "m", "messages": []any{
			map[string]any{"role": "user", "content": question},
			map[string]any{"role": "assistant", "content": "", "function_call": map[string]string{"name": "pylon_execute", "arguments": "{}"}},
			map[string]any{"role": "function", "name": "pylon_execute", "content": output},
		}, "functions": json.RawMessage("[" + executeTool + "]")})
		if err != nil {
			t.Fatal(err)
		}
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/chat/completions", bytes.NewReader(body))
		req.Header.Set("Authorization", "Bearer x")
		res := httptest.NewRecorder()
		handler.ServeHTTP(res, req)
		if res.Code != http.StatusOK || !json.Valid(res.Body.Bytes()) {
			t.Errorf("status %d: %s", res.Code, res.Body)
		}
	})
}
