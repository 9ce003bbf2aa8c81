package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLicenses(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "licenses.txt")
	if err := writeLicenses(t.Context(), []string{"linux/amd64", "windows/amd64"}, file); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"- Go go1.", "- github.com/spf13/cobra v1.", ", LICENSE.txt\n\n", "Apache License", "Copyright 2009 The Go Authors",
		"- github.com/inconshreveable/mousetrap v1.", // on Windows alone
	} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the text lacks %q", want)
		}
	}
	if bytes.Contains(text, []byte("agentsdk-go")) {
		t.Error("the text names this module, whose license has a file of its own")
	}
}

func TestModuleWithoutLicense(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "license"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "licenses.go"), []byte("package x"), 0o600); err != nil {
		t.Fatal(err)
	}
	m := module{"host.example/x v1.0.0", dir}
	if err := m.appendLicense(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "host.example/x v1.0.0") {
		t.Errorf("got %v, want an error that names the module", err)
	}
}

func TestLicensesInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	file := filepath.Join(t.TempDir(), "licenses.txt")
	if err := writeLicenses(ctx, []string{"linux/amd64"}, file); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "linux/amd64") {
		t.Errorf("got %v, want context.Canceled and the target", err)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is there: %v", err)
	}
}
