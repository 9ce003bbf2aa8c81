package pylon_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/sandbox"
)

const canary = "canary-token"

func TestAuthShowsNoToken(t *testing.T) {
	t.Parallel()
	auth := pylon.Auth{APIToken: canary, Region: pylon.EU}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("open", "auth", auth, "pointer", &auth)
	for _, text := range []string{fmt.Sprint(auth), fmt.Sprintf("%v %+v %#v %s", auth, auth, auth, &auth), log.String()} {
		if strings.Contains(text, canary) || !strings.Contains(text, "set") {
			t.Errorf("got %s", text)
		}
	}
	if got, want := (pylon.Auth{}).String(), `pylon.Auth{APIToken: unset, Region: ""}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		auth pylon.Auth
		opts []connector.Option
		says string
	}{
		{"no token", pylon.Auth{}, nil, "PYLON_API_TOKEN"},
		{"blank token", pylon.Auth{APIToken: "  "}, nil, "PYLON_API_TOKEN"},
		{"unknown region", pylon.Auth{APIToken: canary, Region: "asia"}, nil, `no region "asia"; use us or eu`},
		{"option of hosted mode", pylon.Auth{APIToken: canary}, []connector.Option{connector.WithConnectorID("c")}, "WithConnectorID"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := pylon.Open(tt.auth, tt.opts...)
			if !errors.Is(err, connector.ErrConfig) || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), canary) {
				t.Errorf("error is %v", err)
			}
		})
	}
}

func TestConnectTellsWhatItLacks(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	_, err := pylon.Connect(t.Context(), "nowhere",
		connector.WithBaseURL(box.PlatformURL()), connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret))
	if !errors.Is(err, connector.ErrNotFound) {
		t.Errorf("error is %v", err)
	}
}

// transport sends nothing; it tells where a request would have gone.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

var errNotSent = errors.New("not sent")

func TestRegionChoosesTheHost(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		region pylon.Region
		opts   []connector.Option
		host   string
	}{
		{"no region", "", nil, "api.usepylon.com"},
		{"us", pylon.US, nil, "api.usepylon.com"},
		{"eu", pylon.EU, nil, "api.eu.usepylon.com"},
		{"an address wins", pylon.EU, []connector.Option{connector.WithBaseURL("https://pylon.test")}, "pylon.test"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got, header string
			client := &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
				got, header = r.URL.Scheme+"://"+r.URL.Host+r.URL.Path, r.Header.Get("Authorization")
				return nil, errNotSent
			})}
			conn, err := pylon.Open(pylon.Auth{APIToken: canary, Region: tt.region},
				append(tt.opts, connector.WithHTTPClient(client), connector.WithRetries(0))...)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Me.Get(t.Context()); !errors.Is(err, connector.ErrUnavailable) || strings.Contains(err.Error(), canary) {
				t.Errorf("error is %v", err)
			}
			if want := "https://" + tt.host + "/me"; got != want || header != "Bearer "+canary {
				t.Errorf("called %s with %q, want %s", got, header, want)
			}
		})
	}
}

func TestRefusedTokens(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	for name, token := range map[string]string{"unknown": canary, "other region": sandbox.PylonEUToken} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := pylon.Open(pylon.Auth{APIToken: token}, connector.WithBaseURL(box.PylonURL()))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Me.Get(t.Context()); !errors.Is(err, connector.ErrAuth) || strings.Contains(err.Error(), token) {
				t.Errorf("error is %v", err)
			}
		})
	}
}
