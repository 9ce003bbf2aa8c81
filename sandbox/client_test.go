package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox"
)

const (
	tokenPath     = "/api/v1/account/applications/token"
	scopedPath    = "/api/v1/account/applications/scoped-token"
	workspacePath = "/api/v1/workspaces"
	connectorPath = "/api/v1/integrations/connectors"
	templatePath  = "/api/v1/integrations/templates/sources"
	executePath   = connectorPath + "/" + sandbox.ConnectorID + "/execute"

	goodCredentials = `{"client_id":"` + sandbox.ClientID + `","client_secret":"` + sandbox.ClientSecret + `"}`
	unknownID       = "11111111-2222-4333-8444-555555555555"
)

// answer is one response with its body read.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) get(path string) gjson.Result { return gjson.Get(a.body, path) }

// client speaks plain HTTP to a sandbox.
type client struct {
	t     *testing.T
	base  string
	token string
	org   string
}

// connect starts a sandbox and gets an application token.
func connect(t *testing.T, opts ...sandbox.Option) (*sandbox.Sandbox, *client) {
	t.Helper()
	box := sandbox.Test(t, opts...)
	c := &client{t: t, base: box.PlatformURL()}
	c.login()
	return box, c
}

func (c *client) login() {
	c.t.Helper()
	got := c.post(tokenPath, goodCredentials)
	c.want(got, http.StatusOK)
	c.token = got.get("access_token").String()
}

// scoped is a client that holds a scoped token for the workspace.
func (c *client) scoped(workspace string) *client {
	c.t.Helper()
	got := c.post(scopedPath, `{"workspace_name":"`+workspace+`"}`)
	c.want(got, http.StatusOK)
	return &client{t: c.t, base: c.base, token: got.get("token").String()}
}

func (c *client) get(path string) answer { c.t.Helper(); return c.do(http.MethodGet, path, "") }
func (c *client) post(path, body string) answer {
	c.t.Helper()
	return c.do(http.MethodPost, path, body)
}

func (c *client) put(path, body string) answer { c.t.Helper(); return c.do(http.MethodPut, path, body) }

func (c *client) delete(path string) answer { c.t.Helper(); return c.do(http.MethodDelete, path, "") }

func (c *client) execute(body string) answer { c.t.Helper(); return c.post(executePath, body) }

func (c *client) do(method, path, body string) answer {
	c.t.Helper()
	got, err := c.try(method, path, body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return got
}

// try returns the transport's error, and what was read before it.
func (c *client) try(method, path, body string) (answer, error) {
	c.t.Helper()
	if !strings.HasPrefix(path, "http") {
		path = c.base + path
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.org != "" {
		req.Header.Set("X-Organization-Id", c.org)
	}
	res, err := http.DefaultClient.Do(req) //nolint:forbidigo // a test's loopback traffic
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	read, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, string(read)}, err
}

// want checks the status and that the body is compact JSON.
func (c *client) want(got answer, status int) {
	c.t.Helper()
	if got.status != status {
		c.t.Fatalf("status %d, want %d; body %s", got.status, status, got.body)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(got.body)); err != nil {
		c.t.Fatalf("body is not JSON: %v: %s", err, got.body)
	}
}

// wantError checks the status, the error's shape for it, and its text.
func (c *client) wantError(got answer, status int, text string) {
	c.t.Helper()
	c.want(got, status)
	message := got.get("message")
	switch status {
	case http.StatusForbidden, http.StatusNotFound:
		message = got.get(`[message,detail]`)
	case http.StatusUnprocessableEntity:
		message = got.get("detail")
		if !message.IsArray() || !message.Get("0.loc").IsArray() || !message.Get("0.msg").Exists() {
			c.t.Errorf("detail is no list of problems: %s", got.body)
		}
	default:
		if !got.get("errors").IsArray() {
			c.t.Errorf("errors is not a list: %s", got.body)
		}
	}
	if !strings.Contains(message.Raw, text) {
		c.t.Errorf("body %s does not say %q", got.body, text)
	}
}
