package settings_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

const fullFile = `{
  "settings": {
    "credentials": {"client_id": "file-id", "client_secret": "file-secret"},
    "organization_id": "file-org",
    "workspace": "file-space",
    "allow_destructive": false,
    "telemetry_enabled": true
  }
}
`

// system is a world with the given environment and, unless content is empty,
// a settings file.
func system(env map[string]string, content string) settings.System {
	return settings.System{
		Getenv:  func(key string) string { return env[key] },
		HomeDir: func() (string, error) { return "home", nil },
		ReadFile: func(name string) ([]byte, error) {
			if name != filepath.Join("home", ".airbyte-agent", "settings.json") {
				return nil, errors.New("asked for " + name)
			}
			if content == "" {
				return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
			}
			return []byte(content), nil
		},
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	pair := map[string]string{"AIRBYTE_CLIENT_ID": "env-id", "AIRBYTE_CLIENT_SECRET": "env-secret"}
	trio := map[string]string{"AIRBYTE_CLIENT_ID": "env-id", "AIRBYTE_CLIENT_SECRET": "env-secret", "AIRBYTE_ORGANIZATION_ID": "env-org"}
	org := map[string]string{"AIRBYTE_ORGANIZATION_ID": "env-org"}
	given := settings.Credentials{ClientID: "id", ClientSecret: "secret"}
	tests := []struct {
		name  string
		given settings.Credentials
		env   map[string]string
		file  string
		want  settings.Credentials
	}{
		{"given wins", given, trio, fullFile, settings.Credentials{ClientID: "id", ClientSecret: "secret", Organization: "env-org"}},
		{"given, broken file is not read", given, nil, "{", given},
		{"environment", settings.Credentials{}, trio, fullFile, settings.Credentials{ClientID: "env-id", ClientSecret: "env-secret", Organization: "env-org"}},
		{"the file's organization is not the environment's", settings.Credentials{}, pair, fullFile, settings.Credentials{ClientID: "env-id", ClientSecret: "env-secret"}},
		{"file with a byte order mark", settings.Credentials{}, nil, "\ufeff" + fullFile, settings.Credentials{ClientID: "file-id", ClientSecret: "file-secret", Organization: "file-org"}},
		{"file", settings.Credentials{}, nil, fullFile, settings.Credentials{ClientID: "file-id", ClientSecret: "file-secret", Organization: "file-org"}},
		{"file, organization of the environment", settings.Credentials{}, org, fullFile, settings.Credentials{ClientID: "file-id", ClientSecret: "file-secret", Organization: "env-org"}},
		{"given organization", settings.Credentials{Organization: "mine"}, trio, "", settings.Credentials{ClientID: "env-id", ClientSecret: "env-secret", Organization: "mine"}},
		{"token needs no pair", settings.Credentials{Token: "t"}, map[string]string{"AIRBYTE_CLIENT_ID": "half"}, "{", settings.Credentials{Token: "t"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := system(tc.env, tc.file).Resolve(tc.given)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestResolveRefuses(t *testing.T) {
	t.Parallel()
	path := filepath.Join("home", ".airbyte-agent", "settings.json")
	tests := []struct {
		name  string
		given settings.Credentials
		env   map[string]string
		file  string
		says  []string
	}{
		{"nothing", settings.Credentials{}, nil, "", []string{"WithCredentials", "AIRBYTE_CLIENT_ID", "AIRBYTE_CLIENT_SECRET", path}},
		{"given id alone", settings.Credentials{ClientID: "x"}, nil, fullFile, []string{"client secret is missing"}},
		{"given secret alone", settings.Credentials{ClientSecret: "canary"}, nil, fullFile, []string{"client id is missing"}},
		{"environment's id alone", settings.Credentials{}, map[string]string{"AIRBYTE_CLIENT_ID": "x"}, fullFile, []string{"AIRBYTE_CLIENT_SECRET is missing"}},
		{"environment's secret alone", settings.Credentials{}, map[string]string{"AIRBYTE_CLIENT_SECRET": "canary"}, fullFile, []string{"AIRBYTE_CLIENT_ID is missing"}},
		{"file's id alone", settings.Credentials{}, nil, `{"settings":{"credentials":{"client_id":"x"}}}`, []string{path, "settings.credentials.client_secret is missing"}},
		{"file's secret alone", settings.Credentials{}, nil, `{"settings":{"credentials":{"client_secret":"canary"}}}`, []string{path, "settings.credentials.client_id is missing"}},
		{"file without credentials", settings.Credentials{}, nil, `{"settings":{}}`, []string{"no credentials"}},
		{"cut file", settings.Credentials{}, nil, `{"settings":{"credentials":{"client_secret":"canary`, []string{path, "not valid json at byte"}},
		{"file of another shape", settings.Credentials{}, nil, `{"client_id":"x"}`, []string{path, `no object "settings"`}},
		{"wrong type", settings.Credentials{}, nil, `{"settings":{"workspace":["canary"]}}`, []string{path, "settings.workspace must be a text in quotes, not a list"}},
		{"a number", settings.Credentials{}, nil, `{"settings":{"credentials":{"client_secret":77012345}}}`, []string{"client_secret must be a text in quotes, not a number"}},
		{"credentials of another shape", settings.Credentials{}, nil, `{"settings":{"credentials":"canary"}}`, []string{"settings.credentials must be an object in braces, not a text"}},
		{"a list", settings.Credentials{}, nil, `[]`, []string{path, "the whole file must be an object in braces, not a list"}},
		{"a word", settings.Credentials{}, nil, `true`, []string{"the whole file must be an object in braces, not true or false"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := system(tc.env, tc.file).Resolve(tc.given)
			if !errors.Is(err, fault.ErrConfig) {
				t.Fatalf("got %v", err)
			}
			for _, s := range tc.says {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
			if strings.Contains(err.Error(), "canary") {
				t.Errorf("%q shows a secret", err)
			}
		})
	}
}

func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	s := system(nil, "")
	s.ReadFile = func(name string) ([]byte, error) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	_, err := s.Resolve(settings.Credentials{})
	if !errors.Is(err, fault.ErrConfig) || !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "settings.json") {
		t.Errorf("got %v", err)
	}
}

func TestNoHomeDirectory(t *testing.T) {
	t.Parallel()
	s := system(nil, fullFile)
	s.HomeDir = func() (string, error) { return "", errors.New("$HOME is not defined") }
	if _, err := s.Resolve(settings.Credentials{}); !errors.Is(err, fault.ErrConfig) || !strings.Contains(err.Error(), "~/.airbyte-agent") {
		t.Errorf("got %v", err)
	}
	if name, err := s.Workspace(""); name != "default" || err != nil {
		t.Errorf("got %q, %v", name, err)
	}
}

func TestWorkspace(t *testing.T) {
	t.Parallel()
	env := map[string]string{"AIRBYTE_WORKSPACE": "env-space"}
	tests := []struct {
		name, given string
		env         map[string]string
		file, want  string
	}{
		{"given", "mine", env, fullFile, "mine"},
		{"environment", "", env, "{", "env-space"},
		{"file", "", nil, fullFile, "file-space"},
		{"file without one", "", nil, `{"settings":{}}`, "default"},
		{"no file", "", nil, "", "default"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := system(tc.env, tc.file).Workspace(tc.given)
			if err != nil || got != tc.want {
				t.Errorf("got %q, %v, want %q", got, err, tc.want)
			}
		})
	}
	if _, err := system(nil, "{").Workspace(""); !errors.Is(err, fault.ErrConfig) {
		t.Errorf("broken file: got %v", err)
	}
}

func TestHost(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, given, env, want string }{
		{"default", "", "", "https://api.airbyte.ai"},
		{"environment", "", "https://eu.example.test/", "https://eu.example.test"},
		{"given", "https://a.example.test/base//", "https://b.example.test", "https://a.example.test/base"},
		{"with the routes' own path", "", "https://eu.example.test/api/v1", "https://eu.example.test"},
		{"with a part of it", "https://a.example.test/base/api/", "", "https://a.example.test/base"},
		{"a path that only ends alike", "https://a.example.test/my-api", "", "https://a.example.test/my-api"},
		{"loopback name", "http://localhost:8080", "", "http://localhost:8080"},
		{"loopback address", "http://127.9.0.1:1/", "", "http://127.9.0.1:1"},
		{"loopback v6", "http://[::1]:80", "", "http://[::1]:80"},
		{"upper case scheme", "HTTPS://A.test", "", "https://A.test"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := system(map[string]string{"AIRBYTE_API_HOST": tc.env}, "").Host(tc.given)
			if err != nil || got.String() != tc.want {
				t.Errorf("got %v, %v, want %v", got, err, tc.want)
			}
		})
	}
}

func TestHostRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, raw, says string }{
		{"plain http", "http://api.airbyte.ai", "unencrypted"},
		{"looks like loopback", "http://127.0.0.1.evil.test", "unencrypted"},
		{"looks like localhost", "http://localhost.evil.test", "unencrypted"},
		{"any address", "http://0.0.0.0", "unencrypted"},
		{"no scheme", "api.airbyte.ai", "https://"},
		{"other scheme", "ftp://api.airbyte.ai", "https://"},
		{"no host", "https://", "no host"},
		{"port alone", "https://:443", "no host"},
		{"password", "https://u:canary@api.airbyte.ai", "password"},
		{"query", "https://api.airbyte.ai?canary", "query"},
		{"not a url", "https://api.airbyte.ai/%zz?canary", "not a url"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := system(nil, "").Host(tc.raw)
			if !errors.Is(err, fault.ErrConfig) || !strings.Contains(err.Error(), tc.says) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func FuzzParseFile(f *testing.F) {
	for _, s := range []string{fullFile, "", "null", `{"settings":null}`, `{"settings":{"credentials":[]}}`, `{"settings":{"workspace":1}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := settings.ParseFile(content)
		if err == nil {
			return
		}
		if file != (settings.File{}) {
			t.Error("a malformed file gave values")
		}
		if len(err.Error()) > 300 {
			t.Errorf("the error repeats the file: %v", err)
		}
	})
}
