package response

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// parse checks the body and notes where what the reader looks for is. A page
// or an XML document is not even tried; any other type that does not promise
// JSON may still hold it.
func (r *Reader) parse(a Answer, body []byte) ([]envelope.Part, error) {
	kind := contentType(a.Header)
	if !promisesJSON(kind) && (strings.Contains(kind, "text/html") || strings.Contains(kind, "application/xml")) {
		return nil, fmt.Errorf("its content type is %s", shortType(kind))
	}
	parts, err := r.outline.Read(body)
	if err != nil && !promisesJSON(kind) {
		return nil, fmt.Errorf("its content type is %s, and %w", shortType(kind), err)
	}
	return parts, err
}

func contentType(header http.Header) string { return strings.ToLower(header.Get("Content-Type")) }

// promisesJSON reports whether a content type says JSON, as one that is
// missing is taken to do.
func promisesJSON(kind string) bool {
	return kind == "" || strings.Contains(kind, "application/json") || strings.Contains(kind, "+json")
}

func isText(header http.Header) bool { return strings.HasPrefix(contentType(header), "text/") }

// shortType is a content type without parameters, fit for an error.
func shortType(kind string) string {
	kind, _, _ = strings.Cut(kind, ";")
	return excerpt(kind, 60)
}
