package mcp_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"

	"github.com/agentsdk-go/airbyte/sandbox"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

const (
	ping = `{"jsonrpc":"2.0","id":"p","method":"ping"}`
	pong = `{"jsonrpc":"2.0","id":"p","result":{}}`
)

// What is no message is answered where JSON-RPC says so, and never ends the
// session.
func TestStdioBadLines(t *testing.T) {
	t.Parallel()
	refused := func(id, code, message string) string {
		return `{"jsonrpc":"2.0","id":` + id + `,"error":{"code":` + code + `,"message":"` + message + `"}}`
	}
	const noMessage = "the line is no JSON-RPC 2.0 message"
	tests := []struct {
		name, line, want string // "" for no answer
	}{
		{"garbage", `hello`, refused("null", "-32700", "parse error: invalid json at byte 0")},
		{"half a message", `{"jsonrpc":"2.0","id":1,"me`, refused("null", "-32700", "parse error: json ends too early, at byte 27")},
		{"two messages on a line", ping + ping, refused("null", "-32700", fmt.Sprintf("parse error: invalid json at byte %d", len(ping)))},
		{"bytes that are no text", "\x00\xff\xfe", refused("null", "-32700", "parse error: invalid json at byte 0")},
		{"a batch", `[` + ping + `]`, refused("null", "-32600", "batches are not supported; send one message per line")},
		{"a number", `1`, refused("null", "-32600", noMessage)},
		{"another version", `{"jsonrpc":"1.0","id":7,"method":"ping"}`, refused("7", "-32600", noMessage)},
		{"a method that is no text", `{"jsonrpc":"2.0","id":"x","method":5}`, refused(`"x"`, "-32600", noMessage)},
		{"an id that is no id", `{"jsonrpc":"2.0","id":{},"method":"ping"}`, refused("null", "-32600", noMessage)},
		{"an id that a float cannot hold", `{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}`, refused("9007199254740993", "-32600", "an id must be a string or an integer below 2^53")},
		{"an id twice", `{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}`, refused("null", "-32600", `the message has more than one \"id\"`)},
		{"a method twice", `{"jsonrpc":"2.0","id":1,"method":"ping","meth\u006fd":"ping"}`, refused("1", "-32600", `the message has more than one \"method\"`)},
		{"no method", `{"jsonrpc":"2.0","id":7}`, refused("7", "-32600", `the message has no \"method\"`)},
		{"a method in capitals", `{"jsonrpc":"2.0","id":77,"Method":"ping"}`, refused("77", "-32600", `the message has no \"method\"`)},
		{"null as id", `{"jsonrpc":"2.0","id":null,"method":"ping"}`, refused("null", "-32600", "an id must be a string or an integer; leave it out in a notification")},
		{"a long id", `{"jsonrpc":"2.0","id":"` + strings.Repeat("x", 5000) + `","method":"ping"}`, refused("null", "-32600", "the id has more than 256 bytes")},
		{"a long method", `{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("x", 257) + `"}`, refused("1", "-32600", "the method has more than 256 bytes")},
		{"a fraction as id", `{"jsonrpc":"2.0","id":1.5,"method":"ping"}`, refused("1.5", "-32600", "an id must be a string or an integer below 2^53")},
		{"nested too deep", `{"jsonrpc":"2.0","id":3,"method":"ping","params":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + `}`, refused("3", "-32600", noMessage)},
		{"an unknown method", `{"jsonrpc":"2.0","id":4,"method":"tools/destroy"}`, `{"jsonrpc":"2.0","id":4,"error":{"code":-32601,"message":"method not found: \"tools/destroy\""}}`},
		{"an unknown notification", `{"jsonrpc":"2.0","method":"notifications/whatever"}`, ""},
		{"a malformed response", `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"what?"}}`, ""},
		{"a response to nothing", `{"jsonrpc":"2.0","id":99,"result":{}}`, ""},
		{"a blank line", "  \r", ""},
		{"a line break of Windows", ping + "\r", pong},
	}
	server := newServer(t, offline(t))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := initialized(t, server)
			if tt.want != "" {
				if diff := cmp.Diff(tt.want, r.ask(tt.line)); diff != "" {
					t.Errorf("answer (-want +got):\n%s", diff)
				}
			} else {
				r.send(tt.line)
			}
			if got := r.ask(ping); got != pong {
				t.Errorf("the session answers a ping with %s", got)
			}
		})
	}
}

// A large message is a message; one beyond the limit is refused without being
// held, and the next line is read again.
func TestStdioLongLines(t *testing.T) {
	t.Parallel()
	r := initialized(t, newServer(t, function(t, func(context.Context) (string, error) { return "ran", nil })))
	res := string(r.result(call("1", "function", `{"text":"`+strings.Repeat("x", 5<<20)+`"}`)))
	if !strings.Contains(res, "additional properties 'text' not allowed") {
		t.Errorf("a call of 5 MB gave %.300s", res)
	}
	r.send(`{"jsonrpc":"2.0","id":2,"method":"ping","params":{"text":"` + strings.Repeat("x", mcptools.MaxLine) + `"}}`)
	want := fmt.Sprintf(`{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the message has more than %d bytes"}}`, mcptools.MaxLine)
	if got := r.receive(); got != want {
		t.Errorf("got %.300s, want %s", got, want)
	}
	if got := r.ask(ping); got != pong {
		t.Errorf("the session answers a ping with %s", got)
	}
}

// The text of a line that is too long is let go of while the rest is read.
func TestStdioLongLineIsNotHeld(t *testing.T) { //nolint:paralleltest // it measures the heap
	const half = mcptools.MaxLine / 2
	var before, beyond uint64
	in := io.MultiReader(
		&measured{heap: &before},
		io.LimitReader(letters{}, half),
		io.LimitReader(letters{}, 2*half),
		&measured{heap: &beyond},
		strings.NewReader("\n"))
	conn, err := mcptools.Stdio(in, io.Discard).Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(t.Context()); !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if beyond > before+mcptools.MaxLine/4 {
		t.Errorf("the heap has grown from %d to %d bytes", before, beyond)
	}
}

// letters never ends.
type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// measured is empty, and tells how large the heap is when it is read.
type measured struct{ heap *uint64 }

func (m *measured) Read([]byte) (int, error) {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	*m.heap = stats.HeapAlloc
	return 0, io.EOF
}

// Calls overtake each other; each answer has its own id.
func TestStdioParallel(t *testing.T) {
	t.Parallel()
	r := initialized(t, newServer(t, newPylon(t, sandbox.Test(t))))
	const n = 64
	go func() {
		for i := range n {
			r.send(call(fmt.Sprint(i+1), "pylon_execute", fmt.Sprintf(`{"entity":"issues","action":"get","params":{"id":"%d"}}`, 1001+i%16)))
		}
	}()
	seen := map[string]bool{}
	for range n {
		line := r.receive()
		id, rest, _ := strings.Cut(strings.TrimPrefix(line, `{"jsonrpc":"2.0","id":`), ",")
		var number int
		if _, err := fmt.Sscan(id, &number); err != nil {
			t.Fatalf("%v in %.200s", err, line)
		}
		if want := fmt.Sprintf(`"number":%d,`, 1001+(number-1)%16); seen[id] || !strings.Contains(rest, want) {
			t.Errorf("the answer to call %s lacks %s: %.200s", id, want, rest)
		}
		seen[id] = true
	}
}

// FuzzStdio feeds bytes, then a message on a line of its own. Whatever the bytes
// are, the message arrives.
func FuzzStdio(f *testing.F) {
	for _, seed := range []string{
		"", "\n", "{", "[]", "null", `"`, ping, ping + "\n" + ping, `{"jsonrpc":"2.0","id":1e400,"method":""}`,
		`{"jsonrpc":"2.0","result":{}}`, "\xef\xbb\xbf" + ping, strings.Repeat("[", 20_000), `{"jsonrpc":"2.0","id":-9007199254740992,"method":"x"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		conn, err := mcptools.Stdio(strings.NewReader(string(b)+"\n"+`{"jsonrpc":"2.0","id":"last","method":"ping"}`+"\n"), io.Discard).Connect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var last any
		for {
			msg, err := conn.Read(t.Context())
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || msg == nil {
				t.Fatalf("read %v, %v", msg, err)
			}
			last = msg
			if req, ok := msg.(*jsonrpc.Request); ok && req.IsCall() { // the end waits for answers
				if err := conn.Write(t.Context(), &jsonrpc.Response{ID: req.ID, Result: json.RawMessage("{}")}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := fmt.Sprintf("%+v", last); !strings.Contains(got, "last") {
			t.Errorf("the last message is %s", got)
		}
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
}
