//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	mcpInitialize = `{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}` + "\n"
	mcpTools      = `{"jsonrpc":"2.0","id":1,"method":"tools/list"}` + "\n"
)

// served is mcp serve over pipes, as a client starts it.
type served struct {
	t      *testing.T
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    io.ReadCloser
	lines  *bufio.Reader
	stderr *os.File
}

func serveMCP(t *testing.T) *served {
	t.Helper()
	s := &served{t: t, cmd: exec.CommandContext(t.Context(), "airbyte-agent",
		"mcp", "serve", "--connector", "pylon", "--mode", "direct", "--per-action")}
	var err error
	// A file, which nobody writes to any more once the process has ended.
	if s.stderr, err = os.Create(filepath.Join(t.TempDir(), "stderr")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.stderr.Close() })
	s.cmd.Stderr = s.stderr
	s.cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "PYLON_API_TOKEN=token")
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if s.out, err = s.cmd.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.lines = bufio.NewReader(s.out)
	s.send(mcpInitialize)
	s.receive()
	return s
}

// said is what the process has written to standard error.
func (s *served) said() string {
	s.t.Helper()
	text, err := os.ReadFile(s.stderr.Name())
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

func (s *served) send(lines string) {
	s.t.Helper()
	if _, err := io.WriteString(s.in, lines); err != nil {
		s.t.Fatal(err)
	}
}

func (s *served) receive() {
	s.t.Helper()
	if _, err := s.lines.ReadString('\n'); err != nil {
		s.t.Fatal(err, s.said())
	}
}

// exit waits for the end of the process and returns its code.
func (s *served) exit() int {
	s.t.Helper()
	ended := make(chan *os.ProcessState, 1)
	go func() {
		state, _ := s.cmd.Process.Wait() // Wait of cmd would close the pipes, and the process end by that
		ended <- state
	}()
	select {
	case state := <-ended:
		s.t.Cleanup(func() { _ = s.cmd.Wait() }) // it closes the pipes
		return state.ExitCode()
	case <-time.After(30 * time.Second):
		s.t.Fatal("the process does not end")
		return 0
	}
}

// A client that does not read its answers cannot keep the process from stopping.
func TestStoppedWhileUnread(t *testing.T) {
	t.Parallel()
	for want, stop := range map[int]os.Signal{0: syscall.SIGTERM, 130: syscall.SIGINT} {
		t.Run(stop.String(), func(t *testing.T) {
			t.Parallel()
			s := serveMCP(t)
			for _, id := range []string{"1", "2", "3", "4"} {
				s.send(strings.Replace(mcpTools, `"id":1`, `"id":`+id, 1))
			}
			s.receive() // the next answers do not fit into the pipe
			if err := s.cmd.Process.Signal(stop); err != nil {
				t.Fatal(err)
			}
			if got := s.exit(); got != want {
				t.Errorf("exit code %d, want %d: %s", got, want, s.said())
			}
		})
	}
}

// A client that has closed its end is no failure, and the process does not die of
// the signal that says so.
func TestClosedOutput(t *testing.T) {
	t.Parallel()
	s := serveMCP(t)
	if err := s.out.Close(); err != nil {
		t.Fatal(err)
	}
	s.send(mcpTools)
	if got := s.exit(); got != 0 || s.said() != "" {
		t.Errorf("exit code %d: %s", got, s.said())
	}
}
