package response

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/jsonpath"
)

// metaField is one value that an answer has beside its data. One of link,
// header and body says where.
type metaField struct {
	name   string
	link   string // relation of a Link header
	header string // name of a header
	body   *selector
}

// selector finds what a JSON path selects: the outline finds the members with
// which the path begins while it checks the body, and the rest of the path
// selects from there.
type selector struct {
	slot int
	rest jsonpath.Path
}

// find returns the matches of the path.
func (s *selector) find(parts []envelope.Part) [][]byte {
	part := parts[s.slot].Raw
	switch {
	case part == nil:
		return nil
	case s.rest.IsRoot():
		return [][]byte{part}
	default:
		return s.rest.Select(part)
	}
}

// readMeta returns the object of all fields, nil when none is declared.
func (r *Reader) readMeta(parts []envelope.Part, header http.Header) json.RawMessage {
	if len(r.meta) == 0 {
		return nil
	}
	b := make([]byte, 0, 64*len(r.meta))
	for i, field := range r.meta {
		b = append(b, "{,"[min(i, 1)])
		b = append(envelope.AppendString(b, field.name), ':')
		b = field.append(b, parts, header)
	}
	return append(b, '}')
}

// append writes the value of the field, null where the answer has none.
func (f metaField) append(b []byte, parts []envelope.Part, header http.Header) []byte {
	switch {
	case f.link != "":
		if address, found := Link(header, f.link); found {
			return envelope.AppendString(b, address)
		}
	case f.header != "":
		if values := header.Values(f.header); len(values) > 0 {
			return envelope.AppendString(b, strings.Join(values, ", "))
		}
	default:
		if found := f.body.find(parts); len(found) > 0 {
			return append(b, found[0]...)
		}
	}
	return append(b, "null"...)
}
