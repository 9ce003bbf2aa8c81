package output_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

func text(content string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}
}

// holds checks what a file contains, and that nothing else is beside it.
func holds(t *testing.T, name, want string) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v, want %q", filepath.Base(name), got, err, want)
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside it are %v, %v", entries, err)
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "out.json")
	for _, content := range []string{"first, and longer", "second", "", strings.Repeat("x", 1<<20)} {
		if err := output.File(name, text(content)); err != nil {
			t.Fatal(err)
		}
		holds(t, name, content)
	}
}

func TestFileKeepsTheOldOneOnFailure(t *testing.T) {
	t.Parallel()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name  string
		cause error
	}{
		{"write fails", errGone},
		{"canceled", canceled.Err()},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			half := func(w io.Writer) error {
				if err := text(strings.Repeat("half ", 10_000))(w); err != nil {
					return err
				}
				return tc.cause
			}
			name := filepath.Join(t.TempDir(), "out.json")
			if err := output.File(name, half); !errors.Is(err, tc.cause) || !strings.Contains(err.Error(), "out.json") {
				t.Errorf("got %v", err)
			}
			if entries, err := os.ReadDir(filepath.Dir(name)); err != nil || len(entries) > 0 {
				t.Errorf("left behind: %v, %v", entries, err)
			}
			if err := output.File(name, text("old")); err != nil {
				t.Fatal(err)
			}
			if err := output.File(name, half); !errors.Is(err, tc.cause) {
				t.Errorf("got %v", err)
			}
			holds(t, name, "old")
		})
	}
}

func TestFileLeavesNothingOnPanic(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "out.json")
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		err := output.File(name, func(io.Writer) error { panic("bug") })
		t.Errorf("returned %v", err)
	}()
	if entries, err := os.ReadDir(filepath.Dir(name)); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestFileRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	protected := filepath.Join(dir, "protected")
	if err := os.WriteFile(protected, nil, 0o444); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, target, says string
		kind               error
	}{
		{"no name", "", "name is empty", nil},
		{"directory", dir, "is a directory", nil},
		{"missing directory", filepath.Join(dir, "missing", "out"), "missing", fs.ErrNotExist},
		{"file as a directory", filepath.Join(protected, "out"), "protected", nil},
		{"read-only file", protected, "read-only", nil},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			err := output.File(tc.target, func(io.Writer) error {
				t.Error("content was asked for in vain")
				return nil
			})
			if err == nil || !strings.Contains(err.Error(), tc.says) || (tc.kind != nil && !errors.Is(err, tc.kind)) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestFileMode(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	byShell := filepath.Join(dir, "shell")
	if err := os.WriteFile(byShell, nil, 0o666); err != nil { // less the umask, as a redirection has it
		t.Fatal(err)
	}
	fresh, kept := filepath.Join(dir, "fresh"), filepath.Join(dir, "kept")
	if err := os.WriteFile(kept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, like := range map[string]string{fresh: byShell, kept: kept} {
		want := mode(t, like)
		if err := output.File(name, text("x")); err != nil {
			t.Fatal(err)
		}
		if got := mode(t, name); got != want {
			t.Errorf("%s has mode %v, want %v", filepath.Base(name), got, want)
		}
	}
}

func mode(t *testing.T, name string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode()
}

func TestFileFollowsLinks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		exists bool
	}{
		{"to a file", true},
		{"to a file that is not there yet", false},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			target := filepath.Join(t.TempDir(), "target")
			link := filepath.Join(t.TempDir(), "link")
			if err := os.Symlink(target, link); err != nil {
				t.Fatalf("this system makes no symbolic links: %v", err)
			}
			if tc.exists {
				if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := output.File(link, text("new")); err != nil {
				t.Fatal(err)
			}
			holds(t, target, "new")
			if got, err := os.Readlink(link); err != nil || got != target {
				t.Errorf("the link leads to %q, %v", got, err)
			}
		})
	}
}

func TestFileWritesDevicesDirectly(t *testing.T) {
	t.Parallel()
	before := mode(t, os.DevNull)
	if err := output.File(os.DevNull, text("x")); err != nil {
		t.Error(err)
	}
	if after := mode(t, os.DevNull); before != after || after.IsRegular() {
		t.Errorf("%s was %v, is %v", os.DevNull, before, after)
	}
	if err := output.File(os.DevNull, func(io.Writer) error { return errGone }); !errors.Is(err, errGone) {
		t.Errorf("got %v", err)
	}
	if runtime.GOOS == "linux" {
		// A full disk is found when the file is closed or flushed.
		if err := output.File("/dev/full", text("x")); err == nil {
			t.Error("a full device took it")
		}
	}
}
