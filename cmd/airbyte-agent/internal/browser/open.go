package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"runtime"
	"strings"
)

// System is what opening a page depends on.
type System struct {
	OS     string // as runtime.GOOS
	Getenv func(key string) string
	// Start runs a program and does not wait for its end.
	Start func(ctx context.Context, name string, args ...string) error
}

// Here is this machine, with the environment that getenv reads.
func Here(getenv func(string) string) System {
	return System{OS: runtime.GOOS, Getenv: getenv, Start: start}
}

// ErrNoBrowser says that there is nothing to open a page with, as on a server.
var ErrNoBrowser = errors.New("no browser on this machine")

// Open shows the page at address, which must be http or https. BROWSER names
// the program where people have set it, elsewhere the system chooses. Open does
// not wait for the page; it fails when no program could be started, and with
// [ErrNoBrowser] when there is no screen to show it on.
func (s System) Open(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("browser: only http and https pages are opened")
	}
	name, args, err := s.command()
	if err != nil {
		return err
	}
	if err := s.Start(ctx, name, append(args, u.String())...); err != nil {
		return fmt.Errorf("browser: start %s: %w", name, err)
	}
	return nil
}

// command is the program that opens an address given as its last argument. No
// shell is involved: an address may hold what a shell would act on.
func (s System) command() (name string, args []string, err error) {
	if words := strings.Fields(s.firstBrowser()); len(words) > 0 {
		return words[0], words[1:], nil
	}
	switch s.OS {
	case "darwin":
		return "open", nil, nil
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler"}, nil
	}
	// Without a screen xdg-open may start a text browser in this terminal.
	if s.Getenv("DISPLAY") == "" && s.Getenv("WAYLAND_DISPLAY") == "" {
		return "", nil, ErrNoBrowser
	}
	return "xdg-open", nil, nil
}

// firstBrowser is the first of BROWSER, a list separated as PATH is. One with a
// place for the address is left to the system: it needs a shell's reading.
func (s System) firstBrowser() string {
	first := s.Getenv("BROWSER")
	if s.OS != "windows" { // where the colon stands behind a drive
		first, _, _ = strings.Cut(first, ":")
	}
	if strings.Contains(first, "%") {
		return ""
	}
	return first
}

// start lets the program live on when the context or this process ends: the
// person may still be reading.
func start(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(context.WithoutCancel(ctx), name, args...) //nolint:gosec // the user's own choice of browser
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}
