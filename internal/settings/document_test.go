package settings_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// onDisk is the real file system under a home directory of its own, with a
// settings file unless content is empty.
func onDisk(t *testing.T, content string) (system settings.System, path string) {
	t.Helper()
	home := t.TempDir()
	system = settings.OS()
	system.Getenv = func(string) string { return "" }
	system.HomeDir = func() (string, error) { return home, nil }
	path = filepath.Join(home, ".airbyte-agent", "settings.json")
	if content != "" {
		if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return system, path
}

// alone checks that a settings file holds want, and that no temporary file is
// left beside it.
func alone(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the file are %v, %v", entries, err)
	}
}

func logIn(d *settings.Document) error {
	d.SetCredentials("new-id", "new-secret")
	d.SetOrganization("new-org")
	return nil
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	workspace := func(name string) func(*settings.Document) error {
		return func(d *settings.Document) error {
			d.SetWorkspace(name)
			return nil
		}
	}
	tests := []struct {
		name, before string
		change       func(*settings.Document) error
		want         string
	}{
		{"no file", "", logIn, `{
  "settings": {
    "credentials": {
      "client_id": "new-id",
      "client_secret": "new-secret"
    },
    "organization_id": "new-org"
  }
}
`},
		{"the rest stays", `{"x":[9007199254740993],"settings":{"later":{"b":1,"a":2},"credentials":{"client_secret":"s","client_id":"i","z":1.0},"allow_destructive":true},"y":"<&>"}`, logIn, `{
  "x": [
    9007199254740993
  ],
  "settings": {
    "later": {
      "b": 1,
      "a": 2
    },
    "credentials": {
      "client_secret": "new-secret",
      "client_id": "new-id",
      "z": 1.0
    },
    "allow_destructive": true,
    "organization_id": "new-org"
  },
  "y": "<&>"
}
`},
		{"workspace", `{"settings":{"workspace":"a"}}`, workspace(`é "b"`), "{\n  \"settings\": {\n    \"workspace\": \"é \\\"b\\\"\"\n  }\n}\n"},
		{"workspace removed", `{"settings":{"workspace":"a","x":1}}`, workspace(""), "{\n  \"settings\": {\n    \"x\": 1\n  }\n}\n"},
		{"a key twice", `{"settings":{"workspace":"a","work\u0073pace":"b"}}`, workspace("c"), "{\n  \"settings\": {\n    \"workspace\": \"c\",\n    \"work\\u0073pace\": \"c\"\n  }\n}\n"},
		{"nothing to remove", `{"settings":{}}`, workspace(""), "{\n  \"settings\": {}\n}\n"},
		{"a byte order mark", "\ufeff{\"settings\":{}}\r\n", workspace("a"), "{\n  \"settings\": {\n    \"workspace\": \"a\"\n  }\n}\n"},
		{"a null is filled", `{"settings":{"credentials":null,"organization_id":null}}`, logIn, `{
  "settings": {
    "credentials": {
      "client_id": "new-id",
      "client_secret": "new-secret"
    },
    "organization_id": "new-org"
  }
}
`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			system, path := onDisk(t, tc.before)
			if err := system.Update(tc.change); err != nil {
				t.Fatal(err)
			}
			alone(t, path, tc.want)
			if warning, err := system.Permissions(); warning != "" || err != nil {
				t.Errorf("got %q, %v", warning, err)
			}
		})
	}
}

func TestUpdateShowsWhatIsThere(t *testing.T) {
	t.Parallel()
	system, _ := onDisk(t, fullFile)
	err := system.Update(func(d *settings.Document) error {
		if got := d.File(); got.Workspace != "file-space" || got.Credentials.ClientID != "file-id" {
			t.Errorf("before: %q, %q", got.Workspace, got.Credentials.ClientID)
		}
		d.SetWorkspace("later")
		if got := d.File().Workspace; got != "later" {
			t.Errorf("after: %q", got)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if got, err := system.Workspace(""); err != nil || got != "later" {
		t.Errorf("read again: %q, %v", got, err)
	}
}

func TestUpdateLeavesTheFile(t *testing.T) {
	t.Parallel()
	errChange := errors.New("no")
	tests := []struct {
		name, before string
		change       func(*settings.Document) error
		kind         error
		says         string
	}{
		{"malformed", `{"settings":{"credentials":{"client_secret":"canary"`, logIn, fault.ErrConfig, "not valid json at byte"},
		{"empty", " ", logIn, fault.ErrConfig, "not valid json"},
		{"no settings", `{}`, logIn, fault.ErrConfig, `no object "settings"`},
		{"wrong type", `{"settings":{"workspace":["canary"]}}`, logIn, fault.ErrConfig, "settings.workspace must be a text in quotes, not a list"},
		{"wrong flag", `{"settings":{"allow_destructive":"canary"}}`, logIn, fault.ErrConfig, "settings.allow_destructive must be true or false, not a text"},
		{"a key twice", `{"settings":{"workspace":"canary","organization_id":"a","ORGANIZATION_ID":"b"}}`, logIn, fault.ErrConfig, "a key twice"},
		{"change refuses", `{"settings":{}}`, func(d *settings.Document) error {
			d.SetWorkspace("canary")
			return errChange
		}, errChange, "no"},
		{"no text", `{"settings":{}}`, func(d *settings.Document) error {
			d.SetWorkspace("canary\xff")
			return nil
		}, fault.ErrConfig, "workspace is not valid UTF-8"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			system, path := onDisk(t, tc.before)
			err := system.Update(tc.change)
			if !errors.Is(err, tc.kind) || !strings.Contains(err.Error(), tc.says) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v", err)
			}
			if errors.Is(err, fault.ErrConfig) && !strings.Contains(err.Error(), path) {
				t.Errorf("the file is not named: %v", err)
			}
			alone(t, path, tc.before)
		})
	}
}

func TestUpdateCannotWrite(t *testing.T) {
	t.Parallel()
	t.Run("no home directory", func(t *testing.T) {
		t.Parallel()
		system, _ := onDisk(t, "")
		system.HomeDir = func() (string, error) { return "", errors.New("none") }
		if err := system.Update(logIn); !errors.Is(err, fault.ErrConfig) || !strings.Contains(err.Error(), "home directory") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a file in the directory's place", func(t *testing.T) {
		t.Parallel()
		system, path := onDisk(t, "")
		if err := os.WriteFile(filepath.Dir(path), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := system.Update(logIn); !errors.Is(err, fault.ErrConfig) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a directory in the file's place", func(t *testing.T) {
		t.Parallel()
		system, path := onDisk(t, "")
		if err := os.MkdirAll(filepath.Join(path, "x"), 0o755); err != nil {
			t.Fatal(err)
		}
		system.ReadFile = func(string) ([]byte, error) { return nil, fs.ErrNotExist }
		if err := system.Update(logIn); !errors.Is(err, fault.ErrConfig) || !strings.Contains(err.Error(), "cannot be written") {
			t.Errorf("got %v", err)
		}
		if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
			t.Errorf("left behind: %v, %v", entries, err)
		}
	})
}

func TestUpdateModes(t *testing.T) {
	t.Parallel()
	system, path := onDisk(t, "")
	if err := system.Update(logIn); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want && runtime.GOOS != "windows" {
			t.Errorf("%s has mode %#o, want %#o", filepath.Base(name), got, want)
		}
	}
}

func TestUpdateFollowsALink(t *testing.T) {
	t.Parallel()
	system, path := onDisk(t, fullFile)
	target := filepath.Join(t.TempDir(), "settings.json")
	if err := os.Rename(path, target); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, path); err != nil {
		t.Fatalf("this system makes no symbolic links: %v", err)
	}
	if err := system.Update(logIn); err != nil {
		t.Fatal(err)
	}
	if got, err := os.Readlink(path); err != nil || got != target {
		t.Errorf("the link leads to %q, %v", got, err)
	}
	if got, found, err := system.Load(); err != nil || !found || got.OrganizationID != "new-org" {
		t.Errorf("got %v, %t, %v", got.OrganizationID, found, err)
	}
}

func TestUpdatesAtTheSameTime(t *testing.T) {
	t.Parallel()
	system, path := onDisk(t, fullFile)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			err := system.Update(func(d *settings.Document) error {
				d.SetWorkspace(fmt.Sprintf("space-%d", i))
				return nil
			})
			if err != nil {
				t.Error(err)
			}
			if stored, found, err := system.Load(); err != nil || !found || !strings.HasPrefix(stored.Workspace, "space-") {
				t.Errorf("met %q, %t, %v", stored.Workspace, found, err)
			}
		})
	}
	wg.Wait()
	stored, _, err := system.Load()
	if err != nil {
		t.Fatal(err)
	}
	name, err := json.Marshal(stored.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(fullFile, `"file-space"`, string(name), 1)
	want = strings.Replace(want, `{"client_id": "file-id", "client_secret": "file-secret"}`,
		"{\n      \"client_id\": \"file-id\",\n      \"client_secret\": \"file-secret\"\n    }", 1)
	alone(t, path, want)
}
