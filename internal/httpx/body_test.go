package httpx_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

func TestBody(t *testing.T) {
	t.Parallel()
	const limit = 100_000
	for _, n := range []int{0, 1, 16<<10 - 1, 16 << 10, 16<<10 + 1, 60_000, limit - 1, limit} {
		for _, known := range []bool{true, false} {
			t.Run(fmt.Sprintf("%d bytes, length known %v", n, known), func(t *testing.T) {
				t.Parallel()
				want := bytes.Repeat([]byte("abcdefg"), n/7+1)[:n]
				length := int64(-1)
				if known {
					length = int64(n)
				}
				body := iotest.OneByteReader(bytes.NewReader(want))
				c := httpx.New(httpx.Config{MaxBytes: limit, HTTP: &http.Client{Transport: answer{200, body, length}}})
				res, err := c.Do(t.Context(), get(t))
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(res.Body, want) {
					t.Errorf("got %d bytes, want %d", len(res.Body), len(want))
				}
			})
		}
	}
}

func TestBodyFailures(t *testing.T) {
	t.Parallel()
	cut := func() io.Reader {
		return io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(io.ErrUnexpectedEOF))
	}
	tests := []struct {
		name   string
		body   io.Reader
		length int64
		write  bool
		kind   fault.Kind
		cause  error
	}{
		{"too long, length known", strings.NewReader(strings.Repeat("x", 11)), 11, false, fault.Validation, httpx.ErrTooLarge},
		{"too long, length unknown", strings.NewReader(strings.Repeat("x", 11)), -1, false, fault.Validation, httpx.ErrTooLarge},
		{"too long after a write", strings.NewReader(strings.Repeat("x", 11)), 11, true, fault.UnknownOutcome, httpx.ErrTooLarge},
		{"endless", neverEnding{}, -1, false, fault.Validation, httpx.ErrTooLarge},
		{"cut, length known", cut(), 9, false, fault.Unavailable, io.ErrUnexpectedEOF},
		{"cut, length unknown", cut(), -1, false, fault.Unavailable, io.ErrUnexpectedEOF},
		{"cut after a write", cut(), 9, true, fault.UnknownOutcome, io.ErrUnexpectedEOF},
		{"shorter than said", strings.NewReader("abc"), 9, false, fault.Unavailable, io.ErrUnexpectedEOF},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := httpx.New(httpx.Config{MaxBytes: 10, HTTP: &http.Client{Transport: answer{200, tc.body, tc.length}}})
			req := get(t)
			req.Write = tc.write
			_, err := c.Do(t.Context(), req)
			var e *httpx.Error
			if !errors.As(err, &e) || e.Kind != tc.kind || !errors.Is(err, tc.cause) || e.Status != 200 {
				t.Errorf("got %v (%#v)", err, e)
			}
		})
	}
}

type neverEnding struct{}

func (neverEnding) Read(p []byte) (int, error) { return len(p), nil }

// TestLargeBodyIsHeldOnce: a body of known length costs its own size.
func TestLargeBodyIsHeldOnce(t *testing.T) { //nolint:paralleltest // measures the whole process's memory
	const n = 64 << 20
	c := httpx.New(httpx.Config{HTTP: &http.Client{Transport: answer{200, neverEnding{}, n}}})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	res, err := c.Do(t.Context(), get(t))
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	if spent := after.TotalAlloc - before.TotalAlloc; spent > n+n/8 {
		t.Errorf("%d MiB allocated for a body of 64", spent>>20)
	}
	if len(res.Body) != n {
		t.Errorf("%d bytes", len(res.Body))
	}
}
