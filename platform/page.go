package platform

import (
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxPageSize is the API's own limit of a page.
const maxPageSize = 100

// What ends a walk through pages that have no end.
const (
	maxRows    = 10_000 // of all pages, when each is full
	maxStalled = 5      // pages in a row without a new row
)

// walk is the way through the pages of a list. Servers have been seen to lead
// in circles, so it ends with an error at a cursor that comes twice, after some
// pages without a new row, and after as many pages as maxRows fill.
type walk[T any] struct {
	op   string
	size int            // rows that a page is asked for
	id   func(T) string // of a row, "" when it has none
	next func(cursor string) ([]T, string, error)
}

func (w walk[T]) rows() iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		cursors, ids, stalled := map[string]bool{}, map[string]bool{}, 0
		for cursor, left := "", maxRows/w.size; ; left-- {
			items, following, err := w.next(cursor)
			if err != nil {
				yield(none, err)
				return
			}
			stalled++
			for _, item := range items {
				if id := w.id(item); id == "" || !ids[id] {
					ids[id], stalled = true, 0
				}
				if !yield(item, nil) {
					return
				}
			}
			if following == "" {
				return
			}
			if err := w.check(cursors[following], stalled, left-1); err != nil {
				yield(none, err)
				return
			}
			cursors[following], cursor = true, following
		}
	}
}

// check decides if the next page is worth asking for.
func (w walk[T]) check(again bool, stalled, left int) error {
	switch {
	case again:
		return unusable(w.op, "the server sent the same next page twice")
	case stalled == maxStalled:
		return unusable(w.op, "the server leads on, but its last %d pages brought nothing new", stalled)
	case left == 0:
		e := unusable(w.op, "the list has not ended after %d pages", maxRows/w.size)
		e.Hint = "narrow it, or read it page by page"
		return e
	}
	return nil
}

// pageSize is what a walk asks for when the caller does not mind: few requests.
func pageSize(limit int) int {
	if limit < 1 || limit > maxPageSize {
		return maxPageSize
	}
	return limit
}

// unusable is the error of an answer that came and leads nowhere. Its status
// tells it from a server that cannot be reached.
func unusable(op, format string, args ...any) *Error {
	return &Error{Kind: KindUnavailable, Op: op, Status: http.StatusOK, Message: fmt.Sprintf(format, args...)}
}

// follow checks a link to the next page. It may be relative, but must not lead
// to another host: the token would go with it.
func (c *Client) follow(op, link string) (*url.URL, error) {
	ref, err := url.Parse(link)
	if err != nil {
		return nil, unusable(op, "the link to the next page is not a url")
	}
	target := c.base.ResolveReference(ref)
	if target.Scheme != c.base.Scheme || !sameHost(target, c.base) || target.User != nil {
		return nil, unusable(op, "the link to the next page leads to another host (%s): it is not followed", target.Host)
	}
	target.Fragment, target.RawFragment = "", ""
	return target, nil
}

func sameHost(a, b *url.URL) bool {
	return strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	default:
		return "80"
	}
}

// setPage adds limit and cursor to a query; a limit of 0 is the server's.
func setPage(op string, q url.Values, limit int, cursor string) error {
	if limit < 0 || limit > maxPageSize {
		return invalid(op, "limit must be between 1 and %d, or 0 for the server's default", maxPageSize)
	}
	if limit > 0 {
		q.Set("limit", strconv.Itoa(limit))
	}
	set(q, "cursor", cursor)
	return nil
}

func set(q url.Values, key, value string) {
	if value != "" {
		q.Set(key, value)
	}
}
