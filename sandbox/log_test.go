package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestRequests(t *testing.T) {
	t.Parallel()
	clock := &movable{}
	box, c := connect(t, sandbox.WithClock(clock.now))
	c.org = sandbox.OrganizationID
	c.execute(getMe)
	c.get(workspacePath + "?limit=3")
	c.wantError(c.get(workspacePath+"/"+unknownID), http.StatusNotFound, "")

	type row struct {
		Method, Path, Query, Route, Entity, Action, Org, Body string
		Status                                                int
	}
	var got []row
	for _, r := range box.Requests() {
		if !r.Time.Equal(clock.now()) {
			t.Errorf("%s %s at %v", r.Method, r.Path, r.Time)
		}
		got = append(got, row{r.Method, r.Path, r.Query, r.Route, r.Entity, r.Action, r.OrganizationID, string(r.Body), r.Status})
	}
	want := []row{
		{Method: "POST", Path: tokenPath, Route: sandbox.RouteToken, Status: 200, Body: `{"client_id":"` + sandbox.ClientID + `","client_secret":"[redacted]"}`},
		{Method: "POST", Path: executePath, Route: sandbox.RouteExecute, Entity: "me", Action: "get", Org: sandbox.OrganizationID, Body: getMe, Status: 200},
		{Method: "GET", Path: workspacePath, Query: "limit=3", Route: sandbox.RouteWorkspaces, Org: sandbox.OrganizationID, Status: 200},
		{Method: "GET", Path: workspacePath + "/" + unknownID, Route: sandbox.RouteWorkspaceGet, Org: sandbox.OrganizationID, Status: 404},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRequestsHoldNoSecret(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	const secret = "canary-5f1c"
	body := `{"workspace_name":"default","connector_type":"Pylon","credentials":{"api_token":"` + secret + `"}}`
	c.want(c.post(connectorPath, body), http.StatusOK)
	c.want(c.post(connectorPath+"/check", body), http.StatusOK)
	c.post(tokenPath, `{"client_id":"x","client_secret":"`+secret+`"}`)
	c.post(tokenPath, `{"client_secret":"`+secret)
	other := &client{t: t, base: c.base, token: secret}
	other.get(workspacePath)

	shown := fmt.Sprintf("%+v %s", box.Requests(), box.Unexpected())
	for _, r := range box.Requests() {
		shown += string(r.Body)
	}
	for _, hidden := range []string{secret, c.token, sandbox.ClientSecret} {
		if strings.Contains(shown, hidden) {
			t.Errorf("the log shows %q", hidden)
		}
	}
}

func TestRequestsTellTokensApart(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	c.get(workspacePath)
	c.get(workspacePath)
	c.login()
	c.get(workspacePath)
	var bearers []string
	for _, r := range box.Requests() {
		if r.Route == sandbox.RouteWorkspaces {
			bearers = append(bearers, r.Bearer)
		}
	}
	if len(bearers) != 3 || bearers[0] == "" || bearers[0] != bearers[1] || bearers[1] == bearers[2] {
		t.Errorf("bearers %q", bearers)
	}
	if first := box.Requests()[0]; first.Bearer != "" {
		t.Errorf("the token request has bearer %q", first.Bearer)
	}
}

func TestCountAndReset(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	c.execute(getMe)
	c.execute(getMe)
	if got := box.Count(sandbox.RouteExecute); got != 2 {
		t.Errorf("%d executes, want 2", got)
	}
	box.Reset()
	if box.Count(sandbox.RouteExecute) != 0 || len(box.Requests()) != 0 {
		t.Error("Reset left something")
	}
	c.want(c.execute(getMe), http.StatusOK)
	if box.Count(sandbox.RouteExecute) != 1 {
		t.Error("counting stopped after Reset")
	}
}

func TestRequestsShowDroppedConnections(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Drop: true})
	if _, err := c.try(http.MethodPost, executePath, getMe); err == nil {
		t.Fatal("the request was answered")
	}
	requests := box.Requests()
	if last := requests[len(requests)-1]; last.Route != sandbox.RouteExecute || last.Status != 0 {
		t.Errorf("the log shows %+v", last)
	}
}

func TestLargeBodiesAreRefused(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	got, err := c.try(http.MethodPost, executePath, `{"entity":"`+strings.Repeat("x", 17<<20)+`"}`)
	if err == nil && got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", got.status)
	}
}
