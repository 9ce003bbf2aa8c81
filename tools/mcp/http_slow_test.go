package mcp_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// The limits that clients meet; doc comments and docs/deploy.md name them.
const (
	toSendBody   = 30 * time.Second
	toReadAnswer = 30 * time.Second
	toLinger     = time.Second
)

// A client that is refused has its answer at once, and cannot hold the
// connection: whatever it announced is not waited for.
func TestHandlerRefusesStalledClients(t *testing.T) {
	t.Parallel()
	chunked := request("POST", "/mcp", "Transfer-Encoding: chunked\n", "64\r\n{")
	for _, tt := range []struct {
		name, request string
		status        int
	}{
		{"no token", stalled("POST", "/mcp", ""), 401},
		{"no token, chunked", chunked, 401},
		{"wrong token", stalled("POST", "/mcp", "Authorization: Bearer wrong\n"), 401},
		{"wrong origin", stalled("POST", "/mcp", "Origin: https://evil.example.com\n"), 403},
		{"preflight", stalled("OPTIONS", "/mcp", "Origin: https://app.example.com\nAccess-Control-Request-Method: POST\n"), 204},
		{"wrong method", stalled("PUT", "/mcp", "Authorization: Bearer secret\n"), 405},
		{"wrong path", stalled("POST", "/", ""), 404},
		{"GET of a wrong path", stalled("GET", "/", ""), 404},
		{"alive", stalled("GET", "/healthz", ""), 200},
		{"alive, wrong method", stalled("POST", "/healthz", ""), 405},
		{"ready", stalled("GET", "/readyz", ""), 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := pipe(t, handler(t, mcptools.WithBearerToken("secret"), mcptools.WithAllowedOrigins("https://app.example.com")))
				got := read(t, p.open(t, tt.request))
				if got.status != tt.status || !got.last {
					t.Errorf("status %d, want %d; the connection ends: %v", got.status, tt.status, got.last)
				}
				if got.after != 0 || got.closed > toLinger {
					t.Errorf("answered after %v, closed after %v", got.after, got.closed)
				}
			})
		})
	}
}

// In HTTP/2 many requests share a connection: a refused one does not end it.
func TestHandlerRefusalKeepsHTTP2Connection(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(handler(t, mcptools.WithBearerToken("secret")))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	do := func(body io.Reader) (status int, reused bool) {
		ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) { reused = info.Reused }})
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+"/mcp", body)
		if err != nil {
			t.Fatal(err)
		}
		res, err := server.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if res.ProtoMajor != 2 {
			t.Fatalf("protocol %s", res.Proto)
		}
		_, _ = io.Copy(io.Discard, res.Body) // it may be cut with the request
		return res.StatusCode, reused
	}
	for i := range 3 {
		stalled, writer := io.Pipe()
		if status, reused := do(stalled); status != 401 || reused != (i > 0) {
			t.Errorf("request %d: status %d, on the same connection: %v", i, status, reused)
		}
		closed(t, writer)
	}
}

// A message has its time to arrive, and the connection ends with it.
func TestHandlerStalledMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pipe(t, handler(t))
		got := read(t, p.open(t, stalled("POST", "/mcp", "")))
		if got.status != 400 || !strings.Contains(got.body, "did not arrive whole") || !got.last {
			t.Errorf("%d %s; the connection ends: %v", got.status, got.body, got.last)
		}
		if got.after != toSendBody || got.closed > toSendBody+toLinger {
			t.Errorf("answered after %v, closed after %v", got.after, got.closed)
		}
	})
}

// The time to send a message is over once it has come: a call may take longer, and
// the connection serves the next one.
func TestHandlerCallOutlastsTheTimeToSend(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pipe(t, handlerOf(t, func(ctx context.Context) (string, error) {
			select {
			case <-time.After(2 * toSendBody):
				return "slow", nil
			case <-ctx.Done():
				return "", context.Cause(ctx)
			}
		}))
		session := p.session(t)
		for range 2 {
			text, isError, err := callFunction(t.Context(), session)
			if err != nil || isError || !strings.Contains(text, "slow") {
				t.Errorf("call: %s, %v", text, err)
			}
		}
	})
}

// A client that does not read holds its place no longer than the call may take,
// and the answer.
func TestHandlerUnreadAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const callTimeout = time.Minute
		p := pipe(t, handler(t, mcptools.WithCallTimeout(callTimeout)))
		start := time.Now()
		p.open(t, whole(call("1", "function", `{}`)))
		synctest.Wait() // the call is running
		if err := p.handler.Shutdown(t.Context()); err != nil || time.Since(start) != callTimeout+toReadAnswer {
			t.Errorf("Shutdown after %v: %v", time.Since(start), err)
		}
	})
}

// A refusal that is not read is given up sooner.
func TestHandlerUnreadRefusal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pipe(t, handler(t, mcptools.WithBearerToken("secret")))
		start := time.Now()
		p.open(t, whole(pingHTTP))
		synctest.Wait()
		if err := p.server.Shutdown(t.Context()); err != nil {
			t.Errorf("Shutdown: %v", err)
		}
		if took := time.Since(start); took > toReadAnswer+toLinger {
			t.Errorf("Shutdown after %v", took)
		}
	})
}

// Slow messages take no place of a call.
func TestHandlerSlowMessagesTakeNoPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pipe(t, handler(t, mcptools.WithMaxCalls(1)))
		for range 10 {
			p.open(t, stalled("POST", "/mcp", ""))
		}
		synctest.Wait()
		session, start := p.session(t), time.Now()
		if text, isError, err := callFunction(t.Context(), session); err != nil || isError || time.Since(start) != 0 {
			t.Errorf("call beside slow ones: %s, %v, after %v", text, err, time.Since(start))
		}
	})
}

// Where too many messages arrive slowly, the oldest gives way.
func TestHandlerGivesUpTheSlowestMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pipe(t, handler(t, mcptools.WithMaxCalls(1)))
		oldest := p.open(t, stalled("POST", "/mcp", ""))
		synctest.Wait()
		for range 63 {
			p.open(t, stalled("POST", "/mcp", ""))
		}
		<-time.After(time.Second) // of the bubble's time
		if text, isError, err := callFunction(t.Context(), p.session(t)); err != nil || isError {
			t.Errorf("call beside slow ones: %s, %v", text, err)
		}
		got := read(t, oldest)
		if got.status != 503 || got.header.Get("Retry-After") != "1" || !strings.Contains(got.body, "took long to arrive") || got.after != 0 {
			t.Errorf("the oldest: %d %s after %v", got.status, got.body, got.after)
		}
	})
}

// Nobody who has not sent a whole request can hold up the end. It comes when the
// last running call is done.
func TestHandlerShutdownBesideStalledClients(t *testing.T) {
	t.Parallel()
	const callTime = time.Second
	for _, tt := range []struct{ name, sent string }{
		{"nothing", ""},
		{"half a header", "POST /mcp HTTP/1.1\r\nHo"},
		{"a byte of the message", stalled("POST", "/mcp", "Authorization: Bearer secret\n")},
		{"a byte, without a token", stalled("POST", "/mcp", "")},
		{"a byte, elsewhere", stalled("POST", "/", "")},
		{"a byte for a probe", stalled("POST", "/healthz", "")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := pipe(t, handlerOf(t, func(ctx context.Context) (string, error) {
					select {
					case <-time.After(callTime):
						return "finished", nil
					case <-ctx.Done():
						return "", ctx.Err()
					}
				}, mcptools.WithBearerToken("secret")))
				body := call("1", "function", `{}`)
				running := p.open(t, strings.Replace(whole(body), "\r\n", "\r\nAuthorization: Bearer secret\r\n", 1))
				synctest.Wait()
				start := time.Now()
				conn := p.open(t, tt.sent)
				go func() { _, _ = io.Copy(io.Discard, conn) }() // it reads, and does not close
				synctest.Wait()
				ended := make(chan time.Duration, 1)
				go func() {
					if err := p.handler.Shutdown(t.Context()); err != nil {
						t.Errorf("Shutdown: %v", err)
					}
					if err := p.server.Shutdown(t.Context()); err != nil {
						t.Errorf("the http.Server: %v", err)
					}
					ended <- time.Since(start)
				}()
				if got := read(t, running); got.status != 200 || !strings.Contains(got.body, "finished") {
					t.Errorf("running call: %d %s", got.status, got.body)
				}
				if took := <-ended; took > callTime+time.Second {
					t.Errorf("the end took %v, the call %v", took, callTime)
				}
			})
		})
	}
}

// A message that is still arriving when the end comes was not begun, and its
// client is told so.
func TestHandlerShutdownRefusesArrivingMessages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pipe(t, handler(t))
		conn := p.open(t, stalled("POST", "/mcp", ""))
		synctest.Wait()
		if err := p.handler.Shutdown(t.Context()); err != nil {
			t.Errorf("Shutdown: %v", err)
		}
		for _, client := range []struct {
			name string
			got  answered
		}{
			{"arriving", read(t, conn)},
			{"later", read(t, p.open(t, stalled(http.MethodPost, "/mcp", "")))},
		} {
			if got := client.got; got.status != 503 || !strings.Contains(got.body, "shutting down") || got.after != 0 {
				t.Errorf("%s: %d %s after %v", client.name, got.status, got.body, got.after)
			}
		}
	})
}
