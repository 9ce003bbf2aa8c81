package pylon

import (
	"encoding/json"
	"slices"
)

type sortKey struct {
	column     int
	descending bool
}

// sortRows orders rows in place. Nulls come last in both directions, and rows
// that tie keep the order of the store.
func (s storeEntity) sortRows(rows []storeRow, raw json.RawMessage) error {
	keys, err := s.parseSort(raw)
	if err != nil || len(keys) == 0 {
		return err
	}
	slices.SortStableFunc(rows, func(a, b storeRow) int {
		for _, key := range keys {
			if order := key.compare(a[key.column], b[key.column]); order != 0 {
				return order
			}
		}
		return 0
	})
	return nil
}

func (k sortKey) compare(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	case k.descending:
		return compareValues(b, a)
	default:
		return compareValues(a, b)
	}
}

func (s storeEntity) parseSort(raw json.RawMessage) ([]sortKey, error) {
	if !present(raw) {
		return nil, nil
	}
	const shape = `sort must be an array of objects with one field each, such as [{"created_at": "desc"}]`
	var terms []map[string]string
	if err := json.Unmarshal(raw, &terms); err != nil {
		return nil, badRequest(shape)
	}
	keys := make([]sortKey, 0, len(terms))
	for _, term := range terms {
		if len(term) != 1 {
			return nil, badRequest(shape)
		}
		for name, direction := range term {
			column, err := s.column(name)
			if err != nil {
				return nil, err
			}
			if direction != "asc" && direction != "desc" {
				return nil, notOneOf("sort direction", direction, []string{"asc", "desc"})
			}
			keys = append(keys, sortKey{column: column, descending: direction == "desc"})
		}
	}
	return keys, nil
}
