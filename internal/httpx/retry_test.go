package httpx_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// counted fails every request and counts them.
type counted struct {
	n   int
	err error
}

func (c *counted) RoundTrip(*http.Request) (*http.Response, error) {
	c.n++
	return nil, c.err
}

func TestNetworkFailures(t *testing.T) {
	t.Parallel()
	refused := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	reset := &net.OpError{Op: "read", Err: syscall.ECONNRESET}
	tests := []struct {
		name  string
		err   error
		write bool
		kind  fault.Kind
		sent  int
	}{
		{"read, not connected", refused, false, fault.Unavailable, 3},
		{"read, connection lost", reset, false, fault.Unavailable, 3},
		{"write, not connected", refused, true, fault.Unavailable, 3},
		{"write, no such host", &net.DNSError{Err: "no such host", Name: "x"}, true, fault.Unavailable, 3},
		{"write, connection lost", reset, true, fault.UnknownOutcome, 1},
		{"write, a transport that says nothing", errors.New("odd"), true, fault.UnknownOutcome, 1},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				transport := &counted{err: tc.err}
				c := httpx.New(httpx.Config{Retries: 2, HTTP: &http.Client{Transport: transport}})
				req := get(t)
				req.Write = tc.write
				_, err := c.Do(t.Context(), req)
				var e *httpx.Error
				if !errors.As(err, &e) || e.Kind != tc.kind || !errors.Is(err, tc.err) || e.Attempts != tc.sent {
					t.Errorf("got %v (%#v)", err, e)
				}
				if transport.n != tc.sent {
					t.Errorf("sent %d times, want %d", transport.n, tc.sent)
				}
			})
		})
	}
}

// TestWriteOverRealConnections uses net/http's own transport, whose traces
// decide whether a write may be repeated.
func TestWriteOverRealConnections(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		handle http.HandlerFunc
		kind   fault.Kind
	}{
		{"dropped before the answer", func(w http.ResponseWriter, _ *http.Request) { hangUp(t, w) }, fault.UnknownOutcome},
		{"dropped in the answer", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			fmt.Fprint(w, "abc")
			hangUp(t, w)
		}, fault.UnknownOutcome},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				calls.Add(1)
				tc.handle(w, r)
			}))
			defer server.Close()
			_, err := httpx.New(httpx.Config{Retries: 2}).Do(t.Context(), post(t, server.URL))
			var e *httpx.Error
			if !errors.As(err, &e) || e.Kind != tc.kind || calls.Load() != 1 {
				t.Errorf("%d calls, got %v", calls.Load(), err)
			}
			if !errors.Is(err, fault.ErrUnavailable) {
				t.Errorf("%v is not ErrUnavailable too", err)
			}
		})
	}
}

func TestWriteRetriedWhenNoConnectionWasMade(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close() // its port now refuses
	start := time.Now()
	_, err := httpx.New(httpx.Config{Retries: 1}).Do(t.Context(), post(t, server.URL))
	var e *httpx.Error
	if !errors.As(err, &e) || e.Kind != fault.Unavailable || e.Attempts != 2 {
		t.Errorf("got %#v", e)
	}
	if time.Since(start) < 200*time.Millisecond {
		t.Error("no delay between the attempts")
	}
}

func post(t *testing.T, base string) *httpx.Request {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	return &httpx.Request{Method: http.MethodPost, URL: u, Header: http.Header{}, Body: []byte(`{}`), Write: true}
}

func hangUp(t *testing.T, w http.ResponseWriter) {
	t.Helper()
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Errorf("hijack: %v", err)
		return
	}
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
}

// silent answers only when the context ends.
type silent struct{}

func (silent) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestTimeLimits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		write   bool
		caller  time.Duration
		kind    fault.Kind
		cause   error
		attempt int
	}{
		{"read, attempt's limit", false, time.Hour, fault.Unavailable, nil, 2},
		{"write, attempt's limit", true, time.Hour, fault.UnknownOutcome, nil, 1},
		{"read, caller's limit", false, time.Second, fault.Canceled, context.DeadlineExceeded, 1},
		{"write, caller's limit", true, time.Second, fault.UnknownOutcome, context.DeadlineExceeded, 1},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), tc.caller)
				defer cancel()
				req := get(t)
				req.Write, req.Timeout = tc.write, 30*time.Second
				_, err := httpx.New(httpx.Config{Retries: 1, HTTP: &http.Client{Transport: silent{}}}).Do(ctx, req)
				var e *httpx.Error
				if !errors.As(err, &e) || e.Kind != tc.kind || e.Attempts != tc.attempt {
					t.Fatalf("got %v (%#v)", err, e)
				}
				if got := errors.Is(err, context.DeadlineExceeded); got != (tc.cause != nil) {
					t.Errorf("is DeadlineExceeded: %v", got)
				}
			})
		})
	}
}

// TestTransportsOwnTimeout: the limits of an injected client call themselves
// by the context's name, but the caller's context goes on.
func TestTransportsOwnTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := httpx.New(httpx.Config{HTTP: &http.Client{Transport: silent{}, Timeout: 5 * time.Second}})
		_, err := c.Do(t.Context(), get(t))
		if !errors.Is(err, fault.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if timeout, ok := errors.AsType[interface {
			error
			Timeout() bool
		}](err); !ok || !timeout.Timeout() {
			t.Errorf("%v is no timeout", err)
		}
	})
}

// TestWriteOverHTTP2: a stream that the server resets had been sent.
func TestWriteOverHTTP2(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("HTTP/%d", r.ProtoMajor)
		}
		calls.Add(1)
		panic(http.ErrAbortHandler)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	_, err := httpx.New(httpx.Config{Retries: 2, HTTP: server.Client()}).Do(t.Context(), post(t, server.URL))
	if !errors.Is(err, fault.ErrUnknownOutcome) || calls.Load() != 1 {
		t.Errorf("%d calls, got %v", calls.Load(), err)
	}
}

// TestUntrustedCertificate: another attempt would end the same.
func TestUntrustedCertificate(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	req := post(t, server.URL)
	req.Write = false
	_, err := httpx.New(httpx.Config{Retries: 2}).Do(t.Context(), req)
	if e, ok := errors.AsType[*httpx.Error](err); !ok || e.Kind != fault.Unavailable || e.Attempts != 1 {
		t.Errorf("got %#v", err)
	}
}

func TestCanceledBeforeSending(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := httpx.New(httpx.Config{}).Do(ctx, post(t, "http://127.0.0.1:1"))
	var e *httpx.Error
	if !errors.As(err, &e) || e.Kind != fault.Canceled || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v: nothing was sent, so nothing is unknown", err)
	}
}

func TestInjectedClientIsNotChanged(t *testing.T) {
	t.Parallel()
	mine := &http.Client{Transport: answer{302, http.NoBody, 0}}
	_, err := httpx.New(httpx.Config{HTTP: mine}).Do(t.Context(), get(t))
	if !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
	if mine.CheckRedirect != nil {
		t.Error("CheckRedirect was set on the caller's client")
	}
}
