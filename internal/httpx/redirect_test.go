package httpx_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// secretHeaders are what a request of these tests carries.
func secretHeaders() http.Header {
	return http.Header{
		"Authorization": {"Bearer s3cret"}, "X-Api-Key": {"s3cret"}, "Cookie": {"key=s3cret"},
		"Accept": {"application/json"}, "Range": {"bytes=0-1"},
	}
}

func carriesSecret(r *http.Request) bool {
	return strings.Contains(fmt.Sprint(r.Header, r.URL), "s3cret")
}

func visit(t *testing.T, address string, follow bool) (*httpx.Response, error) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	c := httpx.New(httpx.Config{})
	t.Cleanup(c.Close)
	return c.Do(t.Context(), &httpx.Request{Method: http.MethodGet, URL: u, Header: secretHeaders(), Follow: follow})
}

func TestRedirectAtHomeKeepsCredentials(t *testing.T) {
	t.Parallel()
	var arrived atomic.Bool
	mux := http.NewServeMux()
	mux.Handle("/a", http.RedirectHandler("/b", http.StatusFound))
	mux.HandleFunc("/b", func(w http.ResponseWriter, r *http.Request) {
		arrived.Store(carriesSecret(r))
		fmt.Fprint(w, "{}")
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	if _, err := visit(t, srv.URL+"/a", true); err != nil {
		t.Fatal(err)
	}
	if !arrived.Load() {
		t.Error("the credentials did not arrive at the same origin")
	}
}

func TestRedirectElsewhereDropsCredentials(t *testing.T) {
	t.Parallel()
	var leaked atomic.Bool
	var home *httptest.Server
	abroad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if carriesSecret(r) {
			leaked.Store(true)
		}
		if r.Header.Get("Range") == "" || r.Header.Get("Referer") != "" {
			t.Errorf("header = %v", r.Header)
		}
		http.Redirect(w, r, home.URL+"/back", http.StatusFound)
	}))
	t.Cleanup(abroad.Close)
	mux := http.NewServeMux()
	mux.HandleFunc("/a", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, abroad.URL+"/x", http.StatusTemporaryRedirect)
	})
	mux.Handle("/back", http.RedirectHandler("/end", http.StatusFound))
	mux.HandleFunc("/end", func(w http.ResponseWriter, r *http.Request) {
		if carriesSecret(r) {
			leaked.Store(true)
		}
		fmt.Fprint(w, "{}")
	})
	home = httptest.NewServer(mux)
	t.Cleanup(home.Close)
	if _, err := visit(t, home.URL+"/a?key=s3cret", true); err != nil {
		t.Fatal(err)
	}
	if leaked.Load() {
		t.Error("credentials followed a redirect abroad, or came back from there")
	}
}

func TestRedirectsThatAreNotFollowed(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		location string
		follow   bool
		want     string
	}{
		"endless":         {"/loop", true, "redirected 10 times"},
		"another scheme":  {"ftp://media.test/x", true, "ftp address"},
		"not asked for":   {"/other", false, "redirects are not followed"},
		"without a place": {"", true, "Found"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if test.location != "" {
					w.Header().Set("Location", test.location)
				}
				w.WriteHeader(http.StatusFound)
			}))
			t.Cleanup(srv.Close)
			_, err := visit(t, srv.URL, test.follow)
			if !errors.Is(err, fault.ErrUnavailable) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want %q in it", err, test.want)
			}
		})
	}
}

func TestRedirectKeepsABodyAtHome(t *testing.T) {
	t.Parallel()
	abroad := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s %s arrived abroad", r.Method, r.URL)
	}))
	t.Cleanup(abroad.Close)
	home := httptest.NewServer(http.RedirectHandler(abroad.URL, http.StatusTemporaryRedirect))
	t.Cleanup(home.Close)
	u, err := url.Parse(home.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := httpx.New(httpx.Config{})
	t.Cleanup(c.Close)
	_, err = c.Do(t.Context(), &httpx.Request{Method: http.MethodPost, URL: u, Header: http.Header{}, Body: []byte(`{}`), Follow: true})
	if err == nil || !strings.Contains(err.Error(), "it would send the request's body") {
		t.Errorf("error = %v", err)
	}
}
