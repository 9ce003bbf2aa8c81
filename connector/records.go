package connector

import (
	"context"
	"encoding/json"
	"hash/maphash"
	"iter"
	"maps"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Records runs an action and yields its records one by one, fetching further
// pages as the loop asks for them; one page is held at a time. It ends after
// the last page, after the first error, which it yields, or with the loop.
//
// The next page is asked for with the parameter "cursor". A cursor that comes
// back a second time ends the loop with ErrUnavailable instead of running
// forever, and so does a page that comes again; a page that has a successor but
// no cursor ends it with ErrUnsupported instead of leaving records out silently.
func (c *Connector) Records(ctx context.Context, entity, action string, params Params) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		params := maps.Clone(params)
		if params == nil {
			params = Params{}
		}
		pages := pages{call: call{op: "list records", entity: entity, action: action}, seen: map[string]bool{}, seed: maphash.MakeSeed()}
		for {
			page, err := c.Execute(ctx, entity, action, params)
			if err != nil {
				yield(nil, err)
				return
			}
			for row := range envelope.Rows(page.Data) {
				if !yield(row, nil) {
					return
				}
			}
			if !page.Meta.HasMore {
				return
			}
			if err := pages.follow(page); err != nil {
				yield(nil, err)
				return
			}
			params["cursor"] = page.Meta.Cursor
		}
	}
}

// pages guards a walk along cursors.
type pages struct {
	call
	seen map[string]bool
	seed maphash.Seed
	last uint64 // hash of the page before
}

// follow reports whether the page after this one can be asked for. A service
// that does not heed the cursor sends the first page for ever.
func (p *pages) follow(page *Result) error {
	meta := page.Meta
	hash := maphash.Bytes(p.seed, page.Data)
	switch {
	case meta.Cursor == "" && meta.Warning != "":
		return p.fail(KindUnsupported, "%s", meta.Warning)
	case meta.Cursor == "":
		return p.fail(KindUnsupported, "there are more records, but the service gave no cursor to fetch them with")
	case p.seen[meta.Cursor]:
		return p.fail(KindUnavailable, "the service returned the same cursor twice, so paging would never end")
	case len(p.seen) > 0 && hash == p.last && !isEmpty(page.Data):
		return p.fail(KindUnavailable, "the service returned the same page twice, so paging would never end")
	}
	p.seen[meta.Cursor], p.last = true, hash
	return nil
}

func isEmpty(data json.RawMessage) bool {
	for range envelope.Rows(data) {
		return false
	}
	return true
}
