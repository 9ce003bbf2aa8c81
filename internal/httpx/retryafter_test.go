package httpx_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/internal/httpx"
)

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	tests := []struct {
		name, header string
		want         time.Duration
		ok           bool
	}{
		{"absent", "", 0, false},
		{"zero", "0", 0, true},
		{"seconds", " 120 ", 2 * time.Minute, true},
		{"overflow", "18446744073709551616", 24 * time.Hour, true},
		{"far", "9999999", 24 * time.Hour, true},
		{"negative", "-1", 0, false},
		{"fraction", "1.5", 0, false},
		{"date", now.Add(time.Minute).Format(http.TimeFormat), time.Minute, true},
		{"old date form", now.Add(time.Minute).Format(time.ANSIC), time.Minute, true},
		{"past date", now.Add(-time.Hour).Format(http.TimeFormat), 0, true},
		{"far date", "Fri, 31 Dec 9999 23:59:59 GMT", 24 * time.Hour, true},
		{"words", "later", 0, false},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, ok := httpx.RetryAfter(tc.header, now)
			if got != tc.want || ok != tc.ok {
				t.Errorf("RetryAfter(%q) = %v, %v, want %v, %v", tc.header, got, ok, tc.want, tc.ok)
			}
		})
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"", "0", "60", "-1", "1e9", "Fri, 31 Dec 9999 23:59:59 GMT", "99999999999999999999"} {
		f.Add(s)
	}
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	f.Fuzz(func(t *testing.T, header string) {
		d, ok := httpx.RetryAfter(header, now)
		if d < 0 || d > 24*time.Hour || (!ok && d != 0) {
			t.Errorf("RetryAfter(%q) = %v, %v", header, d, ok)
		}
	})
}
