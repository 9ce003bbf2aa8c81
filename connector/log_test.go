package connector_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// lockedBuffer collects what several goroutines log.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// TestLogHidesSignedAddresses holds that the signature in a file's address,
// which lets anybody fetch it, is in no log line.
func TestLogHidesSignedAddresses(t *testing.T) {
	t.Parallel()
	files := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("sig") != "canary-1" {
			t.Errorf("query = %q", r.URL.RawQuery)
		}
		fmt.Fprint(w, "content")
	}))
	t.Cleanup(files.Close)
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"url":"%s/f?sig=canary-1&X-Amz-Security-Token=canary-2&anything=canary-3"}`, files.URL)
	}))
	t.Cleanup(api.Close)
	manifest := strings.NewReplacer("x-airbyte-action: list", "x-airbyte-action: download\n      x-airbyte-file-url: url",
		"      x-airbyte-record-extractor: $.rows\n", "", "      x-airbyte-meta-extractor: {}\n", "").Replace(listing("{}", "[]"))
	var logged lockedBuffer
	conn := openListing(t, manifest, connector.Credentials{"token": "s3cret"}, api.URL,
		connector.WithLogger(slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))))
	body, err := conn.Download(t.Context(), "rows", nil)
	if err != nil {
		t.Fatal(err)
	}
	if content, err := io.ReadAll(body); err != nil || string(content) != "content" {
		t.Errorf("file = %q, %v", content, err)
	}
	if err := body.Close(); err != nil {
		t.Error(err)
	}
	if text := logged.String(); strings.Contains(text, "canary") || strings.Contains(text, "s3cret") || strings.Count(text, "path=") != 2 {
		t.Errorf("log:\n%s", text)
	}
}
