package mcp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
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

// A client that goes away ends the run without an error, wherever it stops.
func TestStdioEnd(t *testing.T) {
	t.Parallel()
	server := newServer(t, offline(t))
	for name, last := range map[string]string{"at once": "", "within a line": `{"jsonrpc":"2.0","id":1,"meth`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := initialized(t, server)
			if _, err := io.WriteString(r.in, last); err != nil {
				t.Fatal(err)
			}
			r.in.Close()
			if err := <-r.ended; err != nil {
				t.Errorf("the run ended with %v", err)
			}
		})
	}
}

// A last message needs no line break.
func TestStdioLastLine(t *testing.T) {
	t.Parallel()
	conn, err := mcptools.Stdio(strings.NewReader("\n"+ping), io.Discard).Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if msg, err := conn.Read(t.Context()); msg == nil || err != nil {
		t.Errorf("got %v, %v, want the ping", msg, err)
	}
	for range 2 {
		if msg, err := conn.Read(t.Context()); msg != nil || !errors.Is(err, io.EOF) {
			t.Errorf("got %v, %v, want io.EOF", msg, err)
		}
	}
}

// A call that runs when its client goes away, or when the program is told to
// stop, is cancelled down to the service.
func TestStdioEndsCalls(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*raw){
		"the client closes its output": func(r *raw) { r.in.Close() },
		"the client dies":              func(r *raw) { r.leave() },
		"the program is stopped":       func(r *raw) { r.stop() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			started, ended := make(chan struct{}), make(chan error, 1)
			r := initialized(t, newServer(t, function(t, func(ctx context.Context) (string, error) {
				close(started)
				<-ctx.Done()
				ended <- ctx.Err()
				return "", ctx.Err()
			})))
			r.send(call("1", "function", "{}"))
			<-started
			end(r)
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("the call ended with %v", err)
			}
			if err := <-r.ended; err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("the run ended with %v", err)
			}
		})
	}
}

// When a client goes away during a call, the request of the service ends too.
func TestStdioEndsRequests(t *testing.T) {
	t.Parallel()
	started, ended := make(chan struct{}), make(chan struct{})
	service := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(started)
		<-r.Context().Done()
		close(ended)
	}))
	t.Cleanup(service.Close)
	manifest, _ := connector.LookupManifest("pylon")
	conn, err := connector.Open(manifest, connector.Credentials{"api_token": "token"}, connector.WithBaseURL(service.URL))
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	r := initialized(t, newServer(t, set))
	r.send(call("1", "pylon_execute", `{"entity":"me","action":"get"}`))
	<-started
	r.leave()
	<-ended
	if err := <-r.ended; err != nil {
		t.Errorf("the run ended with %v", err)
	}
}

// A client leaves in the middle of a call, or stays while the program is stopped.
// The bubble fails if a goroutine is left.
func TestStdioLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*raw){
		"the client leaves":      func(r *raw) { r.leave() },
		"the program is stopped": func(r *raw) { r.stop() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := initialized(t, newServer(t, function(t, func(ctx context.Context) (string, error) {
					<-ctx.Done()
					return "", ctx.Err()
				})))
				for i := range 10 {
					r.send(call(strconv.Itoa(i+1), "function", "{}"))
				}
				synctest.Wait()
				end(r)
				if err := <-r.ended; err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("the run ended with %v", err)
				}
			})
		})
	}
}

// A client that does not read its answers cannot keep the program from stopping.
func TestStdioUnreadAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := initialized(t, newServer(t, function(t, func(context.Context) (string, error) { return "ran", nil })))
		for i := range 10 {
			r.send(call(strconv.Itoa(i+1), "function", "{}"))
		}
		synctest.Wait()
		r.stop()
		if err := <-r.ended; !errors.Is(err, context.Canceled) {
			t.Errorf("the run ended with %v", err)
		}
	})
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
		}
		if got := fmt.Sprintf("%+v", last); !strings.Contains(got, "last") {
			t.Errorf("the last message is %s", got)
		}
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
}
