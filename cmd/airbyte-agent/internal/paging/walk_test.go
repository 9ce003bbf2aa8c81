package paging_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/paging"
	"github.com/agentsdk-go/airbyte/platform"
)

// list is a server of pages.
type list struct {
	rows  func(page int) string // of page 1, 2, …
	last  int                   // 0: there is none
	sizes []int64               // asked for
}

func (l *list) get(_ context.Context, size int64, next string) (json.RawMessage, string, error) {
	l.sizes = append(l.sizes, size)
	page := len(l.sizes)
	if want := map[bool]string{true: "", false: fmt.Sprint("to ", page)}[page == 1]; next != want {
		return nil, "", fmt.Errorf("page %d was asked for by %q", page, next)
	}
	following := fmt.Sprint("to ", page+1)
	if page == l.last {
		following = ""
	}
	return json.RawMessage(`{"data":[` + l.rows(page) + `]}`), following, nil
}

func one(page int) string { return fmt.Sprintf(`{"id":%d}`, page) }

func full(page int) string {
	rows := make([]string, 0, paging.Size)
	for i := range paging.Size {
		rows = append(rows, one(page*paging.Size+i))
	}
	return strings.Join(rows, ",")
}

func TestWalkEnds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		list  list
		limit int64
		pages int
		says  string
	}{
		{"new rows without an end", list{rows: one}, 0, 100, "the list has not ended after 100 pages"},
		{"little by little to a limit", list{rows: one}, 5000, 100, "the list has not ended after 100 pages"},
		{"no rows", list{rows: func(int) string { return "" }}, 0, 5, "its last 5 pages brought nothing new"},
		{"the same row", list{rows: func(int) string { return `{"id":"a"}` }}, 0, 6, "its last 5 pages brought nothing new"},
		{"the same row to a limit", list{rows: func(int) string { return `{"id":"a"}` }}, 500, 6, "its last 5 pages brought nothing new"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := paging.Walk{Op: "list things", Limit: tc.limit, Hint: "ask for less", Get: tc.list.get}.All(t.Context())
			if !errors.Is(err, platform.ErrUnavailable) || !strings.Contains(err.Error(), "list things: ") || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %v", err)
			}
			if e := failure.From(err); e.Type != "api_error" || e.Exit != failure.ExitGeneral || *e.Retryable {
				t.Errorf("got %+v", e)
			}
			if len(tc.list.sizes) != tc.pages {
				t.Errorf("%d pages were read, want %d", len(tc.list.sizes), tc.pages)
			}
		})
	}
}

func TestWalkReads(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name              string
		list              list
		limit             int64
		pages, rows       int
		next              string
		firstSize, lastly int64
	}{
		{"all", list{rows: full, last: 3}, 0, 3, 300, "", 100, 100},
		{"exactly as many pages as are read", list{rows: full, last: 100}, 0, 100, 10_000, "", 100, 100},
		{"a limit on a page", list{rows: full}, 250, 3, 300, "to 4", 100, 50},
		{"a small limit", list{rows: one}, 1, 1, 1, "to 2", 1, 1},
		{"more than usual when that is said", list{rows: full}, 15_000, 150, 15_000, "to 151", 100, 100},
		{"empty pages between", list{rows: func(page int) string {
			if page%5 != 0 {
				return ""
			}
			return one(page)
		}, last: 20}, 0, 20, 4, "", 100, 100},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := paging.Walk{Op: "list things", Limit: tc.limit, Get: tc.list.get}.All(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got.Pages != tc.pages || len(got.Raw) != tc.rows || got.Next != tc.next {
				t.Errorf("%d pages with %d rows, and then %q", got.Pages, len(got.Raw), got.Next)
			}
			if sizes := tc.list.sizes; sizes[0] != tc.firstSize || sizes[len(sizes)-1] != tc.lastly {
				t.Errorf("asked for %d", sizes)
			}
			if diff := cmp.Diff(`{"data":[`+tc.list.rows(1)+`]}`, string(got.First)); diff != "" {
				t.Errorf("first page (-want +got):\n%s", diff)
			}
			if joined := paging.Join(got.Raw); !json.Valid([]byte("[" + string(joined) + "]")) {
				t.Errorf("joined: %s", joined)
			}
		})
	}
}
