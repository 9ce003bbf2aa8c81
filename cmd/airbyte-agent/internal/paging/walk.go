package paging

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/platform"
)

// Size is the largest page that the API gives, in rows.
const Size = 100

// What ends a walk that the server does not end.
const (
	maxPages   = 100 // unless more rows are asked for
	maxStalled = 5   // pages in a row without a new row
)

// Walk is the way through the pages of a list.
type Walk struct {
	Op    string // what it does, for errors, such as "list things"
	Limit int64  // how many rows are enough; 0 and below: all
	Hint  string // how to get along with a list that is too long

	// Get returns the page that next leads to, "" being the first one, of at most
	// size rows, and what leads to the page behind it, "" being the end.
	Get func(ctx context.Context, size int64, next string) (page json.RawMessage, following string, err error)
}

// Rows are what a walk has read.
type Rows struct {
	Raw   []json.RawMessage // at least Walk.Limit unless the list has ended
	Next  string            // leads to the page behind them, "" at the end
	First json.RawMessage   // the first page, whole
	Pages int
}

// All reads pages until there are enough rows or the list ends. Servers that lead
// in a circle or nowhere are an error, and so is a list that has not ended after
// 100 pages, or as many as Limit fills where these are more. Such an error
// matches platform.ErrUnavailable, and has the status 200: the answers came.
func (w Walk) All(ctx context.Context) (Rows, error) {
	read := Rows{}
	cursors, ids, stalled := map[string]bool{}, map[string]bool{}, 0
	for {
		page, next, err := w.Get(ctx, w.size(len(read.Raw)), read.Next)
		if err != nil {
			return Rows{}, err
		}
		data := gjson.GetBytes(page, "data")
		if !data.IsArray() {
			return Rows{}, Unusable(w.Op, `the answer has no list "data"`)
		}
		stalled++
		for _, row := range data.Array() {
			if id := row.Get("id").String(); id == "" || !ids[id] {
				ids[id], stalled = true, 0
			}
			read.Raw = append(read.Raw, json.RawMessage(row.Raw))
		}
		if read.Pages++; read.Pages == 1 {
			read.First = page
		}
		if read.Next = next; next == "" || (w.Limit > 0 && int64(len(read.Raw)) >= w.Limit) {
			return read, nil
		}
		if err := w.check(cursors[next], stalled, read.Pages); err != nil {
			return Rows{}, err
		}
		cursors[next] = true
	}
}

// size is that of the next page when there are some rows already.
func (w Walk) size(rows int) int64 {
	if w.Limit <= 0 {
		return Size
	}
	return min(Size, w.Limit-int64(rows))
}

// check decides if the next page is worth asking for.
func (w Walk) check(again bool, stalled, pages int) error {
	switch {
	case again:
		return Unusable(w.Op, "the server sent the same next page twice")
	case stalled == maxStalled:
		return Unusable(w.Op, "the server leads on, but its last %d pages brought nothing new", stalled)
	case int64(pages) >= max(maxPages, (w.Limit+Size-1)/Size):
		e := Unusable(w.Op, "the list has not ended after %d pages", pages)
		e.Hint = w.Hint
		return e
	}
	return nil
}

// Unusable is the failure of an answer that came and does not say what it should.
func Unusable(op, format string, args ...any) *platform.Error {
	return &platform.Error{Kind: platform.KindUnavailable, Op: op, Status: http.StatusOK, Message: fmt.Sprintf(format, args...)}
}

// Join puts rows behind each other as the elements of a list.
func Join(rows []json.RawMessage) []byte {
	var list []byte
	for i, row := range rows {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, row...)
	}
	return list
}
