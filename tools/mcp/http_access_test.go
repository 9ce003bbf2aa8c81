package mcp_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

const pingHTTP = `{"jsonrpc":"2.0","id":7,"method":"ping"}`

func TestHandlerAccess(t *testing.T) {
	t.Parallel()
	type options []mcptools.HandlerOption
	token := options{mcptools.WithBearerToken("secret")}
	hosts := options{mcptools.WithAllowedHosts("mcp.Example.com", "pinned.example.com:8443", "[::2]")}
	origins := options{mcptools.WithAllowedOrigins("https://app.example.com")}
	tests := []struct {
		name   string
		opts   options
		header []string
		want   int
	}{
		{"loopback", nil, nil, 200},
		{"localhost", nil, []string{"Host", "LOCALHOST:8080"}, 200},
		{"IPv6 loopback", nil, []string{"Host", "[::1]:8080"}, 200},
		{"IPv6 loopback without a port", nil, []string{"Host", "[::1]"}, 200},
		{"a name that was made to point here", nil, []string{"Host", "evil.example.com"}, 403},
		{"a name that begins like an allowed one", nil, []string{"Host", "localhost.evil.example.com"}, 403},
		{"allowed host", hosts, []string{"Host", "mcp.example.com"}, 200},
		{"allowed host with its port", hosts, []string{"Host", "mcp.example.com:443"}, 200},
		{"allowed host as a full name", hosts, []string{"Host", "mcp.example.com."}, 200},
		{"allowed host and port", hosts, []string{"Host", "pinned.example.com:8443"}, 200},
		{"allowed host, another port", hosts, []string{"Host", "pinned.example.com:80"}, 403},
		{"allowed address", hosts, []string{"Host", "[::2]:80"}, 200},
		{"the defaults are replaced", hosts, []string{"Host", "localhost"}, 403},
		{"any host", options{mcptools.WithAllowedHosts("*")}, []string{"Host", "evil.example.com"}, 200},
		{"no host", options{mcptools.WithAllowedHosts()}, nil, 403},

		{"foreign origin", nil, []string{"Origin", "https://evil.example.com"}, 403},
		{"origin of a file", nil, []string{"Origin", "null"}, 403},
		{"own origin", nil, []string{"Origin", "http://localhost"}, 403},
		{"allowed origin", origins, []string{"Origin", "https://app.example.com"}, 200},
		{"allowed origin, another scheme", origins, []string{"Origin", "http://app.example.com"}, 403},
		{"allowed origin, another port", origins, []string{"Origin", "https://app.example.com:1"}, 403},
		{"no origin where one is allowed", origins, nil, 200},
		{"any origin", options{mcptools.WithAllowedOrigins("*")}, []string{"Origin", "null"}, 200},

		{"token", token, []string{"Authorization", "Bearer secret"}, 200},
		{"token, scheme in small letters", token, []string{"Authorization", "bearer secret"}, 200},
		{"no token", token, nil, 401},
		{"wrong token", token, []string{"Authorization", "Bearer secreT"}, 401},
		{"token and more", token, []string{"Authorization", "Bearer secret more"}, 401},
		{"another scheme", token, []string{"Authorization", "Basic secret"}, 401},
		{"empty token", token, []string{"Authorization", "Bearer "}, 401},
		{"host before token", token, []string{"Host", "evil.example.com"}, 403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, function(t, ran), tt.opts...)
			got := send(t, http.MethodPost, s.url+"/mcp", pingHTTP, tt.header...)
			if got.status != tt.want {
				t.Fatalf("status %d, want %d: %s", got.status, tt.want, got.body)
			}
			challenge := got.header.Get("WWW-Authenticate")
			if wants := tt.want == 401; strings.HasPrefix(challenge, "Bearer ") != wants {
				t.Errorf("WWW-Authenticate: %q", challenge)
			}
			if tt.want != 200 && !strings.HasPrefix(got.body, `{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"`) {
				t.Errorf("body: %s", got.body)
			}
			if strings.Contains(got.body, "secret") {
				t.Errorf("the token is in the answer: %s", got.body)
			}
			if health := send(t, http.MethodGet, s.url+"/healthz", "", tt.header...); health.status != 200 {
				t.Errorf("healthz: %d", health.status)
			}
		})
	}
}

// The official client reports what it was refused for.
func TestHandlerRefusesTheOfficialClient(t *testing.T) {
	t.Parallel()
	s := listen(t, function(t, ran), mcptools.WithBearerToken("secret"))
	for _, tt := range []struct {
		name   string
		header []string
		want   string
	}{
		{"no token", nil, "Unauthorized"},
		{"wrong token", []string{"Authorization", "Bearer x"}, "Unauthorized"},
		{"wrong host", []string{"Host", "evil.example.com"}, "Forbidden"},
		{"wrong origin", []string{"Origin", "https://evil.example.com"}, "Forbidden"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := dial(t, s.url, tt.header...); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Connect: %v, want %s", err, tt.want)
			}
		})
	}
}

// A path that is nearly right is not there, rather than a method that is wrong.
func TestHandlerTellsTheOfficialClientOfAWrongPath(t *testing.T) {
	t.Parallel()
	s := listen(t, function(t, ran))
	for _, path := range []string{"/", "/mcp/", "/sse"} {
		client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
		_, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: s.url + path, HTTPClient: newClient(t), MaxRetries: -1}, nil)
		if err == nil || !strings.Contains(err.Error(), "Not Found") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A browser sends one origin; whoever sends two hopes that the wrong one is read.
func TestHandlerTwoOrigins(t *testing.T) {
	t.Parallel()
	s := listen(t, function(t, ran), mcptools.WithAllowedOrigins("https://app.example.com"))
	for _, origins := range [][]string{
		{"https://app.example.com", "https://evil.example.com"},
		{"https://evil.example.com", "https://app.example.com"},
		{"https://app.example.com", "https://app.example.com"},
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/mcp", strings.NewReader(pingHTTP))
		if err != nil {
			t.Fatal(err)
		}
		req.Header["Origin"] = origins
		res, err := newClient(t).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if res.StatusCode != http.StatusForbidden || res.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%q: %d %v", origins, res.StatusCode, res.Header)
		}
	}
}

// A page of an allowed origin may ask, call, and read the answer.
func TestHandlerPreflight(t *testing.T) {
	t.Parallel()
	s := listen(t, function(t, ran), mcptools.WithBearerToken("secret"), mcptools.WithAllowedOrigins("https://app.example.com"))
	ask := []string{
		"Origin", "https://app.example.com", "Access-Control-Request-Method", "POST",
		"Access-Control-Request-Headers", "authorization,content-type",
	}
	got := send(t, http.MethodOptions, s.url+"/mcp", "", ask...)
	if got.status != 204 || got.header.Get("Access-Control-Allow-Origin") != "https://app.example.com" ||
		got.header.Get("Access-Control-Allow-Methods") != "POST" || got.header.Get("Access-Control-Allow-Headers") != "authorization,content-type" {
		t.Errorf("preflight: %d %v", got.status, got.header)
	}
	call := send(t, http.MethodPost, s.url+"/mcp", pingHTTP, "Origin", "https://app.example.com", "Authorization", "Bearer secret")
	if call.status != 200 || call.header.Get("Access-Control-Allow-Origin") != "https://app.example.com" || call.header.Get("Vary") != "Origin" {
		t.Errorf("call: %d %v", call.status, call.header)
	}
	ask[1] = "https://evil.example.com"
	if got := send(t, http.MethodOptions, s.url+"/mcp", "", ask...); got.status != 403 || got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("preflight of a foreign page: %d %v", got.status, got.header)
	}
}

func TestHandlerOptionErrors(t *testing.T) {
	t.Parallel()
	server := newServer(t, function(t, ran))
	for _, tt := range []struct {
		name   string
		server *mcp.Server
		opt    mcptools.HandlerOption
		want   string // in the message
	}{
		{"no server", nil, nil, "no server"},
		{"path without slash", server, mcptools.WithPath("mcp"), "begins with /"},
		{"path of a health check", server, mcptools.WithPath("/readyz"), "health"},
		{"host with a scheme", server, mcptools.WithAllowedHosts("https://x"), "https://x"},
		{"empty host", server, mcptools.WithAllowedHosts(""), "host"},
		{"origin without a scheme", server, mcptools.WithAllowedOrigins("app.example.com"), "app.example.com"},
		{"origin with a path", server, mcptools.WithAllowedOrigins("https://app.example.com/"), "scheme and a host"},
		{"empty token", server, mcptools.WithBearerToken(""), "empty token"},
		{"token with a newline", server, mcptools.WithBearerToken("canary\n"), "spaces"},
		{"body", server, mcptools.WithMaxBodyBytes(0), "at least 1"},
		{"calls", server, mcptools.WithMaxCalls(0), "at least 1"},
		{"timeout", server, mcptools.WithCallTimeout(-time.Second), "more than 0"},
		{"readiness", server, mcptools.WithReadiness(nil), "no check"},
		{"logger", server, mcptools.WithHandlerLogger(nil), "no logger"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := mcptools.NewHandler(tt.server, tt.opt)
			if !errors.Is(err, connector.ErrConfig) || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "canary") {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
	if _, err := mcptools.NewHandler(server, nil, mcptools.WithReadiness(func(context.Context) error { return nil })); err != nil {
		t.Error(err)
	}
}
