package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox"
)

const (
	getMe    = `{"entity":"me","action":"get"}`
	makeTeam = `{"entity":"teams","action":"create","params":{"name":"Night shift"}}`
)

func TestFaultAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		fault       sandbox.Fault
		status      int
		body        string
		contentType string
	}{
		{"status", sandbox.Fault{Status: 500}, 500, "", "application/json"},
		{"JSON", sandbox.Fault{Status: 502, Body: `{"detail":[1]}`}, 502, `{"detail":[1]}`, "application/json"},
		{"HTML", sandbox.Fault{Status: 503, Body: "<html>busy</html>"}, 503, "<html>busy</html>", "text/html; charset=utf-8"},
		{"text", sandbox.Fault{Status: 504, Body: "too late"}, 504, "too late", "text/plain; charset=utf-8"},
		{"malformed success", sandbox.Fault{Body: `{"status":`}, 200, `{"status":`, "text/plain; charset=utf-8"},
		{"own type", sandbox.Fault{Status: 400, Body: "{}", Header: http.Header{"content-type": {"application/problem+json"}}}, 400, "{}", "application/problem+json"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box, c := connect(t)
			tt.fault.Route = sandbox.RouteExecute
			box.Inject(tt.fault)
			got := c.execute(getMe)
			if got.status != tt.status || got.body != tt.body || got.header.Get("Content-Type") != tt.contentType {
				t.Errorf("answer %d %q %q", got.status, got.body, got.header.Get("Content-Type"))
			}
			c.want(c.execute(getMe), http.StatusOK)
		})
	}
}

func TestFaultRedirects(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteWorkspaces, Status: http.StatusTemporaryRedirect, Header: http.Header{"Location": {"/api/v1/workspaces/stats"}}})
	if got := c.get(workspacePath); got.get("total_count").Int() != 1 {
		t.Errorf("the redirect led to %s", got.body)
	}
}

func TestFaultRateLimits(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	box.Inject(sandbox.Fault{RetryAfter: 1500 * time.Millisecond, Times: 2})
	for range 2 {
		got := c.execute(getMe)
		if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "2" {
			t.Errorf("answer %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
		}
	}
	c.want(c.execute(getMe), http.StatusOK)
}

func TestFaultsMatchInOrder(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	box.Inject(
		sandbox.Fault{Route: sandbox.RouteExecute, Entity: "issues", Status: 500},
		sandbox.Fault{Route: sandbox.RouteExecute, Entity: "me", Action: "list", Status: 501},
		sandbox.Fault{Route: sandbox.RouteExecute, Entity: "me", Status: 502, Times: 2},
		sandbox.Fault{Route: sandbox.RouteExecute, Action: "get", Status: 503},
		sandbox.Fault{Route: sandbox.RouteToken, Status: 504, Times: -1},
	)
	for i, want := range []int{502, 502, 503, 200} {
		if got := c.execute(getMe).status; got != want {
			t.Errorf("answer %d has status %d, want %d", i, got, want)
		}
	}
	for range 3 {
		if got := c.post(tokenPath, goodCredentials).status; got != 504 {
			t.Errorf("token status %d, want 504", got)
		}
	}
	if left := box.Faults(); len(left) != 3 || left[0].Entity != "issues" || left[0].Times != 1 || left[2].Times != -1 {
		t.Errorf("left: %+v", left)
	}
	box.Reset()
	if left := box.Faults(); len(left) != 0 {
		t.Errorf("left after Reset: %+v", left)
	}
	c.want(c.post(tokenPath, goodCredentials), http.StatusOK)
}

func (c *client) teams() int64 {
	c.t.Helper()
	return c.execute(`{"entity":"teams","action":"list"}`).get("result.data.#").Int()
}

func TestFaultLosesTheAnswer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault sandbox.Fault
		made  int64
	}{
		{"dropped before the work", sandbox.Fault{Drop: true}, 0},
		{"dropped after the work", sandbox.Fault{Drop: true, AfterWork: true}, 1},
		{"gateway time-out before the work", sandbox.Fault{Status: 504}, 0},
		{"gateway time-out after the work", sandbox.Fault{Status: 504, AfterWork: true}, 1},
		{"cut", sandbox.Fault{Truncate: 10}, 1},
		{"cut beyond its end", sandbox.Fault{Truncate: 1 << 20}, 1},
		{"error cut", sandbox.Fault{Status: 500, Body: "broken", Truncate: 3}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box, c := connect(t)
			before := c.teams()
			tt.fault.Route, tt.fault.Action = sandbox.RouteExecute, "create"
			box.Inject(tt.fault)
			got, err := c.try(http.MethodPost, executePath, makeTeam)
			switch {
			case tt.fault.Drop && (err == nil || got.status != 0):
				t.Errorf("answered %d %s", got.status, got.body)
			case tt.fault.Truncate > 0 && (!errors.Is(err, io.ErrUnexpectedEOF) || got.body == ""):
				t.Errorf("read %q, error %v", got.body, err)
			case tt.fault.Status > 0 && got.status != tt.fault.Status:
				t.Errorf("status %d, want %d", got.status, tt.fault.Status)
			}
			if made := c.teams() - before; made != tt.made {
				t.Errorf("%d teams made, want %d", made, tt.made)
			}
		})
	}
}

func TestFaultDelays(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	before := c.teams()
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Delay: 30 * time.Millisecond})
	began := time.Now()
	c.want(c.execute(getMe), http.StatusOK)
	if took := time.Since(began); took < 30*time.Millisecond {
		t.Errorf("answered after %v", took)
	}

	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Delay: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+executePath, strings.NewReader(makeTeam))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	if res, err := http.DefaultClient.Do(req); err == nil { //nolint:forbidigo // a test's loopback traffic
		res.Body.Close()
		t.Error("the delayed request was answered")
	}
	if made := c.teams() - before; made != 0 {
		t.Errorf("the work of a request whose client went away was done")
	}
}

func TestFaultAddsHeaders(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Header: http.Header{"X-Trace": {"abc"}}})
	got := c.execute(getMe)
	c.want(got, http.StatusOK)
	if got.header.Get("X-Trace") != "abc" || got.header.Get("Content-Type") != "application/json" {
		t.Errorf("header %v", got.header)
	}
}
