package mcp_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// What Stdio refuses is refused over HTTP too: a member that comes twice could be
// read in one way for the log and in another for the call.
func TestHandlerRefusesWhatStdioRefuses(t *testing.T) {
	t.Parallel()
	handler, err := mcptools.NewHandler(mcp.NewServer(&mcp.Implementation{Name: "s", Version: "1"}, nil))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	for name, tt := range map[string]struct{ body, want string }{
		"method twice": {`{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"x"}}`, `more than one \"method\"`},
		"no method":    {`{"jsonrpc":"2.0","id":1}`, `no \"method\"`},
		"long method":  {`{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("x", 100_000) + `"}`, "more than 256 bytes"},
		"long id":      {`{"jsonrpc":"2.0","id":"` + strings.Repeat("x", 3000) + `","method":"ping"}`, "more than 256 bytes"},
		"a number":     {`5`, "no JSON-RPC 2.0 message"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+mcptools.DefaultPath, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Accept", "application/json, text/event-stream")
			res, err := server.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			text, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != http.StatusBadRequest || !strings.Contains(string(text), tt.want) || len(text) > 1000 {
				t.Errorf("status %d, %v: %.300s", res.StatusCode, err, text)
			}
		})
	}
}
