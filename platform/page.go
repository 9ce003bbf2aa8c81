package platform

import (
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"strings"
)

// maxPageSize is the API's own limit of a page.
const maxPageSize = 100

// pages walks a paged list. A cursor that the server sends twice would make
// it endless, so it ends the walk with an error.
func pages[T any](op string, next func(cursor string) ([]T, string, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		seen := map[string]bool{}
		for cursor := ""; ; {
			items, following, err := next(cursor)
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if following == "" {
				return
			}
			if seen[following] {
				yield(none, unusable(op, "the server sent the same next page twice"))
				return
			}
			seen[following], cursor = true, following
		}
	}
}

func unusable(op, format string, args ...any) *Error {
	return &Error{Kind: KindUnavailable, Op: op, Message: fmt.Sprintf(format, args...)}
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
