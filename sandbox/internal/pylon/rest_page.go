package pylon

// restPagination is sent with every page but the last.
type restPagination struct {
	Cursor      string `json:"cursor"`
	HasNextPage bool   `json:"has_next_page"`
}

// pageParams are the paging parameters of lists, in the query, and of searches,
// in the body.
type pageParams struct {
	Cursor string `param:"cursor"`
	Limit  *int64 `param:"limit"`
}

// pageRule says how a list is cut into pages.
type pageRule struct {
	entity   string // as SetPageSize knows it; cursors are good for one entity
	standard int    // rows of a page without a limit, 0 for all
	most     int    // the largest limit, 0 where there is no such parameter
	zero     bool   // a limit of 0 means the standard
}

// cursorPages is the rule of most lists and searches.
func cursorPages(entity string) pageRule { return pageRule{entity: entity, standard: 100, most: 999} }

// wholePages is the rule of lists that the service sends as a whole. They go in
// pages only where SetPageSize asks for it.
func wholePages(entity string) pageRule { return pageRule{entity: entity} }

// size returns the rows of a page, 0 for all of them.
func (r pageRule) size(o *Organization, limit *int64) (int, error) {
	size := r.standard
	if limit != nil && r.most > 0 {
		least := int64(1)
		if r.zero {
			least = 0
		}
		if *limit < least || *limit > int64(r.most) {
			return 0, badRequest("limit must be from %d to %d", least, r.most)
		}
		if *limit > 0 {
			size = int(*limit)
		}
	}
	if most := o.pageLimits[r.entity]; most > 0 && (size == 0 || size > most) {
		size = most
	}
	return size, nil
}

// restPage answers one page of rows. Scope is what, besides the entity, the
// rows depend on: a cursor made under another scope is refused.
func restPage[T any](o *Organization, rule pageRule, scope string, p pageParams, rows []T) (any, error) {
	size, err := rule.size(o, p.Limit)
	if err != nil {
		return nil, err
	}
	page, next, err := slicePage(rows, rule.entity+"?"+scope, p.Cursor, size)
	if err != nil {
		return nil, err
	}
	body := restBody{Data: page}
	if next != "" || o.alwaysPaginates {
		body.Pagination = &restPagination{Cursor: next, HasNextPage: next != ""}
	}
	return body, nil
}

// SetAlwaysPaginates makes the REST API send a pagination object with the last
// page of a list too, with an empty cursor, as it once did. Without it the
// object is left out.
func (o *Organization) SetAlwaysPaginates(always bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.alwaysPaginates = always
}

// SetKeepsEmptyData makes a REST search without a result answer "data": [].
// Without it the member is left out, as the live service does.
func (o *Organization) SetKeepsEmptyData(keeps bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.keepsEmptyData = keeps
}
