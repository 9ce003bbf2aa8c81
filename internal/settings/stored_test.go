package settings_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	full := settings.Stored{AllowDestructive: true, InternalUser: true, Telemetry: &no, VersionCheck: &yes}
	full.Credentials.ClientID, full.Credentials.ClientSecret = "i", "s"
	full.OrganizationID, full.Workspace = "o", "w"
	tests := []struct {
		name, file string
		want       settings.Stored
		found      bool
	}{
		{"no file", "", settings.Stored{}, false},
		{"nothing in it", `{"settings":{}}`, settings.Stored{}, true},
		{
			"everything", `{"settings":{"credentials":{"client_id":"i","client_secret":"s"},"organization_id":"o","workspace":"w",` +
				`"allow_destructive":true,"telemetry_enabled":false,"is_internal_user":true,"version_check_enabled":true}}`, full, true,
		},
		{"a byte order mark", "\ufeff" + `{"settings":{"allow_destructive":true}}`, settings.Stored{AllowDestructive: true}, true},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, found, err := system(nil, tc.file).Load()
			if err != nil || found != tc.found {
				t.Fatalf("found %t, %v", found, err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"{", "[]", `{"settings":null}`, `{"settings":{"allow_destructive":1}}`} {
		got, found, err := system(nil, file).Load()
		if !errors.Is(err, fault.ErrConfig) || found || got != (settings.Stored{}) || !strings.Contains(err.Error(), "settings.json") {
			t.Errorf("%s: got %v", file, err)
		}
	}
	s := system(nil, fullFile)
	s.ReadFile = func(string) ([]byte, error) { return nil, os.ErrPermission }
	if _, found, err := s.Load(); !errors.Is(err, fault.ErrConfig) || !errors.Is(err, os.ErrPermission) || found {
		t.Errorf("unreadable: got %v", err)
	}
}

// A client must not fail on a flag that only the command line looks at.
func TestResolveIgnoresOtherFlags(t *testing.T) {
	t.Parallel()
	file := strings.Replace(fullFile, `"allow_destructive": false`, `"allow_destructive": "maybe"`, 1)
	if got, err := system(nil, file).Resolve(settings.Credentials{}); err != nil || got.ClientID != "file-id" {
		t.Errorf("got %q, %v", got.ClientID, err)
	}
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		mode os.FileMode
		says string
	}{
		{"owner alone", 0o600, ""},
		{"owner alone, read-only", 0o400, ""},
		{"group reads", 0o640, "mode 0640 lets other users read it"},
		{"all read", 0o644, "mode 0644 lets other users read it"},
		{"others write", 0o602, "mode 0602 lets other users change it"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s, path := onDisk(t, fullFile)
			if err := os.Chmod(path, tc.mode); err != nil {
				t.Fatal(err)
			}
			if open, err := s.ChangeableByOthers(); err != nil || open != (tc.mode&0o022 != 0 && runtime.GOOS != "windows") {
				t.Errorf("changeable %t, %v", open, err)
			}
			got, err := s.Permissions()
			switch {
			case err != nil:
				t.Error(err)
			case tc.says == "" || runtime.GOOS == "windows":
				if got != "" {
					t.Errorf("false alarm: %s", got)
				}
			case !strings.Contains(got, tc.says) || !strings.HasSuffix(got, "chmod 600 "+path):
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestPermissionsWithoutAnswer(t *testing.T) {
	t.Parallel()
	open := func(string) (os.FileMode, bool, error) { return 0o644, false, nil }
	denied := func(string) (os.FileMode, bool, error) { return 0, false, os.ErrPermission }
	tests := []struct {
		name   string
		change func(*settings.System)
		kind   error
	}{
		{"no file", func(*settings.System) {}, nil},
		{"no home", func(s *settings.System) { s.HomeDir = func() (string, error) { return "", nil } }, nil},
		{"modes mean nothing", func(s *settings.System) { s.Mode = open }, nil},
		{"not allowed to look", func(s *settings.System) { s.Mode = denied }, fault.ErrConfig},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s, _ := onDisk(t, "")
			tc.change(&s)
			if got, err := s.Permissions(); got != "" || !errors.Is(err, tc.kind) {
				t.Errorf("got %q, %v", got, err)
			}
			if open, err := s.ChangeableByOthers(); open || !errors.Is(err, tc.kind) {
				t.Errorf("changeable %t, %v", open, err)
			}
		})
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	if got, want := system(nil, "").Path(), filepath.Join("home", ".airbyte-agent", "settings.json"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzUpdate(f *testing.F) {
	f.Add([]byte(fullFile), "w")
	f.Add([]byte(`{"settings":{"credentials":null}}`), "é\"\\")
	f.Add([]byte(`{"settings":{},"settings":{"workspace":"b"}}`), "")
	f.Add([]byte(`{"Settings":{"WORKSPACE":"b"}}`), "a")
	f.Fuzz(func(t *testing.T, content []byte, name string) {
		var written []byte
		s := system(nil, "x")
		s.ReadFile = func(string) ([]byte, error) {
			if written != nil {
				return written, nil
			}
			return content, nil
		}
		s.WriteFile = func(_ string, text []byte) error {
			written = text
			return nil
		}
		err := s.Update(func(d *settings.Document) error {
			d.SetWorkspace(name)
			d.SetCredentials("i", "s")
			return nil
		})
		if err != nil {
			if written != nil {
				t.Error("written in spite of the error")
			}
			return
		}
		stored, found, err := s.Load()
		if err != nil || !found || stored.Workspace != name || stored.Credentials.ClientID != "i" || stored.Credentials.ClientSecret != "s" {
			t.Errorf("%q became %q: %v", content, written, err)
		}
	})
}
