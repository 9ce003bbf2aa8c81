package platform_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/platform"
)

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	creds := platform.WithCredentials("id", "canary")
	tests := []struct {
		name string
		opts []platform.Option
		says string
	}{
		{"no client id", []platform.Option{platform.WithCredentials("", "canary")}, "client id is empty"},
		{"no client secret", []platform.Option{platform.WithCredentials("id", "")}, "client secret is empty"},
		{"neither", []platform.Option{platform.WithCredentials("", "")}, "client id and client secret are empty"},
		{"empty token", []platform.Option{platform.WithToken("")}, "token is empty"},
		{"token with a line break", []platform.Option{platform.WithToken("canary\n")}, "cannot carry"},
		{"both", []platform.Option{creds, platform.WithToken("canary")}, "give one"},
		{"organization", []platform.Option{creds, platform.WithOrganization("")}, "WithOrganization"},
		{"organization with a line break", []platform.Option{creds, platform.WithOrganization("a\r\nb")}, "WithOrganization"},
		{"base url", []platform.Option{creds, platform.WithBaseURL("api.airbyte.ai")}, "WithBaseURL"},
		{"unencrypted", []platform.Option{creds, platform.WithBaseURL("http://api.airbyte.ai")}, "unencrypted"},
		{"http client", []platform.Option{creds, platform.WithHTTPClient(nil)}, "WithHTTPClient"},
		{"logger", []platform.Option{creds, platform.WithLogger(nil)}, "WithLogger"},
		{"retries", []platform.Option{creds, platform.WithRetries(-1)}, "WithRetries"},
		{"limit", []platform.Option{creds, platform.WithMaxResponseBytes(0)}, "WithMaxResponseBytes"},
		{"user agent", []platform.Option{creds, platform.WithUserAgent("a\nb")}, "WithUserAgent"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := platform.New(tc.opts...)
			if !errors.Is(err, platform.ErrConfig) || !strings.Contains(err.Error(), tc.says) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v", err)
			}
			if kindOf(t, err) != platform.KindConfig {
				t.Errorf("got kind %v", kindOf(t, err))
			}
		})
	}
}

// TestNewLooksUpTheRest: credentials, organization and host of the process's
// own environment and settings file.
func TestNewLooksUpTheRest(t *testing.T) {
	a := newAPI(t).withToken(900).reply(executeRoute, success)
	url := a.client().BaseURL()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	for _, key := range []string{"AIRBYTE_CLIENT_ID", "AIRBYTE_CLIENT_SECRET", "AIRBYTE_ORGANIZATION_ID"} {
		t.Setenv(key, "")
	}
	t.Setenv("AIRBYTE_API_HOST", url+"/")

	if _, err := platform.New(); !errors.Is(err, platform.ErrConfig) || !strings.Contains(err.Error(), "WithCredentials") {
		t.Fatalf("no credentials: %v", err)
	}
	dir := filepath.Join(home, ".airbyte-agent")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file := `{"settings":{"credentials":{"client_id":"file-id","client_secret":"file-secret"},"organization_id":"file-org"}}`
	if err := os.WriteFile(filepath.Join(dir, "settings.json"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	signIn := func() []string {
		c, err := platform.New()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeClient(t, c) })
		if err := list(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		token := a.seen[len(a.seen)-2]
		return []string{token.Body, token.Header.Get("X-Organization-Id")}
	}
	if diff := cmp.Diff([]string{`{"client_id":"file-id","client_secret":"file-secret"}`, "file-org"}, signIn()); diff != "" {
		t.Error(diff)
	}
	t.Setenv("AIRBYTE_CLIENT_ID", "env-id")
	if _, err := platform.New(); !errors.Is(err, platform.ErrConfig) || !strings.Contains(err.Error(), "AIRBYTE_CLIENT_SECRET is missing") {
		t.Errorf("half a pair: %v", err)
	}
	t.Setenv("AIRBYTE_CLIENT_SECRET", "env-secret")
	t.Setenv("AIRBYTE_ORGANIZATION_ID", "env-org")
	if diff := cmp.Diff([]string{`{"client_id":"env-id","client_secret":"env-secret"}`, "env-org"}, signIn()); diff != "" {
		t.Error(diff)
	}
}

func TestNilOptionIsSkipped(t *testing.T) {
	t.Parallel()
	c := newClient(t, nil, platform.WithBaseURL("https://api.example.test/api/v1/"), nil)
	if got := c.BaseURL(); got != "https://api.example.test" {
		t.Errorf("base url %s", got)
	}
}

func TestInjectedClientIsNotChanged(t *testing.T) {
	t.Parallel()
	mine := &http.Client{}
	newClient(t, platform.WithHTTPClient(mine))
	if mine.CheckRedirect != nil || mine.Transport != nil || mine.Timeout != 0 {
		t.Errorf("changed: %+v", mine)
	}
}

func TestUserAgent(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		opts []platform.Option
		want string
	}{{nil, "agentsdk-go-airbyte"}, {[]platform.Option{platform.WithUserAgent("mine/1")}, "mine/1"}} {
		a := newAPI(t).withToken(900).reply(executeRoute, success)
		if err := list(t.Context(), a.client(tc.opts...)); err != nil {
			t.Fatal(err)
		}
		h := a.calls()[0].Header
		got := []string{h.Get("User-Agent"), h.Get("Accept"), h.Get("Content-Type")}
		if diff := cmp.Diff([]string{tc.want, "application/json", "application/json"}, got); diff != "" {
			t.Error(diff)
		}
	}
}
