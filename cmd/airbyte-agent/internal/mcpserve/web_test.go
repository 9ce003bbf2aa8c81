package mcpserve_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/mcpserve"
)

// file writes a file that only the test has.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// serve runs mcp serve in direct mode, and returns the address that it prints and
// what it ends with once stop was called.
func serve(t *testing.T, args ...string) (url string, stop func(), ended <-chan error) {
	t.Helper()
	r, w := io.Pipe()
	a := &app.App{In: strings.NewReader(""), Out: w, Err: io.Discard, Version: "test", Flags: app.Flags{Format: app.FormatAuto}}
	t.Cleanup(a.Close)
	cmd := mcpserve.Command(a)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(append([]string{
		"serve", "--connector", "pylon", "--mode", "direct",
		"--service-credentials", "@" + file(t, "credentials.json", `{"api_token":"unused"}`),
	}, args...))
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	result := make(chan error, 1)
	go func() {
		err := cmd.ExecuteContext(ctx)
		result <- err
		_ = w.CloseWithError(errors.Join(err, io.EOF)) // it always returns nil
	}()
	var where struct{ URL string }
	if err := json.NewDecoder(r).Decode(&where); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, r) }()
	return where.URL, stop, result
}

// ping asks under the name of a host and returns the status.
func ping(t *testing.T, url, host, token string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"ping"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode
}

// A token protects an address that others reach under any name; where only this
// machine can, foreign names are pages that were led here.
func TestServeHosts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, address string
		args          []string
		host, token   string
		want          int
	}{
		{"others, any host", ":0", nil, "mcp.example.com", "secret", 200},
		{"others, any host, no token", ":0", nil, "mcp.example.com", "", 401},
		{"others, the named host", ":0", []string{"--allow-host", "mcp.example.com"}, "mcp.example.com", "secret", 200},
		{"others, another host", ":0", []string{"--allow-host", "mcp.example.com"}, "evil.example.com", "secret", 403},
		{"this machine, its name", "127.0.0.1:0", nil, "localhost", "secret", 200},
		{"this machine, another host", "127.0.0.1:0", nil, "mcp.example.com", "secret", 403},
		{"this machine, the named host", "127.0.0.1:0", []string{"--allow-host", "mcp.example.com"}, "mcp.example.com", "secret", 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"--http", tt.address, "--bearer-token-file", file(t, "token", "secret\n")}, tt.args...)
			url, stop, ended := serve(t, args...)
			if got := ping(t, url, tt.host, tt.token); got != tt.want {
				t.Errorf("status %d, want %d", got, tt.want)
			}
			stop()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("it ended with %v", err)
			}
		})
	}
}

// Connections that say nothing, or stop in the middle, do not hold up its end:
// net/http alone would wait for more than five seconds.
func TestServeEndsBesideStalledClients(t *testing.T) {
	t.Parallel()
	url, stop, ended := serve(t, "--http", "127.0.0.1:0", "--bearer-token-file", file(t, "token", "secret\n"))
	address := strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/mcp")
	const head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
	for _, sent := range []string{"", head, head + "\r\n{", head + "Authorization: Bearer secret\r\n\r\n{"} {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() }) // the server has closed it
		if _, err := io.WriteString(conn, sent); err != nil {
			t.Fatal(err)
		}
	}
	if got := ping(t, url, "localhost", "secret"); got != 200 { // they came before, so they were accepted before
		t.Errorf("status %d", got)
	}
	start := time.Now()
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if took := time.Since(start); took > 4*time.Second {
		t.Errorf("it ended after %v", took)
	}
}
