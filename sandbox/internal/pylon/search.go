package pylon

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

const maxSearchRows = 1000

// storeQuery is the shape of the query parameter.
type storeQuery struct {
	filter json.RawMessage
	sort   json.RawMessage
}

type searchParams struct {
	Query    json.RawMessage `param:"query"`
	Semantic json.RawMessage `param:"semantic"`
	Limit    *int            `param:"limit"`
	Cursor   string          `param:"cursor"`
	Fields   json.RawMessage `param:"fields"`
}

type searchMeta struct {
	HasMore bool    `json:"has_more"`
	Cursor  *string `json:"cursor"`
	TookMS  int     `json:"took_ms"`
}

type searchResult struct {
	Data []json.RawMessage `json:"data"`
	Meta searchMeta        `json:"meta"`
}

// searchOperation refuses entities that the store does not hold.
func (o *Organization) searchOperation(entity string) (operation, error) {
	if _, ok := o.storeEntity(entity); !ok {
		return operation{}, badRequest("%s is not in the context store: %s works on %s", entity, actionSearch, strings.Join(SearchableEntities(), ", "))
	}
	return bind(entity, actionSearch, func(o *Organization, p searchParams) (Reply, error) {
		store, _ := o.storeEntity(entity)
		return o.search(store, p)
	}), nil
}

// search reads the live records, so that every write is visible at once.
func (o *Organization) search(store storeEntity, p searchParams) (Reply, error) {
	limit, err := searchLimit(p)
	if err != nil {
		return Reply{}, err
	}
	query, err := parseQuery(p.Query)
	if err != nil {
		return Reply{}, err
	}
	columns, err := store.parseFields(p.Fields)
	if err != nil {
		return Reply{}, err
	}
	all := store.rows(o)
	rows, err := store.selectRows(all, query)
	if err != nil {
		return Reply{}, err
	}
	page, next, err := slicePage(rows, searchScope(store.name, p), p.Cursor, limit)
	if err != nil {
		return Reply{}, err
	}
	return store.answer(page, columns, next, 1+len(all)/100)
}

func searchLimit(p searchParams) (int, error) {
	if present(p.Semantic) {
		return 0, badRequest("semantic search is not available for this connector: send query instead of semantic")
	}
	if p.Limit == nil {
		return maxSearchRows, nil
	}
	if *p.Limit < 1 || *p.Limit > maxSearchRows {
		return 0, badRequest("limit must be from 1 to %d", maxSearchRows)
	}
	return *p.Limit, nil
}

// parseQuery takes the query apart. It must be there, but may be empty: that
// selects every record.
func parseQuery(raw json.RawMessage) (storeQuery, error) {
	if !present(raw) {
		return storeQuery{}, badRequest(`query is required: an object with filter and sort, such as {"filter": {"eq": {"id": "..."}}}`)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return storeQuery{}, badRequest("query must be an object with filter and sort")
	}
	for name := range members {
		if name != "filter" && name != "sort" {
			return storeQuery{}, badRequest("unknown member %s of query: use filter and sort", quoted(name))
		}
	}
	return storeQuery{filter: members["filter"], sort: members["sort"]}, nil
}

func (s storeEntity) selectRows(all []storeRow, query storeQuery) ([]storeRow, error) {
	matches := func(storeRow) bool { return true }
	if present(query.filter) {
		compiled, err := s.parseCondition(query.filter, 0)
		if err != nil {
			return nil, err
		}
		matches = compiled
	}
	var rows []storeRow
	for _, row := range all {
		if matches(row) {
			rows = append(rows, row)
		}
	}
	return rows, s.sortRows(rows, query.sort)
}

// searchScope binds a cursor to the query. Decoding and encoding again makes
// the spelling of the query irrelevant.
func searchScope(entity string, p searchParams) string {
	var query any
	if err := json.Unmarshal(p.Query, &query); err != nil {
		return entity
	}
	canonical, err := json.Marshal(query)
	if err != nil {
		return entity
	}
	return actionSearch + "/" + entity + "/" + string(canonical)
}

// parseFields returns the columns to send, in the store's own order. A field is
// named by a string or by a path of one element: the store holds no nesting.
func (s storeEntity) parseFields(raw json.RawMessage) ([]int, error) {
	wanted := make(map[int]bool)
	if present(raw) {
		var paths []json.RawMessage
		if err := json.Unmarshal(raw, &paths); err != nil {
			return nil, badRequest(`fields must be an array of field paths, such as [["id"], ["name"]]`)
		}
		for _, path := range paths {
			name, err := parsePath(path)
			if err != nil {
				return nil, err
			}
			column, err := s.column(name)
			if err != nil {
				return nil, err
			}
			wanted[column] = true
		}
	}
	var columns []int
	for i := range s.fields {
		if len(wanted) == 0 || wanted[i] {
			columns = append(columns, i)
		}
	}
	return columns, nil
}

func parsePath(raw json.RawMessage) (string, error) {
	var name string
	if err := json.Unmarshal(raw, &name); err == nil {
		return name, nil
	}
	var path []string
	if err := json.Unmarshal(raw, &path); err != nil || len(path) == 0 {
		return "", badRequest(`a field path must be a name or an array of names, such as ["id"]`)
	}
	return strings.Join(path, "."), nil
}

func (s storeEntity) answer(page []storeRow, columns []int, next string, tookMS int) (Reply, error) {
	result := searchResult{Data: make([]json.RawMessage, 0, len(page)), Meta: searchMeta{HasMore: next != "", TookMS: tookMS}}
	if next != "" {
		result.Meta.Cursor = &next
	}
	for _, row := range page {
		object, err := s.object(row, columns)
		if err != nil {
			return Reply{}, err
		}
		result.Data = append(result.Data, object)
	}
	return plain(result)
}

func (s storeEntity) object(row storeRow, columns []int) (json.RawMessage, error) {
	var buf bytes.Buffer
	buf.WriteByte('{')
	for i, column := range columns {
		if i > 0 {
			buf.WriteByte(',')
		}
		value, err := plainjson.Encode(row[column])
		if err != nil {
			return nil, err
		}
		buf.WriteString(`"` + s.fields[column].name + `":`)
		buf.Write(value)
	}
	buf.WriteByte('}')
	return buf.Bytes(), nil
}

func present(raw json.RawMessage) bool {
	trimmed := bytes.TrimSpace(raw)
	return len(trimmed) > 0 && !bytes.Equal(trimmed, []byte("null"))
}
