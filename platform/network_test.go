package platform_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/platform"
)

// TestUnreadableAnswers: a success whose body is of no use.
func TestUnreadableAnswers(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"empty": "", "null": "null", "cut": `{"status":"success","result":[1,2`, "html": "<html>hello</html>", "array": "[]",
		"something else": `{"hello":"world"}`, "trailing": success + "}",
	} {
		for _, action := range []string{"list", "create"} {
			t.Run(name+" "+action, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					a := newAPI(t).withToken(900).reply(executeRoute, body)
					_, err := a.inMemory().Execute(t.Context(), "con-1", platform.ExecuteRequest{Action: action})
					want := platform.KindUnavailable
					if action == "create" {
						want = platform.KindUnknownOutcome
					}
					if err == nil || kindOf(t, err) != want || !strings.Contains(err.Error(), "HTTP 200") {
						t.Errorf("got %v", err)
					}
					if got := len(a.calls()); got != 1 {
						t.Errorf("sent %d times: the same would come again", got)
					}
				})
			})
		}
	}
}

// TestCutAnswerIsAskedForAgain: a lost connection is a network failure.
func TestCutAnswerIsAskedForAgain(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900)
	a.on(executeRoute, func(w http.ResponseWriter, _ *http.Request) {
		if len(a.calls()) == 1 {
			w.Header().Set("Content-Length", "1000")
		}
		fmt.Fprint(w, success)
	})
	if err := list(t.Context(), a.client(platform.WithRetries(1))); err != nil {
		t.Error(err)
	}
	if got := len(a.calls()); got != 2 {
		t.Errorf("sent %d times, want 2", got)
	}
}

func TestUnreadableAnswersOfWrites(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).
		reply("POST /api/v1/integrations/connectors", `{"id":`).
		reply("PUT /api/v1/integrations/connectors/{id}", ``)
	c := a.client()
	_, err := c.CreateConnector(t.Context(), platform.CreateConnectorRequest{WorkspaceName: "w", ConnectorType: "Pylon", Credentials: raw(`{}`)})
	if !errors.Is(err, platform.ErrUnknownOutcome) {
		t.Errorf("create: %v", err)
	}
	_, err = c.UpdateConnector(t.Context(), "con-1", platform.UpdateConnectorRequest{Name: "n"})
	if !errors.Is(err, platform.ErrUnknownOutcome) {
		t.Errorf("update: %v", err)
	}
	if got := len(a.calls()); got != 2 {
		t.Errorf("%d requests, want 2", got)
	}
}

func TestAnswerBeyondTheLimit(t *testing.T) {
	t.Parallel()
	for _, flush := range []bool{false, true} { // length known, unknown
		a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, _ *http.Request) {
			if flush {
				if err := http.NewResponseController(w).Flush(); err != nil {
					t.Error(err)
				}
			}
			fmt.Fprint(w, strings.Repeat("x", 2000))
		})
		err := list(t.Context(), a.client(platform.WithMaxResponseBytes(1024)))
		if !errors.Is(err, platform.ErrValidation) || !errors.Is(err, httpx.ErrTooLarge) {
			t.Errorf("got %v", err)
		}
		for _, s := range []string{"1 KiB", "WithMaxResponseBytes", "HTTP 200"} {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%v does not say %q", err, s)
			}
		}
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the redirect was followed: %s, %s", r.URL, r.Header.Get("Authorization"))
	}))
	defer elsewhere.Close()
	a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL+"/x?token=abc", http.StatusTemporaryRedirect)
	})
	err := list(t.Context(), a.client())
	if !errors.Is(err, platform.ErrUnavailable) || !strings.Contains(err.Error(), elsewhere.URL) || strings.Contains(err.Error(), "abc") {
		t.Errorf("got %v", err)
	}
}

// TestCanceledWrite: the caller gave up after the request had been sent.
func TestCanceledWrite(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		action string
		kind   platform.Kind
	}{{"create", platform.KindUnknownOutcome}, {"list", platform.KindCanceled}} {
		t.Run(tc.action, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			a := newAPI(t).withToken(900).on(executeRoute, func(_ http.ResponseWriter, r *http.Request) {
				cancel()
				<-r.Context().Done()
			})
			_, err := a.client().Execute(ctx, "con-1", platform.ExecuteRequest{Action: tc.action})
			if err == nil || kindOf(t, err) != tc.kind || !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			if got := len(a.calls()); got != 1 {
				t.Errorf("sent %d times", got)
			}
		})
	}
}

// silentAPI never answers but for the token.
type silentAPI struct{ handler http.Handler }

func (s silentAPI) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/token") {
		return handlerTransport(s).RoundTrip(r)
	}
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestTimeLimits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		call func(context.Context, *platform.Client) error
		want time.Duration
	}{
		{"execute", list, 300 * time.Second},
		{"others", func(ctx context.Context, c *platform.Client) error {
			_, err := c.Organizations(ctx)
			return err
		}, 30 * time.Second},
		{"download", func(ctx context.Context, c *platform.Client) error {
			_, err := c.Download(ctx, "con-1", platform.ExecuteRequest{})
			return err
		}, 300 * time.Second},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAPI(t).withToken(900)
				c := a.inMemory(platform.WithRetries(0), platform.WithHTTPClient(&http.Client{Transport: silentAPI{a.mux}}))
				start := time.Now()
				err := tc.call(t.Context(), c)
				if !errors.Is(err, platform.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %v", err)
				}
				if took := time.Since(start); took != tc.want {
					t.Errorf("took %v, want %v", took, tc.want)
				}
			})
		})
	}
}

func TestDownload(t *testing.T) {
	t.Parallel()
	content := strings.Repeat("\x89PNG\x00\xff", 50) // more than an answer may have
	a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		w.Header().Set("Content-Disposition", `attachment; filename="a.png"`)
		fmt.Fprint(w, content)
	})
	d, err := a.client(platform.WithMaxResponseBytes(200)).Download(t.Context(), "con-1", platform.ExecuteRequest{Entity: "attachments", Params: raw(`{"id":"a"}`)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Body.Close()
	got, err := io.ReadAll(d.Body)
	if err != nil || string(got) != content {
		t.Errorf("got %q, %v", got, err)
	}
	if d.ContentType != "image/png" || d.Length != int64(len(content)) || !strings.Contains(d.Disposition, "a.png") {
		t.Errorf("got %+v", d)
	}
	if want := `{"entity":"attachments","action":"download","params":{"id":"a"},"skip_truncation":true}`; a.calls()[0].Body != want {
		t.Errorf("sent %s", a.calls()[0].Body)
	}
}

func TestDownloadFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		handle http.HandlerFunc
		want   error
	}{
		{"no bytes", func(http.ResponseWriter, *http.Request) {}, platform.ErrNotFound},
		{"no bytes, chunked", func(w http.ResponseWriter, _ *http.Request) {
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}, platform.ErrNotFound},
		{"cut", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			fmt.Fprint(w, "abc")
		}, platform.ErrUnavailable},
		{"refused", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, platform.ErrPermission},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := newAPI(t).withToken(900).on(executeRoute, tc.handle).client()
			d, err := c.Download(t.Context(), "con-1", platform.ExecuteRequest{})
			if err == nil {
				defer d.Body.Close()
				_, err = io.ReadAll(d.Body)
			}
			if !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
			kindOf(t, err)
		})
	}
}
