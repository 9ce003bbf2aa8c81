package httpx_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

func stream(t *testing.T, body io.Reader) (*httpx.Stream, error) {
	t.Helper()
	c := httpx.New(httpx.Config{MaxBytes: 4, HTTP: &http.Client{Transport: answer{200, body, -1}}})
	req := get(t)
	req.Timeout = 30 * time.Second
	return c.Stream(t.Context(), req)
}

func TestStream(t *testing.T) {
	t.Parallel()
	s, err := stream(t, strings.NewReader("longer than the limit of one answer"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(s.Body)
	if err != nil || string(got) != "longer than the limit of one answer" || s.Empty {
		t.Errorf("got %q, %v", got, err)
	}
	for range 2 { // closing twice does no harm
		if err := s.Body.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestEmptyStream(t *testing.T) {
	t.Parallel()
	s, err := stream(t, strings.NewReader(""))
	if err != nil || !s.Empty {
		t.Fatalf("got %+v, %v", s, err)
	}
	if err := s.Body.Close(); err != nil {
		t.Error(err)
	}
}

func TestCutStream(t *testing.T) {
	t.Parallel()
	s, err := stream(t, io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(io.ErrUnexpectedEOF)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(s.Body)
	if string(got) != "abc" || !errors.Is(err, fault.ErrUnavailable) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %q, %v", got, err)
	}
	if err := s.Body.Close(); err != nil {
		t.Error(err)
	}
}

// slow gives a byte at once and the next after a long time.
type slow struct {
	ctx  context.Context
	sent bool
}

func (s *slow) Read(p []byte) (int, error) {
	if !s.sent {
		s.sent, p[0] = true, 'x'
		return 1, nil
	}
	select {
	case <-s.ctx.Done():
		return 0, s.ctx.Err()
	case <-time.After(time.Hour):
		return 0, io.EOF
	}
}

type slowTransport struct{}

func (slowTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: -1, Body: io.NopCloser(&slow{ctx: r.Context()})}, nil
}

// TestStreamOutlivesItsTimeout: the limit is for the first byte alone.
func TestStreamOutlivesItsTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		req := get(t)
		req.Timeout = 30 * time.Second
		s, err := httpx.New(httpx.Config{HTTP: &http.Client{Transport: slowTransport{}}}).Stream(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(s.Body)
		if string(got) != "x" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
		if err := s.Body.Close(); err != nil {
			t.Error(err)
		}
	})
}
