package httpx

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// fail notes a failed attempt and returns the failure.
func (a *attempt) fail(res *http.Response, failed *Error) *Error {
	a.log(res, failed)
	return failed
}

// log notes one attempt. Bodies and headers are never logged.
func (a *attempt) log(res *http.Response, failed *Error) {
	logger := a.client.logger
	if logger == nil {
		return
	}
	level, status := slog.LevelDebug, 0
	if res != nil {
		status = res.StatusCode
	}
	attrs := []slog.Attr{
		slog.String("method", a.req.Method),
		slog.String("path", a.client.secrets.Redact(a.req.URL.EscapedPath())),
		slog.String("query", a.client.secrets.Redact(safeQuery(a.req))),
		slog.Int("status", status),
		slog.Duration("duration", time.Since(a.start)),
		slog.Int("attempt", a.number),
	}
	if failed != nil {
		level = slog.LevelWarn
		attrs = append(attrs, slog.String("kind", string(failed.Kind)))
	}
	logger.LogAttrs(a.caller, level, "http request", attrs...)
}

// secretWords mark the query keys whose values are not logged.
var secretWords = []string{"token", "secret", "password", "credential", "key", "signature", "policy"}

func safeQuery(req *Request) string {
	if req.URL.RawQuery == "" {
		return ""
	}
	query, err := url.ParseQuery(req.URL.RawQuery)
	if err != nil || req.Private {
		return redacted
	}
	for key, values := range query {
		if HidesSecret(key) {
			for i := range values {
				values[i] = redacted
			}
		}
	}
	return query.Encode()
}

// HidesSecret reports whether a value of this name is likely to be a secret.
func HidesSecret(key string) bool {
	key = strings.ToLower(key)
	for _, word := range secretWords {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}
