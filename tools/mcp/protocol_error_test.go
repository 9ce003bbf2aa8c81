package mcp_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// Errors of the protocol have a code of JSON-RPC and never repeat much.
func TestProtocolErrors(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 4<<20)
	tests := []struct {
		name  string
		fresh bool // before initialize
		line  string
		code  int64
		text  string
	}{
		{"a version that is no text", true, `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":5}}`, -32602, "the params do not fit the method: "},
		{"no params", true, `{"jsonrpc":"2.0","id":1,"method":"initialize"}`, -32600, "invalid request: missing required"},
		{"a call before initialize", true, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, -32600, `method "tools/list" is invalid during session initialization`},
		{"a second initialize", false, initialize, -32600, `duplicate "initialize" received`},
		{"a wrong cursor", false, `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"!"}}`, -32602, ""},
		{"params of another type", false, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["` + long + `"]}}`, -32602, ""},
		{"a prompt with a long name", false, `{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"` + long + `"}}`, -32602, "the prompt's name has more than 256 bytes"},
		{"a resource with a long address", false, `{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"airbyte:` + long + `"}}`, -32602, "the resource's address has more than 2048 bytes"},
	}
	server := newServer(t, offline(t))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := startRaw(t, server)
			if !tt.fresh {
				r.initialize()
			}
			answer := r.ask(tt.line)
			var got struct {
				Error struct {
					Code    int64
					Message string
				}
			}
			if err := json.Unmarshal([]byte(answer), &got); err != nil {
				t.Fatal(err)
			}
			if got.Error.Code != tt.code || !strings.HasPrefix(got.Error.Message, tt.text) || len(answer) > 6000 {
				t.Errorf("got %.1000s, want code %d and %q", answer, tt.code, tt.text)
			}
		})
	}
}

// A tool's name comes back shortened.
func TestLongToolName(t *testing.T) {
	t.Parallel()
	r := initialized(t, newServer(t, offline(t)))
	res := string(r.result(call("1", strings.Repeat("é", 1<<20), "{}")))
	if len(res) > 4000 || !strings.Contains(res, "there is no tool") {
		t.Errorf("got %d bytes: %.500s", len(res), res)
	}
}

// The id of a running request is not for a second one; afterwards it is.
func TestReusedID(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		r := initialized(t, newServer(t, function(t, func(context.Context) (string, error) {
			<-release
			return "ran", nil
		})))
		r.send(call(`"a"`, "function", "{}"))
		synctest.Wait()
		want := `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the id \"a\" belongs to a request that is not answered yet"}}`
		if diff := cmp.Diff(want, r.ask(call(`"a"`, "function", "{}"))); diff != "" {
			t.Errorf("answer (-want +got):\n%s", diff)
		}
		close(release)
		first := r.receive()
		if again := r.ask(call(`"a"`, "function", "{}")); again != first || !strings.Contains(first, `"id":"a","result"`) {
			t.Errorf("got %s, then %s", first, again)
		}
	})
}

// A cancelled request stays unanswered, and its id is free again.
func TestCancelledIsNotAnswered(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"7", `"seven"`} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := initialized(t, newServer(t, function(t, hanging)))
				for range 2 {
					r.send(call(id, "function", "{}"))
					synctest.Wait()
					r.send(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":` + id + `}}`)
					synctest.Wait()
				}
				if got := r.ask(ping); got != pong {
					t.Errorf("got %s", got)
				}
				r.in.Close()
				if err := <-r.ended; err != nil {
					t.Errorf("the run ended with %v", err)
				}
			})
		})
	}
}

// Only what MCP allows as a token has progress sent, and not if it is long.
func TestProgressTokens(t *testing.T) {
	t.Parallel()
	server := newServer(t, newPylon(t, sandbox.Test(t, sandbox.WithPageSize("contacts", 50)), tools.WithPages(9)))
	for token, want := range map[string]bool{
		`"t"`: true, `5`: true,
		`{}`: false, `true`: false, `null`: false, `["t"]`: false, `"` + strings.Repeat("x", 4<<20) + `"`: false,
	} {
		t.Run(token[:min(len(token), 8)], func(t *testing.T) {
			t.Parallel()
			r := initialized(t, server)
			answer := r.ask(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":{"progressToken":` + token + `},"name":"pylon_execute","arguments":{"entity":"contacts","action":"list"}}}`)
			if got := strings.Contains(answer, "notifications/progress"); got != want {
				t.Errorf("first came %.300s, want progress %t", answer, want)
			}
		})
	}
}
