package tools

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Progress is how far a call has come that reads several pages.
type Progress struct {
	Pages   int // read so far
	Records int // in these pages
}

// read runs an operation that changes nothing: over as many pages as the program
// wants, and again after a passing failure.
func (b *builder) read(ctx context.Context, entity, verb string, params connector.Params, report func(Progress)) (envelope.Result, error) {
	w := walk{most: b.pages, limit: b.maxOutput, report: report}
	if params == nil {
		params = connector.Params{}
	}
	_, err := retry(ctx, b.retries, func() (*connector.Result, error) {
		for page, err := range b.conn.Pages(ctx, entity, verb, params) {
			if err != nil {
				return nil, err
			}
			if !w.add(page) || !w.wantsMore() {
				break
			}
			params["cursor"] = page.Meta.Cursor // where a repetition goes on
		}
		return w.last, nil
	})
	if err != nil && (w.last == nil || ctx.Err() != nil) {
		return envelope.Result{}, err
	}
	out := w.result()
	if err != nil {
		interrupted(&out.Meta, err)
	}
	return out, nil
}

// walk joins the pages of one call.
type walk struct {
	most     int            // pages
	limit    int            // characters of the output, 0 for any
	report   func(Progress) // after each page, unless nil
	last     *connector.Result
	rows     []byte // the rows of all pages, where there are several
	compact  bool
	progress Progress
}

// roomForMeta is what an envelope takes beside its rows and its cursor.
const roomForMeta = 200

// add takes the next page, unless it does not fit beside those before it: left
// out whole, it is what the cursor of the page before leads to.
func (w *walk) add(page *connector.Result) bool {
	switch {
	case w.last == nil:
		w.compact = page.Compact
	case !w.fits(page):
		return false
	default:
		if w.progress.Pages == 1 {
			w.rows = appendRows(append(w.rows, '['), w.last.Data)
		}
		w.rows = appendRows(w.rows, page.Data)
		w.compact = w.compact && page.Compact
	}
	w.last = page
	w.progress.Pages++
	if w.report != nil {
		w.progress.Records += count(page.Data)
		w.report(w.progress)
	}
	return true
}

// wantsMore reports whether another page may be asked for, which is expected to
// be like the last.
func (w *walk) wantsMore() bool { return w.progress.Pages < w.most && w.fits(w.last) }

// fits reports whether the output has room for a further page. It counts bytes,
// which are no less than characters.
func (w *walk) fits(page *connector.Result) bool {
	used := max(len(w.rows), len(w.last.Data))
	return w.limit == 0 || used+len(page.Data)+len(page.Meta.Cursor)+roomForMeta <= w.limit
}

// result is that of the only page as it came, or of all pages as one array.
func (w *walk) result() envelope.Result {
	out := resultOf(*w.last)
	if w.progress.Pages > 1 {
		out.Data, out.Compact = append(w.rows, ']'), w.compact
	}
	return out
}

// appendRows appends the rows of a page to an array that is not closed yet.
func appendRows(array []byte, page json.RawMessage) []byte {
	for row := range envelope.Rows(page) {
		if len(array) > 1 {
			array = append(array, ',')
		}
		array = append(array, row...)
	}
	return array
}

func count(data json.RawMessage) int {
	n := 0
	for range envelope.Rows(data) {
		n++
	}
	return n
}

// interrupted tells in meta that pages are missing, and why. A cursor that leads
// nowhere is taken away.
func interrupted(meta *envelope.Meta, err error) {
	f := failure(err)
	if errors.Is(err, connector.ErrIncomplete) {
		meta.Cursor = ""
		meta.Warning = "the list is incomplete: " + f.Message
		return
	}
	warning := "the list is incomplete, its next page failed: " + f.Message
	if meta.Warning != "" {
		warning = meta.Warning + "; " + warning
	}
	meta.Warning = warning
	meta.Hint = "the cursor goes on with the page that failed"
	if f.Hint != "" {
		meta.Hint += "; should it fail again: " + f.Hint
	}
}
