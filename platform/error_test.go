package platform_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/platform"
)

var statusBodies = []struct{ name, body string }{
	{"empty", ""},
	{"message", `{"message":"Bad input","errors":[]}`},
	{"errors", `{"message":"Bad input","errors":[{"field":"body.limit","message":"must be at most 100","error_code":"value_error","details":null}]}`},
	{"errors without message", `{"message":null,"errors":[{"userPresentableMessage":"The limit is too high"},{"error":"also this"}]}`},
	{"detail string", `{"detail":"No access to this workspace"}`},
	{"detail list", `{"detail":[{"loc":["body","items",0],"msg":"field required","type":"missing"}]}`},
	{"detail object", `{"detail":{"reason":"quota","left":0}}`},
	{"detail number", `{"detail":42}`},
	{"detail false", `{"detail":false}`},
	{"error string", `{"error":"nope"}`},
	{"error object", `{"error":{"message":"nope","code":"E1"}}`},
	{"unknown object", `{"code":17,"state":"odd"}`},
	{"json string", `"just words"`},
	{"json array", `["one","two"]`},
	{"null", `null`},
	{"true", `true`},
	{"number", ` 42 `},
	{"html", "<html><head><title>502 Bad Gateway</title><style>p{}</style></head><body><h1>Gateway &amp; co</h1><script>x()</script></body></html>"},
	{"cut json", `{"message":"Bad in`},
	{"plain", "upstream\n\n  said no\x00\x1b[31m"},
	{"invalid utf-8", "bad \xff\xfe bytes"},
	{"long", strings.Repeat("word ", 400)},
}

// TestErrorTexts pins the text of every status, and of every shape of body.
func TestErrorTexts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		for _, status := range []int{302, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503} {
			bodies := statusBodies[:3]
			if status == 400 || status == 502 {
				bodies = statusBodies
			}
			for _, b := range bodies {
				err := failWith(t, status, b.body, "list")
				fmt.Fprintf(&out, "%d %s\n  %s: %v\n", status, b.name, kindOf(t, err), err)
			}
		}
		golden.Check(t, "errors.golden", out.String())
	})
}

func failWith(t *testing.T, status int, body, action string) error {
	t.Helper()
	c := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}).inMemory()
	_, err := c.Execute(t.Context(), "con-1", platform.ExecuteRequest{Entity: "issues", Action: action})
	if err == nil {
		t.Fatalf("status %d: no error", status)
	}
	var e *platform.Error
	if !errors.As(err, &e) || e.Status != status {
		t.Errorf("status %d is lost: %v", status, err)
	}
	return err
}

func kindOf(t *testing.T, err error) platform.Kind {
	t.Helper()
	var e *platform.Error
	if !errors.As(err, &e) {
		t.Fatalf("%T %v is no *platform.Error", err, err)
	}
	return e.Kind
}

func TestStatusKinds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status int
		action string
		want   []error
		sent   int
	}{
		{301, "list", []error{platform.ErrUnavailable}, 1},
		{304, "list", []error{platform.ErrUnavailable}, 1},
		{400, "list", []error{platform.ErrValidation}, 1},
		{401, "list", []error{platform.ErrAuth}, 2},
		{403, "list", []error{platform.ErrPermission}, 1},
		{404, "list", []error{platform.ErrNotFound}, 1},
		{409, "list", []error{platform.ErrValidation}, 1},
		{418, "list", []error{platform.ErrValidation}, 1},
		{422, "list", []error{platform.ErrValidation}, 1},
		{429, "list", []error{platform.ErrRateLimited}, 3},
		{500, "list", []error{platform.ErrUnavailable}, 1},
		{501, "list", []error{platform.ErrUnavailable}, 1},
		{502, "list", []error{platform.ErrUnavailable}, 3},
		{503, "context_store_search", []error{platform.ErrUnavailable}, 3},
		{504, "sql_select", []error{platform.ErrUnavailable}, 3},
		{302, "create", []error{platform.ErrUnavailable}, 1},
		{401, "create", []error{platform.ErrAuth}, 2},
		{422, "create", []error{platform.ErrValidation}, 1},
		{429, "create", []error{platform.ErrRateLimited}, 3},
		{500, "create", []error{platform.ErrUnknownOutcome, platform.ErrUnavailable}, 1},
		{503, "something_new", []error{platform.ErrUnknownOutcome, platform.ErrUnavailable}, 1},
		{504, "authorize", []error{platform.ErrUnknownOutcome}, 1},
	}
	for _, tc := range tests {
		t.Run(fmt.Sprintf("%d %s", tc.status, tc.action), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(tc.status) })
				_, err := a.inMemory().Execute(t.Context(), "con-1", platform.ExecuteRequest{Action: tc.action})
				for _, want := range tc.want {
					if !errors.Is(err, want) {
						t.Errorf("got %v, want %v", err, want)
					}
				}
				if got := len(a.calls()); got != tc.sent {
					t.Errorf("sent %d times, want %d", got, tc.sent)
				}
			})
		})
	}
}

// TestSeveralOrganizations: the program mends it; who handles a 400 by its
// status still finds it.
func TestSeveralOrganizations(t *testing.T) {
	t.Parallel()
	err := failWith(t, 400, `{"message":"You belong to several organizations: specify target organization"}`, "list")
	if kindOf(t, err) != platform.KindConfig || !errors.Is(err, platform.ErrConfig) || !errors.Is(err, platform.ErrValidation) {
		t.Errorf("got %v of kind %s", err, kindOf(t, err))
	}
	if !strings.Contains(err.Error(), "WithOrganization") {
		t.Errorf("%v does not say what to do", err)
	}
}

func TestErrorFields(t *testing.T) {
	t.Parallel()
	err := failWith(t, 422, statusBodies[2].body, "list")
	var e *platform.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	want := []platform.FieldError{{Field: "body.limit", Code: "value_error", Message: "must be at most 100"}}
	if diff := cmp.Diff(want, e.Fields); diff != "" {
		t.Error(diff)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, header string
		sent         int
		atLeast      time.Duration
		reported     time.Duration
	}{
		{"none", "", 3, 0, 0},
		{"seconds", "7", 3, 14 * time.Second, 7 * time.Second},
		{"the most that is waited", "60", 3, 2 * time.Minute, time.Minute},
		{"longer", "61", 1, 0, 61 * time.Second},
		{"absurd", "99999999999999999999", 1, 0, 24 * time.Hour},
		{"date", "date", 3, 18 * time.Second, 0},
		{"negative", "-5", 3, 0, 0},
		{"words", "soon", 3, 0, 0},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, _ *http.Request) {
					header := tc.header
					if header == "date" {
						header = time.Now().Add(10 * time.Second).UTC().Format(http.TimeFormat)
					}
					w.Header().Set("Retry-After", header)
					w.WriteHeader(http.StatusTooManyRequests)
				})
				start := time.Now()
				_, err := a.inMemory().Execute(t.Context(), "con-1", platform.ExecuteRequest{Action: "create"})
				var e *platform.Error
				if !errors.As(err, &e) || e.Kind != platform.KindRateLimited {
					t.Fatalf("got %v", err)
				}
				if tc.name != "date" && e.RetryAfter != tc.reported {
					t.Errorf("RetryAfter = %v, want %v", e.RetryAfter, tc.reported)
				}
				if got := len(a.calls()); got != tc.sent {
					t.Errorf("sent %d times, want %d", got, tc.sent)
				}
				if took := time.Since(start); took < tc.atLeast || took > tc.atLeast+5*time.Second {
					t.Errorf("took %v, want about %v", took, tc.atLeast)
				}
			})
		})
	}
}

func TestCancelWhileWaitingToRetry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprint(w, `{"message":"maintenance"}`)
		})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		start := time.Now()
		_, err := a.inMemory().Execute(ctx, "con-1", platform.ExecuteRequest{Action: "list"})
		if !errors.Is(err, context.Canceled) || kindOf(t, err) != platform.KindCanceled {
			t.Errorf("got %v", err)
		}
		if !strings.Contains(err.Error(), "maintenance") {
			t.Errorf("the last real error is lost: %v", err)
		}
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// TestDeadlineBeforeRetry: a wait that cannot end in time is not begun.
func TestDeadlineBeforeRetry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(http.StatusTooManyRequests)
		})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		start := time.Now()
		_, err := a.inMemory().Execute(ctx, "con-1", platform.ExecuteRequest{Action: "list"})
		if !errors.Is(err, platform.ErrRateLimited) || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("took %v", took)
		}
	})
}
