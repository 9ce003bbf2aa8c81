package pylon

import "slices"

// table keeps records by id in the order in which they were added. The zero
// value is empty and ready to use.
type table[T any] struct {
	keys []string
	rows map[string]*T
}

func (t *table[T]) add(id string, row *T) {
	if t.rows == nil {
		t.rows = map[string]*T{}
	}
	t.keys = append(t.keys, id)
	t.rows[id] = row
}

func (t *table[T]) get(id string) (*T, bool) {
	row, ok := t.rows[id]
	return row, ok
}

func (t *table[T]) remove(id string) {
	delete(t.rows, id)
	t.keys = slices.DeleteFunc(t.keys, func(key string) bool { return key == id })
}

func (t *table[T]) all() []*T {
	rows := make([]*T, 0, len(t.keys))
	for _, key := range t.keys {
		rows = append(rows, t.rows[key])
	}
	return rows
}

// find returns the record with this id, or the refusal that names object.
func (t *table[T]) find(object, id string) (*T, error) {
	row, ok := t.rows[id]
	if !ok {
		return nil, notFound(object)
	}
	return row, nil
}

// findExternal is find for records that also go by external ids.
func (t *table[T]) findExternal(object, id string, external func(*T) []externalID) (*T, error) {
	if row, ok := t.get(id); ok {
		return row, nil
	}
	for _, key := range t.keys {
		row := t.rows[key]
		if slices.ContainsFunc(external(row), func(e externalID) bool { return e.ExternalID == id }) {
			return row, nil
		}
	}
	return nil, notFound(object)
}

// check refuses a reference to a record that does not exist. A nil or empty
// reference passes: absent means unchanged, empty means cleared.
func (t *table[T]) check(object string, id *string) error {
	if id == nil || *id == "" {
		return nil
	}
	_, err := t.find(object, *id)
	return err
}
