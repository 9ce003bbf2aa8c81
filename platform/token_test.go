package platform_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/platform"
)

const success = `{"status":"success","result":[],"connector_metadata":null,"execution_metadata":null}`

func list(ctx context.Context, c *platform.Client) error {
	_, err := c.Execute(ctx, "con-1", platform.ExecuteRequest{Entity: "issues", Action: "list"})
	return err
}

func TestConcurrentCallsFetchOneToken(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).reply(executeRoute, success)
	c := a.client()
	var wg sync.WaitGroup
	for range 1000 {
		wg.Go(func() {
			if err := list(t.Context(), c); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := a.tokenCount(); got != 1 {
		t.Errorf("%d tokens fetched, want 1", got)
	}
}

func TestTokenRenewedBeforeItExpires(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		lifetime int
		wait     time.Duration
		tokens   int
	}{
		{"good for longer", 900, 839 * time.Second, 1},
		{"less than a minute left", 900, 841 * time.Second, 2},
		{"short life, good", 100, 89 * time.Second, 1},
		{"short life, last tenth", 100, 91 * time.Second, 2},
		{"server's own life, not ours", 1200, 1100 * time.Second, 1},
		{"no life told", 0, 839 * time.Second, 1},
		{"no life told, documented life over", 0, 841 * time.Second, 2},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAPI(t).withToken(tc.lifetime).reply(executeRoute, success)
				c := a.inMemory()
				for range 2 {
					if err := list(t.Context(), c); err != nil {
						t.Fatal(err)
					}
					<-time.After(tc.wait)
				}
				if got := a.tokenCount(); got != tc.tokens {
					t.Errorf("%d tokens fetched, want %d", got, tc.tokens)
				}
			})
		})
	}
}

func TestRenewOnceAfter401(t *testing.T) {
	t.Parallel()
	for _, action := range []string{"list", "create"} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") != "Bearer token-2" {
					w.WriteHeader(http.StatusUnauthorized)
					return
				}
				fmt.Fprint(w, success)
			})
			if _, err := a.client().Execute(t.Context(), "con-1", platform.ExecuteRequest{Action: action}); err != nil {
				t.Fatal(err)
			}
			if a.tokenCount() != 2 || len(a.calls()) != 2 {
				t.Errorf("%d tokens, %d calls", a.tokenCount(), len(a.calls()))
			}
		})
	}
}

// TestConcurrent401 has many calls learn at once that their token expired.
func TestConcurrent401(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer token-1" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, success)
	})
	c := a.client()
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if err := list(t.Context(), c); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := a.tokenCount(); got != 2 {
		t.Errorf("%d tokens fetched, want 2", got)
	}
}

// TestCancelWhileWaitingForToken: the first caller starts the fetch and gives
// up; the second still gets the token.
func TestCancelWhileWaitingForToken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		a := newAPI(t).reply(executeRoute, success).on(tokenRoute, func(w http.ResponseWriter, _ *http.Request) {
			<-release
			fmt.Fprint(w, `{"access_token":"late","expires_in":900}`)
		})
		c := a.inMemory()
		ctx, cancel := context.WithCancel(t.Context())
		first, second := make(chan error, 1), make(chan error, 1)
		go func() { first <- list(ctx, c) }()
		synctest.Wait()
		go func() { second <- list(t.Context(), c) }()
		synctest.Wait()
		cancel()
		if err := <-first; !errors.Is(err, context.Canceled) || kindOf(t, err) != platform.KindCanceled {
			t.Errorf("first: %v", err)
		}
		close(release)
		if err := <-second; err != nil {
			t.Errorf("second: %v", err)
		}
	})
}

func TestTokenRouteRefusals(t *testing.T) {
	t.Parallel()
	many := `{"message":"Please specify target organization"}`
	badOrg := `{"detail":"X-Organization-Id: the organization id is no uuid"}`
	tests := []struct {
		name, body string
		status     int
		want       error
		says       []string
		sent       int32
	}{
		{"401", `{"detail":"Bad client"}`, 401, platform.ErrAuth, []string{"Bad client", "AIRBYTE_CLIENT_ID", "HTTP 401"}, 1},
		{"403", ``, 403, platform.ErrAuth, []string{"AIRBYTE_CLIENT_SECRET", "HTTP 403"}, 1},
		{"500", `oops`, 500, platform.ErrAuth, []string{"oops", "HTTP 500", "temporary"}, 1},
		{"422", `{}`, 422, platform.ErrAuth, []string{"HTTP 422"}, 1},
		{"404", ``, 404, platform.ErrAuth, []string{"right host", "HTTP 404"}, 1},
		{"429", ``, 429, platform.ErrRateLimited, []string{"HTTP 429"}, 3},
		{"503", `<html>`, 503, platform.ErrUnavailable, []string{"HTTP 503"}, 3},
		{"302", ``, 302, platform.ErrUnavailable, []string{"base url"}, 1},
		{"several organizations", many, 400, platform.ErrConfig, []string{"WithOrganization", "AIRBYTE_ORGANIZATION_ID"}, 1},
		{"malformed organization", badOrg, 422, platform.ErrConfig, []string{"WithOrganization", "AIRBYTE_ORGANIZATION_ID"}, 1},
		{"not json", `hello`, 200, platform.ErrUnavailable, []string{"unreadable"}, 1},
		{"no token in it", `{"access_token":""}`, 200, platform.ErrUnavailable, []string{"access_token"}, 1},
		{"null", `null`, 200, platform.ErrUnavailable, []string{"access_token"}, 1},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var sent atomic.Int32
				c := newAPI(t).on(tokenRoute, func(w http.ResponseWriter, _ *http.Request) {
					sent.Add(1)
					w.WriteHeader(tc.status)
					fmt.Fprint(w, tc.body)
				}).inMemory()
				err := list(t.Context(), c)
				if !errors.Is(err, tc.want) {
					t.Fatalf("got %v, want %v", err, tc.want)
				}
				if refused := errors.Is(err, platform.ErrAuth); errors.Is(err, platform.ErrCredentials) != refused {
					t.Errorf("%v: it is ErrAuth: %v, ErrCredentials must be the same", err, refused)
				}
				if config := errors.Is(err, platform.ErrConfig); errors.Is(err, platform.ErrValidation) != config {
					t.Errorf("%v: it is ErrConfig: %v, ErrValidation must be the same", err, config)
				}
				for _, s := range tc.says {
					if !strings.Contains(err.Error(), s) {
						t.Errorf("%v does not say %q", err, s)
					}
				}
				if sent.Load() != tc.sent {
					t.Errorf("asked %d times, want %d", sent.Load(), tc.sent)
				}
			})
		})
	}
}

func TestOrganizationHeader(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		opts      []platform.Option
		answer    string
		wantToken string
		wantCall  string
	}{
		{"given", []platform.Option{platform.WithOrganization(orgID)}, `"other"`, orgID, orgID},
		{"learned from the token", nil, `"` + orgID + `"`, "", orgID},
		{"unknown", nil, `null`, "", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t).reply(executeRoute, success).
				reply(tokenRoute, fmt.Sprintf(`{"access_token":"x","expires_in":900,"organization_id":%s}`, tc.answer))
			if err := list(t.Context(), a.client(tc.opts...)); err != nil {
				t.Fatal(err)
			}
			got := []string{a.seen[0].Header.Get("X-Organization-Id"), a.seen[1].Header.Get("X-Organization-Id")}
			if diff := cmp.Diff([]string{tc.wantToken, tc.wantCall}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTokenRequest(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).reply(executeRoute, success)
	if err := list(t.Context(), a.client()); err != nil {
		t.Fatal(err)
	}
	want := `{"client_id":"id-1","client_secret":"canary-s3cret/+&<x>\"q"}`
	if diff := cmp.Diff(want, a.seen[0].Body); diff != "" {
		t.Error(diff)
	}
	if got := a.seen[0].Header.Get("Authorization"); got != "" {
		t.Errorf("the token request carries a token: %q", got)
	}
}

func TestGivenToken(t *testing.T) {
	t.Parallel()
	a := newAPI(t).on(executeRoute, func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "Bearer ready-made" {
			t.Errorf("Authorization = %q", got)
		}
		w.WriteHeader(http.StatusUnauthorized)
	})
	c, err := platform.New(platform.WithToken("ready-made"), platform.WithBaseURL("https://api.example.test"),
		platform.WithHTTPClient(&http.Client{Transport: handlerTransport{a.mux}}))
	if err != nil {
		t.Fatal(err)
	}
	err = list(t.Context(), c)
	if !errors.Is(err, platform.ErrAuth) || errors.Is(err, platform.ErrCredentials) || !strings.Contains(err.Error(), "WithToken") {
		t.Errorf("got %v", err)
	}
	if got := len(a.calls()); got != 1 {
		t.Errorf("sent %d times: a given token cannot be renewed", got)
	}
}
