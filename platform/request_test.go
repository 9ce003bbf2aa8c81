package platform_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/platform"
)

func TestDoSendsWhatItIsGiven(t *testing.T) {
	t.Parallel()
	const answer = `{"b":12345678901234567890,"a":"<&>"}`
	a := newAPI(t).withToken(900).on("PATCH /api/v1/things/{id}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, answer)
	})
	got, err := a.client(platform.WithOrganization(orgID)).Do(t.Context(), platform.Request{
		Method: http.MethodPatch,
		Path:   []string{"things", "a/b ?"},
		Query:  url.Values{"q": {"x y"}},
		Body:   json.RawMessage(`{"n":9007199254740993}`),
	})
	if err != nil || string(got) != answer {
		t.Fatalf("got %s, %v; want the answer as sent", got, err)
	}
	sent := a.calls()[0]
	want := seen{http.MethodPatch, "/api/v1/things/a%2Fb%20%3F", "q=x+y", `{"n":9007199254740993}`, nil}
	header := sent.Header
	sent.Header = nil
	if diff := cmp.Diff(want, sent); diff != "" {
		t.Errorf("request (-want +got):\n%s", diff)
	}
	if header.Get("Authorization") != "Bearer token-1" || header.Get("X-Organization-Id") != orgID {
		t.Errorf("headers %v", header)
	}
}

func TestDoTakesAnEmptyAnswer(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).on("DELETE /api/v1/things/1", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	got, err := a.client().Do(t.Context(), platform.Request{Method: http.MethodDelete, Path: []string{"things", "1"}})
	if got != nil || err != nil {
		t.Errorf("got %q, %v; want nothing", got, err)
	}
}

func TestDoRepeatsReadsAlone(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		req  platform.Request
		sent int
	}{
		{"get", platform.Request{Method: http.MethodGet, Path: []string{"things"}}, 3},
		{"post that reads", platform.Request{Method: http.MethodPost, Path: []string{"things"}, Read: true}, 3},
		{"post", platform.Request{Method: http.MethodPost, Path: []string{"things"}}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAPI(t).withToken(900).on(tt.req.Method+" /api/v1/things", failFirst(10, http.StatusServiceUnavailable))
				_, err := a.inMemory().Do(t.Context(), tt.req)
				if !errors.Is(err, platform.ErrUnavailable) {
					t.Errorf("error %v, want ErrUnavailable", err)
				}
				if got := len(a.calls()); got != tt.sent {
					t.Errorf("%d requests, want %d", got, tt.sent)
				}
			})
		})
	}
}

func TestDoRefusesWhatCannotBeSent(t *testing.T) {
	t.Parallel()
	tests := map[string]platform.Request{
		"no method":       {Path: []string{"things"}},
		"small method":    {Method: "get", Path: []string{"things"}},
		"no path":         {Method: http.MethodGet},
		"empty segment":   {Method: http.MethodGet, Path: []string{"things", ""}},
		"climbing":        {Method: http.MethodGet, Path: []string{"things", ".."}},
		"body of no json": {Method: http.MethodPost, Path: []string{"things"}, Body: json.RawMessage(`{`)},
	}
	for name, req := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newAPI(t).client().Do(t.Context(), req)
			if !errors.Is(err, platform.ErrValidation) {
				t.Errorf("error %v, want ErrValidation", err)
			}
		})
	}
}

func TestDoRefusesAnAnswerOfNoJSON(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).on("GET /api/v1/things", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<html>`)
	})
	_, err := a.client(platform.WithRetries(0)).Do(t.Context(), platform.Request{Method: http.MethodGet, Path: []string{"things"}})
	if !errors.Is(err, platform.ErrUnavailable) {
		t.Errorf("error %v, want ErrUnavailable", err)
	}
}

func TestDoKeepsSecretsOutOfErrors(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).on("POST /api/v1/things", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		if _, err := io.Copy(w, r.Body); err != nil {
			t.Error(err)
		}
	})
	_, err := a.client().Do(t.Context(), platform.Request{
		Method: http.MethodPost, Path: []string{"things"},
		Body: raw(fmt.Sprintf(`{"detail":%q}`, canaryToken)), Secrets: []string{canaryToken},
	})
	if !errors.Is(err, platform.ErrValidation) {
		t.Fatalf("got %v", err)
	}
	everyText(t, err)
}
