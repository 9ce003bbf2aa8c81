package httpx_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/internal/httpx"
)

func TestWait(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	tests := map[string]struct {
		text, format string
		want         time.Duration
		ok           bool
	}{
		"absent":             {"", "seconds", 0, false},
		"seconds":            {"2", "seconds", 2 * time.Second, true},
		"fraction":           {"1.5", "seconds", 1500 * time.Millisecond, true},
		"milliseconds":       {"250", "milliseconds", 250 * time.Millisecond, true},
		"time":               {"1800000003", "unix_timestamp", 3 * time.Second, true},
		"time in the past":   {"1700000000", "unix_timestamp", 0, true},
		"date as seconds":    {now.Add(time.Minute).UTC().Format(http.TimeFormat), "seconds", time.Minute, true},
		"negative":           {"-5", "seconds", 0, false},
		"not a number":       {"NaN", "seconds", 0, false},
		"not a time":         {"NaN", "unix_timestamp", 0, false},
		"absurd":             {"1e300", "seconds", 24 * time.Hour, true},
		"infinite":           {"Inf", "milliseconds", 24 * time.Hour, true},
		"words":              {"later", "milliseconds", 0, false},
		"unknown format":     {"4", "", 4 * time.Second, true},
		"with white space":   {" 3 ", "seconds", 3 * time.Second, true},
		"hexadecimal number": {"0x10", "seconds", 0, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, ok := httpx.Wait(test.text, test.format, now); got != test.want || ok != test.ok {
				t.Errorf("Wait(%q, %q) = %v, %t, want %v, %t", test.text, test.format, got, ok, test.want, test.ok)
			}
		})
	}
}

func FuzzWait(f *testing.F) {
	for _, text := range []string{"", "0", "-1", "1e309", "NaN", "Inf", "1800000003", "Fri, 31 Dec 9999 23:59:59 GMT"} {
		for _, format := range []string{"seconds", "milliseconds", "unix_timestamp"} {
			f.Add(text, format)
		}
	}
	now := time.Unix(1_800_000_000, 0)
	f.Fuzz(func(t *testing.T, text, format string) {
		if d, ok := httpx.Wait(text, format, now); d < 0 || d > 24*time.Hour || (!ok && d != 0) {
			t.Errorf("Wait(%q, %q) = %v, %v", text, format, d, ok)
		}
	})
}
