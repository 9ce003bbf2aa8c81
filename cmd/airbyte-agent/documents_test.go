//go:build unix

package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox"
)

// documents are those whose lines for a shell are run. The manual has the
// examples of every command.
var documents = []string{"README.md", "docs/cli.md"}

// notRun are the lines that cannot run here, by how they begin, and why.
var notRun = map[string]string{
	"go install ":                    "it installs a published version",
	"claude ":                        "a program that is not here; TestReadmeConfigurationsServe starts what it is told",
	"airbyte-agent mcp health":       "it wants a server at the very port that it names; a transcript has one",
	"airbyte-agent completion zsh":   "the place is a variable of zsh",
	"airbyte-agent completion power": "a pipe to PowerShell",
}

// standIns are what the documents make up, and what the sandbox has instead.
var standIns = strings.NewReplacer(
	"delete --id 7f3c2b1a-0d4e-4c5f-9a6b-8e7d6c5b4a39", "delete --id "+sandbox.ConnectorID,
	"organizations use --id 7f3c2b1a-0d4e-4c5f-9a6b-8e7d6c5b4a39", "organizations use --id "+sandbox.OrganizationID,
	"connector-source:3a1b", "connector-source:"+sandbox.ConnectorID,
	"--client-id 3f2a", "--client-id "+sandbox.ClientID,
	"PYLON_API_TOKEN=…", "PYLON_API_TOKEN="+sandbox.PylonToken,
	"--name-contains prod ", "--name-contains workspace ",
	"--name production", "--name workspace-1",
	"--workspace support", "--workspace workspace-1",
	"127.0.0.1:8080", "127.0.0.1:0", // a port that is taken says nothing about the line
	":8080", "127.0.0.1:0",
	"--port 8765", "--port 0",
)

// TestDocumentsRun runs the lines for a shell of the documents as a reader does
// who is logged in, each block in a directory of its own with the files that the
// documents name, and against a sandbox of its own.
func TestDocumentsRun(t *testing.T) {
	t.Parallel()
	left := map[string]bool{}
	for _, document := range documents {
		blocks := shellBlocks(t, filepath.Join("..", "..", document))
		if len(blocks) == 0 {
			t.Errorf("%s has no lines for a shell", document)
		}
		for _, lines := range blocks {
			lines = runnable(lines, left)
			if len(lines) == 0 {
				continue
			}
			t.Run(document+"/"+lines[0], func(t *testing.T) {
				t.Parallel()
				newReader(t).follow(lines)
			})
		}
	}
	for start, why := range notRun {
		if !left[start] {
			t.Errorf("no line begins with %q any more, which is left out because %s", start, why)
		}
	}
}

// reader is somebody who tries out what a document says.
type reader struct {
	t   *testing.T
	box *sandbox.Sandbox
	dir string
	env []string
}

func newReader(t *testing.T) *reader {
	t.Helper()
	box := sandbox.Test(t, sandbox.WithExtraWorkspaces(1))
	r := &reader{t: t, box: box, dir: t.TempDir()}
	home := t.TempDir()
	r.env = append(os.Environ(), "HOME="+home, "USERS_API_HOST="+box.PylonURL())
	for name, value := range variables(box) {
		r.env = append(r.env, name+"="+value)
	}
	if err := os.CopyFS(r.dir, os.DirFS(filepath.Join("testdata", "documents"))); err != nil {
		t.Fatal(err)
	}
	r.write(filepath.Join(r.dir, "secret.txt"), sandbox.ClientSecret)
	r.write(filepath.Join(r.dir, "token.txt"), strings.Repeat("t", 40))
	r.write(filepath.Join(home, ".airbyte-agent", "settings.json"),
		`{"settings":{"credentials":{"client_id":"`+sandbox.ClientID+`","client_secret":"`+sandbox.ClientSecret+`"}}}`)
	for _, completions := range []string{".local/share/bash-completion/completions", ".config/fish/completions"} {
		if err := os.MkdirAll(filepath.Join(home, completions), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func (r *reader) write(name, text string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// follow runs the lines of one block. Servers go on until its end.
func (r *reader) follow(lines []string) {
	r.t.Helper()
	if lines[0] == ". ./sandbox.env" { // the block before has made it in another terminal
		r.write(filepath.Join(r.dir, "sandbox.env"), "export "+strings.Join(r.box.Environ(), "\nexport ")+"\n")
	}
	var script []string
	for _, line := range lines {
		if isServer(line) {
			r.serve(strings.TrimSuffix(line, " &"))
			continue
		}
		script = append(script, line)
	}
	if len(script) == 0 {
		return
	}
	// person opens the pages that login and connectors create ask for.
	ctx, cancel := context.WithTimeout(r.t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "person", "sh", "-e", "-x", "-c", strings.Join(script, "\n"))
	cmd.Dir, cmd.Env = r.dir, r.env
	if strings.Contains(strings.Join(script, "\n"), "login --manual") {
		cmd.Stdin = strings.NewReader(sandbox.ClientID + "\n" + sandbox.ClientSecret + "\n" + sandbox.OrganizationID + "\ndefault\n")
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		r.t.Fatalf("%v\n%s%s", err, &stdout, &stderr)
	}
	if strings.Contains(stdout.String(), `"data": []`) {
		r.t.Errorf("an example that finds nothing:\n%s", &stdout)
	}
	r.nothingIsEmpty()
}

// nothingIsEmpty looks at the files that the lines have made.
func (r *reader) nothingIsEmpty() {
	r.t.Helper()
	err := filepath.WalkDir(r.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err != nil || info.Size() == 0 {
			r.t.Errorf("%s is empty: %v", path, err)
		}
		return nil
	})
	if err != nil {
		r.t.Error(err)
	}
}

// serve starts a server, waits until it says where it is, and at the end of the
// test stops it, which must end it well.
func (r *reader) serve(line string) {
	r.t.Helper()
	cmd := exec.Command("sh", "-c", "exec "+line) //nolint:noctx // it is stopped below
	cmd.Dir, cmd.Env = r.dir, r.env
	said, err := os.Create(filepath.Join(r.t.TempDir(), "stdout"))
	if err != nil {
		r.t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = said, &stderr
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // Wait tells of one that has ended before
		if err := cmd.Wait(); err != nil {
			r.t.Errorf("%s: %v\n%s", line, err, &stderr)
		}
		_ = said.Close() // the server wrote it
	})
	ready := func() bool { return hasText(said.Name()) || hasText(filepath.Join(r.dir, "sandbox.env")) }
	if !waitFor(ready) {
		r.t.Errorf("%s: it does not say where it is", line)
	}
}

func hasText(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Size() > 0
}
