package sandbox_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox"
)

// movable is a clock that a test sets.
type movable struct{ offset atomic.Int64 }

func (m *movable) now() time.Time {
	return time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC).Add(time.Duration(m.offset.Load()))
}
func (m *movable) advance(d time.Duration) { m.offset.Add(int64(d)) }

func TestToken(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t, sandbox.WithTokenLifetime(20*time.Minute))
	c := &client{t: t, base: box.PlatformURL()}
	got := c.post(tokenPath, goodCredentials)
	c.want(got, http.StatusOK)
	if got.get("token_type").String() != "bearer" || got.get("expires_in").Int() != 1200 || got.get("organization_id").String() != sandbox.OrganizationID {
		t.Errorf("token reply %s", got.body)
	}
}

func TestTokenRefusals(t *testing.T) {
	t.Parallel()
	wrong := `{"client_id":"` + sandbox.ClientID + `","client_secret":"wrong"}`
	tests := []struct {
		name, body string
		opts       []sandbox.Option
		status     int
		text       string
	}{
		{"wrong secret", wrong, nil, 401, "Invalid client credentials"},
		{"wrong secret as 403", wrong, []sandbox.Option{sandbox.WithTokenRefusal(403)}, 403, "Invalid client credentials"},
		{"wrong secret as 500", wrong, []sandbox.Option{sandbox.WithTokenRefusal(500)}, 500, "Invalid client credentials"},
		{"missing secret", `{"client_id":"x"}`, nil, 422, "client_secret"},
		{"null id", `{"client_id":null,"client_secret":"x"}`, nil, 422, "client_id"},
		{"no JSON", `{`, nil, 422, "json_invalid"},
		{"no object", `[]`, nil, 422, "dictionary"},
		{"empty", ``, nil, 422, "json_invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t, tt.opts...)
			c := &client{t: t, base: box.PlatformURL()}
			c.wantError(c.post(tokenPath, tt.body), tt.status, tt.text)
		})
	}
}

func TestBearer(t *testing.T) {
	t.Parallel()
	clock := &movable{}
	box, c := connect(t, sandbox.WithClock(clock.now), sandbox.WithTokenLifetime(time.Minute))
	other, _ := connect(t)
	foreign := &client{t: t, base: other.PlatformURL()}
	foreign.login()

	c.want(c.get(workspacePath), http.StatusOK)
	tests := []struct{ name, token string }{
		{"missing", ""},
		{"unknown", "abc"},
		{"of another sandbox", foreign.token},
		{"changed", c.token[:len(c.token)-4] + "AAAA"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			bad := &client{t: t, base: box.PlatformURL(), token: tt.token}
			got := bad.get(workspacePath)
			bad.wantError(got, http.StatusUnauthorized, "")
			if got.header.Get("Www-Authenticate") == "" {
				t.Error("no WWW-Authenticate header")
			}
		})
	}
}

func TestTokensExpire(t *testing.T) {
	t.Parallel()
	clock := &movable{}
	box, c := connect(t, sandbox.WithClock(clock.now), sandbox.WithTokenLifetime(time.Minute))
	clock.advance(59 * time.Second)
	c.want(c.get(workspacePath), http.StatusOK)
	clock.advance(time.Second)
	c.wantError(c.get(workspacePath), http.StatusUnauthorized, "expired")
	c.login()
	c.want(c.get(workspacePath), http.StatusOK)
	box.ExpireTokens()
	c.wantError(c.get(workspacePath), http.StatusUnauthorized, "expired")
}

func TestScopedToken(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	scoped := c.scoped("customer-7")

	info := scoped.get(scopedPath + "/info")
	c.want(info, http.StatusOK)
	if info.get("workspace_name").String() != "customer-7" || info.get("organization_id").String() != sandbox.OrganizationID {
		t.Errorf("info %s", info.body)
	}
	made := c.get(workspacePath + "?name_contains=CUSTOMER-7")
	if made.get("data.#").Int() != 1 || made.get("data.0.id").String() != info.get("workspace_id").String() {
		t.Errorf("the workspace was not made: %s", made.body)
	}
	if again := c.scoped("customer-7").get(scopedPath + "/info"); again.body != info.body {
		t.Errorf("a second token is for %s, the first for %s", again.body, info.body)
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(scoped.token, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	if life := gjson.GetBytes(payload, "exp").Int() - gjson.GetBytes(payload, "iat").Int(); life < 1200 || life > 1201 {
		t.Errorf("the token lives %d s, want 1200", life)
	}
}

func TestScopedTokenReachesOneWorkspace(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	inside, outside := c.scoped(sandbox.Workspace), c.scoped("elsewhere")
	workspace := workspacePath + "/" + sandbox.WorkspaceID

	c.want(inside.execute(`{"entity":"me","action":"get"}`), http.StatusOK)
	c.want(inside.get(workspace), http.StatusOK)
	if got := outside.get(workspacePath); got.get("data.#").Int() != 1 || got.get("data.0.name").String() != "elsewhere" {
		t.Errorf("the workspace list shows %s", got.body)
	}
	if got := outside.get("/api/v1/skills"); got.get("data.#").Int() != 1 {
		t.Errorf("the skill list shows %s", got.body)
	}
	refused := map[string]answer{
		"execute":     outside.execute(`{"entity":"me","action":"get"}`),
		"inspect":     outside.get(connectorPath + "/" + sandbox.ConnectorID + "/inspect"),
		"list":        outside.get(connectorPath + "?workspace_name=default"),
		"create":      outside.post(connectorPath, `{"workspace_name":"default","connector_type":"Pylon","credentials":{"api_token":"x"}}`),
		"workspace":   outside.get(workspace),
		"rename":      inside.put(workspace, `{"name":"x"}`),
		"mint":        inside.post(scopedPath, `{"workspace_name":"x"}`),
		"widget":      inside.post("/api/v1/account/applications/widget-token", `{"workspace_name":"x","allowed_origin":"y"}`),
		"info of app": c.get(scopedPath + "/info"),
	}
	for name, got := range refused {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			(&client{t: t}).wantError(got, http.StatusForbidden, "token")
		})
	}
}

func TestScopedTokenRefusals(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	c.wantError(c.post(scopedPath, `{}`), 422, "workspace_name")
	c.wantError(c.post(scopedPath, `{"workspace_name":" "}`), 422, "at least 1")
	c.wantError(c.post(scopedPath, `{"workspace_name":"x","region_id":"mars"}`), 422, "UUID")
	c.want(c.post(scopedPath, `{"customer_name":"old-name"}`), http.StatusOK)
}

func TestWidgetToken(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	const path = "/api/v1/account/applications/widget-token"
	got := c.post(path, `{"workspace_name":"default","allowed_origin":"https://app.example"}`)
	c.want(got, http.StatusOK)
	raw, err := base64.StdEncoding.DecodeString(got.get("token").String())
	if err != nil {
		t.Fatal(err)
	}
	var payload struct{ WidgetURL, Token string }
	if err := json.Unmarshal(raw, &payload); err != nil {
		t.Fatal(err)
	}
	widget, err := url.Parse(payload.WidgetURL)
	if err != nil || !strings.HasPrefix(payload.WidgetURL, box.PlatformURL()) || widget.Query().Get("workspaceId") != sandbox.WorkspaceID {
		t.Errorf("widgetUrl %q (%v)", payload.WidgetURL, err)
	}
	holder := &client{t: t, base: box.PlatformURL(), token: payload.Token}
	c.want(holder.get(scopedPath+"/info"), http.StatusOK)
	c.wantError(c.post(path, `{"workspace_name":"default"}`), 422, "allowed_origin")
	c.wantError(c.post(path, `{"workspace_name":"default","allowed_origin":"x","selected_source_template_tags_mode":"most"}`), 422, "any")
}
