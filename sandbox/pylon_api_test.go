package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox"
)

// pylonClient speaks plain HTTP to the Pylon API of a sandbox.
func pylonClient(t *testing.T, opts ...sandbox.Option) (*sandbox.Sandbox, *client) {
	t.Helper()
	box := sandbox.Test(t, opts...)
	return box, &client{t: t, base: box.PylonURL(), token: sandbox.PylonToken}
}

func TestPylonAPIServesTheConnectorsRecords(t *testing.T) {
	t.Parallel()
	box, hosted := connect(t)
	direct := &client{t: t, base: box.PylonURL(), token: sandbox.PylonToken}
	want := hosted.execute(getMe).get("result.id").String()
	if got := direct.get("/me").get("data.id").String(); got != want || want == "" {
		t.Errorf("organization %q, want %q", got, want)
	}
	hosted.want(hosted.execute(makeTeam), http.StatusOK)
	if got := direct.get("/teams"); !strings.Contains(got.body, "Night shift") {
		t.Error("the Pylon API does not show what the connector wrote")
	}
	made := direct.post("/tags", `{"value":"by-rest","object_type":"issue"}`).get("data.id").String()
	read := hosted.execute(`{"entity":"tags","action":"get","params":{"id":"` + made + `"}}`)
	if got := read.get("result.value").String(); got != "by-rest" {
		t.Errorf("the connector shows %q", got)
	}
}

func TestPylonTokens(t *testing.T) {
	t.Parallel()
	_, c := pylonClient(t)
	for token, code := range map[string]string{
		"":                   "invalid_authorization_header",
		"other":              "invalid_api_token",
		sandbox.PylonEUToken: "wrong_region_token",
		sandbox.ClientSecret: "invalid_api_token",
	} {
		got := (&client{t: t, base: c.base, token: token}).get("/me")
		if got.status != http.StatusUnauthorized || got.get("code").String() != code {
			t.Errorf("token %q: %d %s", token, got.status, got.body)
		}
	}
}

func TestPylonRequestsAreLogged(t *testing.T) {
	t.Parallel()
	box, c := pylonClient(t)
	const tag = `{"value":"v","object_type":"issue"}`
	c.post("/tags?x=1", tag)
	c.get("/issues/a%20b")
	var got []string
	for _, r := range box.Requests() {
		got = append(got, fmt.Sprintf("%s %s %s %s %d %s", r.Route, r.Method, r.Path, r.Query, r.Status, r.Body))
		if r.Header.Get("Authorization") != "" || r.Bearer == "" {
			t.Errorf("header %v, bearer %q", r.Header, r.Bearer)
		}
	}
	want := []string{"pylon POST /pylon/tags x=1 200 " + tag, "pylon GET /pylon/issues/a%20b  404 "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := box.Count(sandbox.RoutePylon); n != 2 {
		t.Errorf("%d requests counted", n)
	}
	if shown := fmt.Sprintf("%+v", box.Requests()); strings.Contains(shown, sandbox.PylonToken) {
		t.Error("the log shows the token")
	}
}

func TestUnknownPylonRoutesAreComplainedAbout(t *testing.T) {
	t.Parallel()
	box := start() // not Test: it fails on what this test does
	defer box.Close()
	c := &client{t: t, base: box.PylonURL(), token: sandbox.PylonToken}
	for _, tt := range []struct {
		method, path string
		status       int
		code         string
	}{
		{http.MethodGet, "/nothing", 404, "not_found"},
		{http.MethodPut, "/issues", 405, "method_not_allowed"},
		{http.MethodGet, "", 404, "not_found"},
		{http.MethodGet, "/issues/", 404, "not_found"},
	} {
		got := c.do(tt.method, tt.path, "")
		if got.status != tt.status || got.get("code").String() != tt.code || len(got.get("request_id").String()) != 36 {
			t.Errorf("%s %s: %d %s", tt.method, tt.path, got.status, got.body)
		}
	}
	if n := len(box.Unexpected()); n != 4 {
		t.Errorf("%d complaints: %q", n, box.Unexpected())
	}
	if requests := box.Requests(); requests[0].Route != "" || requests[0].Status != 404 {
		t.Errorf("the log shows %+v", requests[0])
	}
}

func TestPylonFaults(t *testing.T) {
	t.Parallel()
	box, c := pylonClient(t)
	box.Inject(
		sandbox.Fault{Route: sandbox.RouteExecute, Status: 500}, // not for this face
		sandbox.Fault{Route: sandbox.RoutePylon, RetryAfter: 3 * time.Second},
		sandbox.Fault{Route: sandbox.RoutePylon, Status: 503, Body: "<html>busy</html>"},
		sandbox.Fault{Route: sandbox.RoutePylon, Header: http.Header{"X-Extra": {"1"}}},
		sandbox.Fault{Route: sandbox.RoutePylon, AfterWork: true, Drop: true},
	)
	if got := c.get("/me"); got.status != 429 || got.header.Get("X-Retry-After") != "3" || got.header.Get("Retry-After") != "" {
		t.Errorf("rate limit: %d %v", got.status, got.header)
	}
	if got := c.get("/me"); got.status != 503 || got.body != "<html>busy</html>" {
		t.Errorf("busy: %d %s", got.status, got.body)
	}
	if got := c.get("/me"); got.status != 200 || got.header.Get("X-Extra") != "1" || got.header.Get("X-Pylon-Request-Id") == "" {
		t.Errorf("a header more: %d %v", got.status, got.header)
	}
	if _, err := c.try(http.MethodPost, "/tags", `{"value":"lost","object_type":"issue"}`); err == nil {
		t.Error("the dropped request was answered")
	}
	if got := c.get("/tags"); !strings.Contains(got.body, `"lost"`) {
		t.Error("the work of the dropped request was not done")
	}
	if left := box.Faults(); len(left) != 1 || left[0].Route != sandbox.RouteExecute {
		t.Errorf("faults left: %+v", left)
	}
}

func TestPylonUpload(t *testing.T) {
	t.Parallel()
	_, c := pylonClient(t)
	const body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--b--\r\n"
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.base+"/attachments", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	res, err := (&http.Client{}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestPylonBodyLimit(t *testing.T) {
	t.Parallel()
	_, c := pylonClient(t)
	got, err := c.try(http.MethodPost, "/tags", `{"value":"`+strings.Repeat("x", 11<<20)+`"}`)
	if err == nil && (got.status != http.StatusRequestEntityTooLarge || !got.get("errors.0").Exists()) {
		t.Errorf("%d %.200s", got.status, got.body)
	}
}

func TestPylonSwitches(t *testing.T) {
	t.Parallel()
	const nothing = `{"search_text":"no issue says this"}`
	year := "/issues?start_time=2026-01-01T00:00:00Z&end_time=2026-10-01T00:00:00Z"
	t.Run("as it is", func(t *testing.T) {
		t.Parallel()
		_, c := pylonClient(t)
		if c.get("/teams").get("pagination").Exists() || c.post("/issues/search", nothing).get("data").Exists() {
			t.Error("a last page has pagination, or an empty search has data")
		}
		c.wantPylonError(c.get(year), http.StatusBadRequest, "at most 30 days")
		for range 31 {
			c.want(c.get("/issue-statuses"), http.StatusOK)
		}
	})
	t.Run("switched", func(t *testing.T) {
		t.Parallel()
		_, c := pylonClient(t, sandbox.WithPylonLastPagination(), sandbox.WithPylonEmptyData(), sandbox.WithPylonRateLimits(),
			sandbox.WithPylonRetryAfter(), sandbox.WithIssueWindow(365*24*time.Hour), sandbox.WithPageSize("teams", 3))
		if got := c.get("/users").get("pagination"); got.Raw != `{"cursor":"","has_next_page":false}` {
			t.Errorf("pagination of a last page: %s", got)
		}
		if got := c.get("/teams"); got.get("data.#").Int() != 3 || !got.get("pagination.has_next_page").Bool() {
			t.Errorf("a page of three: %s", got.body)
		}
		if got := c.post("/issues/search", nothing).get("data"); got.Raw != "[]" {
			t.Errorf("data of an empty search: %s", got)
		}
		c.want(c.get(year), http.StatusOK)
		for range 30 {
			c.want(c.get("/issue-statuses"), http.StatusOK)
		}
		got := c.get("/issue-statuses")
		c.wantPylonError(got, http.StatusTooManyRequests, "Too many requests")
		if got.header.Get("X-Retry-After") == "" || got.header.Get("Retry-After") == "" {
			t.Errorf("headers %v", got.header)
		}
	})
}

func (c *client) wantPylonError(got answer, status int, says string) {
	c.t.Helper()
	if got.status != status || !strings.Contains(got.get("errors.0").String(), says) {
		c.t.Errorf("%d %s, want %d with %q", got.status, got.body, status, says)
	}
}
