package connector

import (
	"context"
	"encoding/json"
	"errors"
	"hash/maphash"
	"iter"
	"maps"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// ErrIncomplete is the cause of an error that ends Records or Pages where every
// request was answered: what was yielded so far is right, but the list has more
// that cannot be read. The service gave a page in part, no cursor to the next, or
// one that leads nowhere; to repeat the walk, or to go on from its last cursor,
// would end the same way. Such an error matches the sentinel of its kind too.
var ErrIncomplete = errors.New("incomplete list")

// Records runs an action and yields its records one by one, fetching further
// pages as the loop asks for them; one page is held at a time. It ends after
// the last page, after the first error, which it yields, or with the loop.
//
// The next page is asked for with the parameter "cursor". A cursor that comes
// back a second time ends the loop with ErrUnavailable instead of running
// forever, and so does a page that comes three times in a row, or in part only; a
// page that has a successor but no cursor ends it with ErrUnsupported instead of
// leaving records out silently. Errors of these guards match ErrIncomplete.
func (c *Connector) Records(ctx context.Context, entity, action string, params Params) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		for page, err := range c.Pages(ctx, entity, action, params) {
			if err != nil {
				yield(nil, err)
				return
			}
			for row := range envelope.Rows(page.Data) {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// Pages runs an action and yields its pages one by one, fetching the next as the
// loop asks for it. It ends after the last page, after the first error, which it
// yields, or with the loop.
//
// It has the guards of Records. An error of theirs comes after the page that it
// is about and matches ErrIncomplete; one of a page that could not be read is as
// Execute returns it. To go on later, run the action with the parameter "cursor"
// set to Meta.Cursor of the last page.
func (c *Connector) Pages(ctx context.Context, entity, action string, params Params) iter.Seq2[*Result, error] {
	return func(yield func(*Result, error) bool) {
		params := maps.Clone(params)
		if params == nil {
			params = Params{}
		}
		pages := pages{call: call{op: "list records", entity: entity, action: action}, seen: map[uint64]struct{}{}, seed: maphash.MakeSeed()}
		for {
			page, err := c.Execute(ctx, entity, action, params)
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(page, nil) {
				return
			}
			err = pages.next(page)
			if errors.Is(err, errEnd) {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			params["cursor"] = page.Meta.Cursor
		}
	}
}

// maxEqualPages is how many pages in a row may be alike: a service that does
// not heed the cursor sends the first one for ever, while a log may well repeat
// itself.
const maxEqualPages = 3

// maxEmptyPages is how many pages in a row may be empty: some services search a
// stretch of their records at a time.
const maxEmptyPages = 1000

// pages guards a walk along cursors. Hashes stand for cursors and pages, which
// may be long.
type pages struct {
	call
	seed  maphash.Seed
	seen  map[uint64]struct{}
	last  uint64 // the page before
	alike int    // pages in a row that equal it
}

// next reports whether there is a page after this one that can be asked for;
// errEnd means that there is none.
func (p *pages) next(page *Result) error {
	switch {
	case page.partial:
		return p.incomplete(KindUnavailable, "the service gave this page in part only: %s", page.Meta.Warning)
	case !page.Meta.HasMore:
		return errEnd
	default:
		return p.follow(page)
	}
}

// follow reports whether the cursor of this page can be followed.
func (p *pages) follow(page *Result) error {
	sent := page.sent
	if sent == nil {
		sent = page.Data
	}
	cursor, data, empty := maphash.String(p.seed, page.Meta.Cursor), maphash.Bytes(p.seed, sent), isEmpty(sent)
	if data != p.last {
		p.last, p.alike = data, 0
	}
	p.alike++
	_, again := p.seen[cursor]
	switch {
	case page.Meta.Cursor == "" && page.Meta.Warning != "":
		return p.incomplete(KindUnsupported, "%s", page.Meta.Warning)
	case page.Meta.Cursor == "":
		return p.incomplete(KindUnsupported, "there are more records, but the service gave no cursor to fetch them with")
	case again && empty:
		return errEnd
	case again:
		return p.incomplete(KindUnavailable, "the service returned the same cursor twice, so paging would never end")
	case !empty && p.alike == maxEqualPages, p.alike == maxEmptyPages:
		return p.incomplete(KindUnavailable, "the service returned the same page %d times, so paging would never end", p.alike)
	}
	p.seen[cursor] = struct{}{}
	return nil
}

func (p *pages) incomplete(kind Kind, format string, args ...any) error {
	e := p.fail(kind, format, args...)
	e.Err = ErrIncomplete
	return e
}

// errEnd ends a walk: at the last page, or at an empty one that leads to itself.
var errEnd = errors.New("no more records")

func isEmpty(data json.RawMessage) bool {
	for range envelope.Rows(data) {
		return false
	}
	return true
}
