package browser_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/browser"
)

const page = "https://app.example/a?b=c&d=$(e)"

// recorder is a system that notes what would have been started.
func recorder(goos string, env map[string]string) (s browser.System, started *[]string) {
	started = &[]string{}
	return browser.System{
		OS:     goos,
		Getenv: func(key string) string { return env[key] },
		Start: func(_ context.Context, name string, args ...string) error {
			*started = append([]string{name}, args...)
			return nil
		},
	}, started
}

func TestOpen(t *testing.T) {
	t.Parallel()
	screen := map[string]string{"DISPLAY": ":0"}
	tests := []struct {
		name, goos string
		env        map[string]string
		want       []string
	}{
		{"linux", "linux", screen, []string{"xdg-open", page}},
		{"wayland", "linux", map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, []string{"xdg-open", page}},
		{"darwin", "darwin", nil, []string{"open", page}},
		{"windows", "windows", nil, []string{"rundll32", "url.dll,FileProtocolHandler", page}},
		{"own browser", "linux", map[string]string{"BROWSER": "firefox --new-tab:lynx"}, []string{"firefox", "--new-tab", page}},
		{"own browser on windows", "windows", map[string]string{"BROWSER": `C:\b.exe`}, []string{`C:\b.exe`, page}},
		{"template", "linux", map[string]string{"BROWSER": "sh -c %s", "DISPLAY": ":0"}, []string{"xdg-open", page}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, started := recorder(tt.goos, tt.env)
			if err := s.Open(t.Context(), page); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, *started); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOpenWithoutScreen(t *testing.T) {
	t.Parallel()
	s, started := recorder("linux", nil)
	if err := s.Open(t.Context(), page); !errors.Is(err, browser.ErrNoBrowser) || len(*started) != 0 {
		t.Errorf("got %v, started %q", err, *started)
	}
}

func TestOpenRefusesOtherAddresses(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "file:///etc/passwd", "javascript:alert(1)", "app.example", "https://", "http://%zz", "--help"} {
		s, started := recorder("darwin", nil)
		if err := s.Open(t.Context(), address); err == nil || len(*started) != 0 {
			t.Errorf("%q: got %v, started %q", address, err, *started)
		}
	}
}

func TestOpenSaysWhatDidNotStart(t *testing.T) {
	t.Parallel()
	s := browser.Here(func(key string) string {
		if key == "BROWSER" {
			return "a-browser-that-does-not-exist"
		}
		return ""
	})
	err := s.Open(t.Context(), page)
	if err == nil || !strings.Contains(err.Error(), "a-browser-that-does-not-exist") {
		t.Errorf("got %v", err)
	}
}
