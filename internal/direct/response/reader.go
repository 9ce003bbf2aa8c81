package response

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// Reader reads the answers of one operation. It is safe for concurrent use.
type Reader struct {
	list      bool // the operation returns records, so Data is always an array
	effect    action.Effect
	outline   envelope.Outline
	records   *selector // nil: the whole body is the data
	meta      []metaField
	check     *check
	graphql   *graphql
	transform []derived
	filter    *template.Template
	needs     []string // config.* names of transform and filter
}

// Needs returns the configuration values that the transform and the filter
// use, each once. [Reader.Read] fails without one, and then the request is sent
// already: check for them before.
func (r *Reader) Needs() []string { return slices.Clone(r.needs) }

// Answer is a whole answer with a success status.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Page is what an answer says.
type Page struct {
	// Data is the records of a list, always an array, or what another action
	// returns: an object or an array, nil where the service has nothing. It is a
	// part of the body wherever that is possible.
	Data json.RawMessage
	// Compact says that Data has no white space between its tokens. False is
	// always safe.
	Compact bool
	// Meta is an object of all the fields that the manifest declares, in its
	// order, null where the answer has none; nil when it declares no field.
	Meta json.RawMessage
	// Sent is Data before records were filtered and transformed, which is what the
	// service counts its pages by.
	Sent json.RawMessage
	// Partial says that the service gave data and errors, so that some of the
	// data may be missing. Warning tells which errors.
	Partial bool
	// Warning is what a service remarks beside data that it could give in part
	// only, "" when it remarks nothing.
	Warning string
}

// Read reads an answer. Env holds the variables of filters and transforms
// beside the record itself. Errors are *fault.Error with the answer's status:
// what cannot be read is unavailable, or of unknown outcome when the operation
// changes something; an error that the service reports has the kind its code
// clearly tells, else it is a validation error. Messages of a service are
// repeated, on one line and bounded; secrets in them are for the caller to
// redact.
func (r *Reader) Read(a Answer, env template.Env) (Page, error) {
	body := bytes.TrimSpace(bytes.TrimPrefix(a.Body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return r.blank(a)
	}
	parts, err := r.parse(a, body)
	if err != nil {
		if r.effect != action.Read && isText(a.Header) {
			return r.remark(a, body)
		}
		return Page{}, r.unreadable(a, err)
	}
	if r.check != nil {
		if err := r.check.failure(parts, r.effect); err != nil {
			return Page{}, at(a, err)
		}
	}
	var page Page
	if r.graphql != nil {
		warning, err := r.graphql.failure(parts, r.records, r.effect)
		if err != nil {
			return Page{}, at(a, err)
		}
		page.Warning, page.Partial = warning, warning != ""
	}
	page.Meta = r.readMeta(parts, a.Header)
	page.Data, page.Compact = r.extract(parts)
	page.Sent = page.Data
	if err := r.shape(&page, env, budget(len(body))); err != nil {
		return Page{}, at(a, err)
	}
	return page, nil
}

// blank reads an answer without a body, such as 204: no records, nothing at
// the place where the data would be, or an empty object.
func (r *Reader) blank(a Answer) (Page, error) {
	parts, err := r.outline.Read([]byte("{}"))
	if err != nil {
		return Page{}, r.unreadable(a, err)
	}
	page := Page{Meta: r.readMeta(parts, a.Header), Compact: true}
	switch {
	case r.list:
		page.Data = json.RawMessage("[]")
	case r.records == nil || r.effect != action.Read:
		page.Data = json.RawMessage("{}")
	}
	return page, nil
}

// remark reads a success of a write that says so in text: the write happened,
// and to call that an error would have it repeated.
func (r *Reader) remark(a Answer, text []byte) (Page, error) {
	page, err := r.blank(a)
	if err != nil {
		return Page{}, err
	}
	page.Data = wrapped(envelope.AppendString(nil, string(text)))
	if r.list {
		page.Data = listOf(page.Data)
	}
	return page, nil
}
