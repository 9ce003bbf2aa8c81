package mcp_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// Whatever a body holds, the answer is one of the protocol.
func FuzzHandler(f *testing.F) {
	for _, seed := range []string{
		"", "null", "[]", `[{"jsonrpc":"2.0","id":1,"method":"ping"}]`, pingHTTP,
		`{"jsonrpc":"2.0","id":{},"method":"ping"}`, `{"jsonrpc":"2.0","id":1e400,"method":"ping"}`,
		`{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}`, `{"jsonrpc":"2.0","id":1,"result":{}}`,
		call("1", "function", `{}`), call("1", "none", `[]`), `{"jsonrpc":"2.0","id":"` + "\xff" + `","method":"ping"}`,
		`{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true}}}`,
		`{"jsonrpc":"2.0","id":"` + strings.Repeat("i", 3000),
	} {
		f.Add(seed)
	}
	h, err := mcptools.NewHandler(newServer(f, function(f, ran)), mcptools.WithMaxBodyBytes(2000))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost/mcp", strings.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json, text/event-stream")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req)
		switch w.Code {
		case http.StatusOK, http.StatusAccepted:
		case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
			var answer struct {
				ID    json.RawMessage
				Error struct{ Message string }
			}
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Error.Message == "" || answer.ID == nil {
				t.Errorf("%d without a JSON-RPC error: %v: %s", w.Code, err, w.Body)
			}
		default:
			t.Errorf("status %d: %s", w.Code, w.Body)
		}
	})
}
