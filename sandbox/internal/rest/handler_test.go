package rest_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
	"github.com/agentsdk-go/airbyte/sandbox/internal/rest"
)

const (
	token   = "token"
	euToken = "eu-token"
	header  = "X-Pylon-Request-ID"
)

func newAPI(opts rest.Options) *rest.Handler {
	opts.Token, opts.OtherRegionToken = token, euToken
	return rest.NewHandler(pylon.NewOrganization(nil), opts)
}

// call is "METHOD /path", authorized unless the header says otherwise.
func call(tb testing.TB, api http.Handler, call, body string, header ...string) *httptest.ResponseRecorder {
	tb.Helper()
	method, target, _ := strings.Cut(call, " ")
	r := httptest.NewRequestWithContext(tb.Context(), method, target, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	api.ServeHTTP(w, r)
	return w
}

type answer struct {
	Data      json.RawMessage `json:"data"`
	Errors    []string        `json:"errors"`
	Code      string          `json:"code"`
	ExistsID  string          `json:"exists_id"`
	RequestID string          `json:"request_id"`
}

// open checks what every answer has in common.
func open(tb testing.TB, w *httptest.ResponseRecorder) answer {
	tb.Helper()
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		tb.Fatalf("%s: %v", w.Body, err)
	}
	if kind := w.Header().Get("Content-Type"); kind != "application/json" {
		tb.Errorf("Content-Type = %q", kind)
	}
	if len(a.RequestID) != 36 || w.Header().Get(header) != a.RequestID {
		tb.Errorf("request_id %q, header %q", a.RequestID, w.Header().Get(header))
	}
	return a
}

func TestOrderOfChecks(t *testing.T) {
	t.Parallel()
	api := newAPI(rest.Options{})
	const auth = "Authorization"
	for name, c := range map[string]struct {
		call, body string
		header     []string
		status     int
		code, says string
	}{
		"unknown route before auth":    {"GET /nothing", "", []string{auth, ""}, 404, "not_found", "Not a valid API URL!"},
		"wrong method before auth":     {"PUT /issues", "", []string{auth, ""}, 405, "method_not_allowed", "Method not allowed"},
		"the root":                     {"GET /", "", nil, 404, "not_found", "Not a valid API URL!"},
		"a trailing slash":             {"GET /issues/", "", nil, 404, "not_found", "Not a valid API URL!"},
		"a path that is not clean":     {"GET /issues/../me", "", nil, 404, "not_found", "Not a valid API URL!"},
		"an empty segment":             {"GET /issues//messages", "", nil, 404, "not_found", "Not a valid API URL!"},
		"no token":                     {"GET /me", "", []string{auth, ""}, 401, "invalid_authorization_header", "Token must follow Bearer authorization scheme"},
		"another scheme":               {"GET /me", "", []string{auth, "Basic " + token}, 401, "invalid_authorization_header", "Bearer"},
		"a scheme and no token":        {"GET /me", "", []string{auth, "Bearer "}, 401, "invalid_authorization_header", "Bearer"},
		"an unknown token":             {"GET /me", "", []string{auth, "Bearer other"}, 401, "invalid_api_token", "Invalid API token!"},
		"a token of the other region":  {"GET /me", "", []string{auth, "Bearer " + euToken}, 401, "wrong_region_token", "other region"},
		"token before body":            {"POST /issues", "{", []string{auth, "Bearer other"}, 401, "invalid_api_token", "Invalid API token!"},
		"no JSON":                      {"POST /issues", "{", nil, 400, "", "JSON object"},
		"JSON, but no object":          {"POST /issues", "[1]", nil, 400, "", "JSON object"},
		"null":                         {"POST /issues", "null", nil, 400, "", "JSON object"},
		"parameters before the record": {"PATCH /issues/unknown", `{"state":"asleep"}`, nil, 400, "", "state"},
		"the record":                   {"PATCH /issues/unknown", `{"state":"closed"}`, nil, 404, "not_found", "Issue not found!"},
		"an upload that is none":       {"POST /attachments", "{}", nil, 400, "", "multipart/form-data"},
		"a multipart without boundary": {"POST /attachments", "x", []string{"Content-Type", "multipart/form-data"}, 400, "", "multipart form"},
		"a multipart that is cut":      {"POST /attachments", "--b\r\nContent-Disposition: form-data; name=file\r\n\r\nhel", []string{"Content-Type", "multipart/form-data; boundary=b"}, 400, "", "multipart form"},
		"a query that is no number":    {"GET /accounts?limit=ten", "", nil, 400, "", "limit must be an integer"},
		"a path value that is escaped": {"GET /accounts/..%2Fme", "", nil, 404, "not_found", "Account not found!"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := call(t, api, c.call, c.body, c.header...)
			a := open(t, w)
			if w.Code != c.status || a.Code != c.code || len(a.Errors) != 1 || !strings.Contains(a.Errors[0], c.says) {
				t.Errorf("%d %s, want %d, code %q, %q", w.Code, w.Body, c.status, c.code, c.says)
			}
			authorized := c.status != 401 && a.Code != "method_not_allowed" && !strings.Contains(w.Body.String(), "API URL")
			if got := w.Header().Get("X-Rate-Limit-Remaining"); (got != "") != authorized {
				t.Errorf("X-Rate-Limit-Remaining = %q", got)
			}
		})
	}
}

func TestSuccess(t *testing.T) {
	t.Parallel()
	api := newAPI(rest.Options{})
	w := call(t, api, "GET /me", "", "Authorization", "bearer "+token)
	if a := open(t, w); w.Code != 200 || !strings.Contains(string(a.Data), "Northlight Analytics") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if got := w.Header().Get("X-Rate-Limit-Remaining"); got != "299" {
		t.Errorf("X-Rate-Limit-Remaining = %q", got)
	}
	w = call(t, api, "DELETE /issues/1001", "")
	if a := open(t, w); w.Code != 200 || w.Body.String() != `{"request_id":"`+a.RequestID+`"}` {
		t.Errorf("a delete answers %d %s", w.Code, w.Body)
	}
	w = call(t, api, "POST /issues/search", `{"search_text":"no issue says this"}`)
	if a := open(t, w); w.Body.String() != `{"request_id":"`+a.RequestID+`"}` {
		t.Errorf("an empty search answers %s", w.Body)
	}
}

func TestRequestIDsDiffer(t *testing.T) {
	t.Parallel()
	api := newAPI(rest.Options{})
	seen := map[string]string{}
	for _, c := range []string{"GET /me", "GET /me", "GET /nothing", "POST /tags", "DELETE /issues/1001", "DELETE /issues/1002"} {
		id := open(t, call(t, api, c, "{}")).RequestID
		if before, again := seen[id]; again {
			t.Errorf("%s has the request id of %s", c, before)
		}
		seen[id] = c
	}
}

func TestDuplicateNamesTheOther(t *testing.T) {
	t.Parallel()
	w := call(t, newAPI(rest.Options{}), "POST /tags", `{"value":"bug","object_type":"issue"}`)
	if a := open(t, w); w.Code != 400 || len(a.ExistsID) != 36 || len(a.Errors) != 1 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestPathValuesAreUnescaped(t *testing.T) {
	t.Parallel()
	api := newAPI(rest.Options{})
	const body = `{"name":"N","external_ids":[{"external_id":"crm://a b/7%","label":"x"}]}`
	made := open(t, call(t, api, "POST /accounts", body))
	got := open(t, call(t, api, "GET /accounts/crm%3A%2F%2Fa%20b%2F7%25", ""))
	if diff := cmp.Diff(string(made.Data), string(got.Data)); diff != "" {
		t.Errorf("by external id (-made +got):\n%s", diff)
	}
}

func TestBodyLimit(t *testing.T) {
	t.Parallel()
	api := newAPI(rest.Options{MaxBody: 64})
	w := call(t, api, "POST /tags", `{"value":"`+strings.Repeat("x", 64)+`","object_type":"issue"}`)
	if a := open(t, w); w.Code != http.StatusRequestEntityTooLarge || len(a.Errors) != 1 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestUpload(t *testing.T) {
	t.Parallel()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "a.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte("hello")); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	w := call(t, newAPI(rest.Options{}), "POST /attachments", body.String(), "Content-Type", form.FormDataContentType())
	if a := open(t, w); w.Code != 200 || !strings.Contains(string(a.Data), `"name":"a.txt"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestServes(t *testing.T) {
	t.Parallel()
	api := newAPI(rest.Options{})
	for c, want := range map[string]bool{
		"GET /issues": true, "HEAD /issues": true, "GET /issues/7": true, "PUT /issues": false, "GET /nothing": false, "GET //issues": false,
	} {
		method, target, _ := strings.Cut(c, " ")
		r := httptest.NewRequestWithContext(t.Context(), method, "http://localhost"+target, http.NoBody)
		if got := api.Serves(r); got != want {
			t.Errorf("Serves(%s) = %v", c, got)
		}
	}
}

// TestConcurrentUse is for the race detector: answers are written from records
// that other requests change.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	api := newAPI(rest.Options{RateLimits: true})
	calls := []string{
		"GET /issues/1001", "POST /issues/search", "PATCH /issues/1001", "GET /issues/1001/messages", "POST /issues/1001/note",
		"GET /accounts", "POST /tags", "GET /tags", "DELETE /issues/1002", "GET /custom-fields?object_type=issue",
	}
	var running sync.WaitGroup
	for i := range 40 {
		running.Go(func() {
			c := calls[i%len(calls)]
			if w := call(t, api, c, `{"title":"T","body_html":"N","value":"v","object_type":"issue"}`); w.Code >= 500 {
				t.Errorf("%s: %d %s", c, w.Code, w.Body)
			}
		})
	}
	running.Wait()
}

func FuzzRequests(f *testing.F) {
	f.Add("POST", "/issues/search", `{"filter":{"operator":"and","subfilters":[{"field":"tags","operator":"contains","value":"bug"}]}}`)
	f.Add("POST", "/issues", `{"title":"T","body_html":"B","account_id":"x"}`)
	f.Add("GET", "/accounts?limit=5&cursor=x", "")
	f.Add("PATCH", "/accounts/%2F", `{"custom_fields":[{"slug":"plan"}]}`)
	api := newAPI(rest.Options{})
	f.Fuzz(func(t *testing.T, method, target, body string) {
		r, err := http.NewRequestWithContext(t.Context(), method, "http://localhost/"+strings.TrimLeft(target, "/"), strings.NewReader(body))
		if err != nil {
			return // no request that a server could receive
		}
		r.Header.Set("Authorization", "Bearer "+token)
		w := httptest.NewRecorder()
		api.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s %q %q: %d %s", method, target, body, w.Code, w.Body)
		}
		open(t, w)
	})
}
