package pylon

import (
	"encoding/json"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

// Reply is what the platform passes on from one operation.
type Reply struct {
	// Result is the "result" of the platform's envelope.
	Result json.RawMessage
	// Metadata is its "connector_metadata": {} when there is nothing to say.
	Metadata json.RawMessage
}

// ResultShape says how the rows of a list are wrapped. Both forms occur in the
// platform's documentation.
type ResultShape int

const (
	// ResultObject wraps rows as {"data": [...], "meta": {"has_more": bool}}.
	ResultObject ResultShape = iota
	// ResultArray sends the rows as a bare array.
	ResultArray
)

// MetadataStyle says how the paging metadata of a list is spelled.
type MetadataStyle int

const (
	// MetadataNextCursor spells next_cursor and has_next_page.
	MetadataNextCursor MetadataStyle = iota
	// MetadataEndCursor spells end_cursor and has_next_page.
	MetadataEndCursor
	// MetadataCamelCase spells endCursor and hasNextPage.
	MetadataCamelCase
)

func plain(result any) (Reply, error) {
	raw, err := plainjson.Encode(result)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Result: raw, Metadata: json.RawMessage("{}")}, nil
}

// written wraps a record the way the service answers a write.
func (o *Organization) written(data any) (Reply, error) {
	return plain(struct {
		Data      any    `json:"data"`
		RequestID string `json:"request_id"`
	}{data, o.newID("request")})
}

// deleted answers a delete, which carries no record.
func (o *Organization) deleted() (Reply, error) {
	return plain(struct {
		RequestID string `json:"request_id"`
	}{o.newID("request")})
}

type listMeta struct {
	HasMore bool `json:"has_more"`
}

// listed wraps one page of rows in the organization's shape; next is empty on
// the last page.
func (o *Organization) listed(rows any, next string) (Reply, error) {
	result := rows
	if o.shape == ResultObject {
		result = struct {
			Data any      `json:"data"`
			Meta listMeta `json:"meta"`
		}{rows, listMeta{HasMore: next != ""}}
	}
	reply, err := plain(result)
	if err != nil || next == "" {
		return reply, err
	}
	reply.Metadata, err = plainjson.Encode(o.pagingMetadata(next))
	return reply, err
}

func (o *Organization) pagingMetadata(next string) any {
	switch o.metadata {
	case MetadataCamelCase:
		return struct {
			EndCursor   string `json:"endCursor"`
			HasNextPage bool   `json:"hasNextPage"`
		}{next, true}
	case MetadataEndCursor:
		return struct {
			EndCursor   string `json:"end_cursor"`
			HasNextPage bool   `json:"has_next_page"`
		}{next, true}
	default:
		return struct {
			NextCursor  string `json:"next_cursor"`
			HasNextPage bool   `json:"has_next_page"`
		}{next, true}
	}
}
