package mcp_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// What clients may send, and the status and the error that they read. None of it
// keeps the next request from being answered.
func TestHandlerBadMessages(t *testing.T) {
	t.Parallel()
	var log lockedLog
	s := listen(t, function(t, ran), mcptools.WithMaxBodyBytes(500), mcptools.WithHandlerLogger(log.logger()))
	large := strings.Repeat("x", 500)
	refused := func(id, code, message string) string {
		return `{"jsonrpc":"2.0","id":` + id + `,"error":{"code":` + code + `,"message":"` + message + `"}}`
	}
	tests := []struct {
		name, method, body string
		header             []string
		status             int
		want               string
	}{
		{"no JSON", "POST", "garbage", nil, 400, refused("null", "-32700", "the message is not valid JSON")},
		{"nothing", "POST", "", nil, 400, refused("null", "-32700", "the message is not valid JSON")},
		{"cut", "POST", `{"jsonrpc":"2.0","id":1,"method":"pi`, nil, 400, refused("null", "-32700", "the message is not valid JSON")},
		{"bytes that are no text", "POST", "{\"jsonrpc\":\"\xff\xfe\x00\"", nil, 400, refused("null", "-32700", "the message is not valid JSON")},
		{"batch", "POST", `[` + pingHTTP + `]`, nil, 400, refused("null", "-32600", "batches are not served; send each message in a request of its own")},
		{"not an object", "POST", `3`, nil, 400, ""},
		{"another protocol", "POST", `{"id":1}`, nil, 400, ""},
		{"id that would be rounded", "POST", `{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}`, nil, 400, refused("9007199254740993", "-32600", "an id must be a string or an integer below 2^53")},
		{"id at the limit", "POST", `{"jsonrpc":"2.0","id":9007199254740992,"method":"ping"}`, nil, 400, refused("9007199254740992", "-32600", "an id must be a string or an integer below 2^53")},
		{"id below the limit", "POST", `{"jsonrpc":"2.0","id":9007199254740991,"method":"ping"}`, nil, 200, ""},
		{"too large", "POST", `{"jsonrpc":"2.0","id":"a","method":"ping","params":{"x":"` + large + `"}}`, nil, 413, refused(`"a"`, "-32600", "the message is larger than 500 bytes; send less in one call")},
		{"too large, id at its end", "POST", `{"jsonrpc":"2.0","method":"ping","params":{"x":"` + large + `"},"id":"a"}`, nil, 413, refused("null", "-32600", "the message is larger than 500 bytes; send less in one call")},
		{"unknown method", "POST", `{"jsonrpc":"2.0","id":1,"method":"no/such"}`, nil, 400, refused("1", "-32601", `JSON RPC not handled: \"no/such\" unsupported`)},
		{"unknown notification", "POST", `{"jsonrpc":"2.0","method":"notifications/none"}`, nil, 400, refused("null", "-32601", `JSON RPC not handled: \"notifications/none\" unsupported`)},
		{"call without an id", "POST", `{"jsonrpc":"2.0","method":"tools/list"}`, nil, 400, ""},
		{"call without a name", "POST", `{"jsonrpc":"2.0","id":1,"method":"tools/call"}`, nil, 400, ""},
		{"form", "POST", pingHTTP, []string{"Content-Type", "text/plain"}, 415, ""},
		{"unreadable answer", "POST", pingHTTP, []string{"Accept", "text/html"}, 400, ""},
		{"unknown version", "POST", pingHTTP, []string{"Mcp-Protocol-Version", "1999-01-01"}, 400, ""},
		{"another session", "POST", pingHTTP, []string{"Mcp-Session-Id", "stolen"}, 200, ""},
		{"GET", "GET", "", nil, 405, refused("null", "-32600", "send each message with POST; this server keeps no sessions and opens no streams of its own")},
		{"DELETE", "DELETE", "", nil, 405, refused("null", "-32600", "send each message with POST; this server keeps no sessions and opens no streams of its own")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := send(t, tt.method, s.url+"/mcp", tt.body, tt.header...)
			if got.status != tt.status {
				t.Fatalf("status %d, want %d: %s", got.status, tt.status, got.body)
			}
			if tt.want != "" {
				if diff := cmp.Diff(tt.want, got.body); diff != "" {
					t.Errorf("body (-want +got):\n%s", diff)
				}
			}
			if tt.status != 200 {
				var answer struct{ Error struct{ Message string } }
				if err := json.Unmarshal([]byte(got.body), &answer); err != nil || answer.Error.Message == "" {
					t.Errorf("not a JSON-RPC error: %v: %s", err, got.body)
				}
			}
			if allow := got.header.Get("Allow"); (allow == "POST") != (tt.status == 405) {
				t.Errorf("Allow: %q", allow)
			}
			if got := send(t, "POST", s.url+"/mcp", pingHTTP); got.status != 200 {
				t.Errorf("the next request: %d %s", got.status, got.body)
			}
		})
	}
}

// A call that is too large fails alone: the session goes on.
func TestHandlerLargeCallFailsAlone(t *testing.T) {
	t.Parallel()
	s := listen(t, function(t, ran), mcptools.WithMaxBodyBytes(2000))
	session := mustDial(t, s.url)
	_, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "function", Arguments: map[string]any{"x": strings.Repeat("x", 2000)}})
	if err == nil || !strings.Contains(err.Error(), "larger than 2000 bytes") {
		t.Errorf("large call: %v", err)
	}
	if text, isError, err := callFunction(t.Context(), session); err != nil || isError {
		t.Errorf("next call: %s, %v", text, err)
	}
}

// A body that stops half way is given up with its connection.
func TestHandlerCutBody(t *testing.T) {
	t.Parallel()
	ctx := marked(t)
	s := listen(t, function(t, ran))
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil || !bytes.Contains(answer, []byte("did not arrive whole")) {
		t.Errorf("answer: %s, %v", answer, err)
	}
	closed(t, conn)
	closed(t, s.server)
	aloneAgain(t)
}

// One line for each request: what was asked and how it went, nothing that it
// carried.
func TestHandlerLog(t *testing.T) {
	t.Parallel()
	var log lockedLog
	s := listen(t, function(t, ran), mcptools.WithBearerToken("canary-token"), mcptools.WithHandlerLogger(log.logger()))
	auth := []string{"Authorization", "Bearer canary-token"}
	send(t, "POST", s.url+"/mcp", `{"jsonrpc":"2.0","id":"canary-id","method":"tools/call","params":{"name":"function","arguments":{"canary":1}}}`, auth...)
	send(t, "POST", s.url+"/mcp", `{"jsonrpc":"2.0","id":1,"method":"`+strings.Repeat("m", 100)+`"}`, auth...)
	send(t, "POST", s.url+"/mcp", pingHTTP, "Authorization", "Bearer canary-wrong")
	send(t, "GET", s.url+"/healthz", "")
	type entry struct {
		Msg        string `json:"msg"`
		HTTPMethod string `json:"http_method"`
		Method     string `json:"method"`
		Tool       string `json:"tool"`
		Status     int    `json:"status"`
	}
	want := []entry{
		{"mcp request", "POST", "tools/call", "function", 200},
		{"mcp request", "POST", strings.Repeat("m", 64) + "…", "", 400},
		{"mcp request", "POST", "", "", 401},
	}
	var got []entry
	for line := range strings.Lines(log.String()) {
		var e entry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if e.Msg == "mcp request" {
			got = append(got, e)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
	if strings.Contains(log.String(), "canary") {
		t.Errorf("the log has what a request carried:\n%s", log.String())
	}
}
