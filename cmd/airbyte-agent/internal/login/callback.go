package login

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"time"
)

// callback waits on loopback for the redirect that ends a sign-in.
type callback struct {
	state    string
	redirect string
	server   *http.Server
	ended    chan url.Values // what the redirect brought, once
	stopped  chan struct{}
}

// listen opens a free port of 127.0.0.1 for the redirect with this state.
func listen(ctx context.Context, state string) (*callback, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("login: no port on loopback for the browser to come back to: %w", err)
	}
	c := &callback{
		state:    state,
		redirect: "http://" + listener.Addr().String() + "/callback",
		ended:    make(chan url.Values, 1),
		stopped:  make(chan struct{}),
	}
	c.server = &http.Server{
		Handler:           http.HandlerFunc(c.receive),
		ReadHeaderTimeout: 10 * time.Second,
		WriteTimeout:      10 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	go func() {
		defer close(c.stopped)
		// Serve ends when the listener does, which close has asked for.
		_ = c.server.Serve(listener)
	}()
	return c, nil
}

// wait returns what the redirect brought.
func (c *callback) wait(ctx context.Context) (url.Values, error) {
	select {
	case values := <-c.ended:
		return values, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// close lets the last page reach the browser, for a moment, and stops listening.
func (c *callback) close(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if err := c.server.Shutdown(ctx); err != nil {
		_ = c.server.Close()
	}
	<-c.stopped
}

// receive answers the browser. A request with another state is not of this
// sign-in: it gets nothing, and the wait goes on, so that a page which guesses
// the port can neither end it nor slip in a code.
func (c *callback) receive(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer") // the address holds the code
	header.Set("Content-Security-Policy", "default-src 'none'")
	header.Set("Connection", "close")
	if r.Method != http.MethodGet || r.URL.Path != "/callback" {
		answer(w, http.StatusNotFound, "Not found", "This address is for the end of a sign-in.")
		return
	}
	values := r.URL.Query()
	if subtle.ConstantTimeCompare([]byte(values.Get("state")), []byte(c.state)) != 1 {
		answer(w, http.StatusBadRequest, "Not this sign-in", "Start again from the terminal.")
		return
	}
	select {
	case c.ended <- values:
	default: // loaded again
	}
	if values.Get("error") != "" {
		answer(w, http.StatusOK, "Sign-in failed", "The terminal says why. You can close this window.")
		return
	}
	answer(w, http.StatusOK, "Signed in", "Go on in the terminal. You can close this window.")
}

// answer writes a page. Its texts are ours: nothing of the request is repeated.
func answer(w http.ResponseWriter, status int, title, text string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title></head><body><h1>%s</h1><p>%s</p></body></html>\n", title, title, text)
}

// errTooLate is the cause of a sign-in that nobody finished.
var errTooLate = errors.New("nobody signed in")
