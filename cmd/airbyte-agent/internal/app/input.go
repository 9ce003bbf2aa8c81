package app

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
)

// maxInput bounds what is read from a file or standard input, in bytes: a
// request of the API is never larger.
const maxInput = 64 << 20

// IsReference reports whether the value of a flag names a file or standard
// input: "@path", "@-" or "-".
func IsReference(value string) bool { return value == "-" || strings.HasPrefix(value, "@") }

// ReadReference returns what such a value names. A path is relative to the
// working directory.
func (a *App) ReadReference(value string) ([]byte, error) {
	name := strings.TrimPrefix(value, "@")
	if name == "-" {
		return read("standard input", a.In)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, failure.Input("cannot read the file: %v", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	return read(name, f)
}

func read(name string, from io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(from, maxInput+1))
	if err != nil {
		return nil, failure.Input("cannot read %s: %v", name, err)
	}
	if len(content) > maxInput {
		return nil, failure.Input("%s is larger than %s", name, fmt.Sprintf("%d MiB", maxInput>>20))
	}
	return bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), nil // editors on Windows put it in front
}
