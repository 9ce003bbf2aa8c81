package platform

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// maxIntent is the API's own limit, in characters.
const maxIntent = 512

// ExecuteRequest is one action of a connector.
type ExecuteRequest struct {
	Entity string // may be empty: the describe action has none
	Action string
	Params json.RawMessage // a JSON object; nil is left out

	// Dot paths of what the records keep (SelectFields, which wins) or lose.
	SelectFields  []string
	ExcludeFields []string

	// SkipTruncation false lets the server shorten long texts. nil is true. It
	// is always sent, since the server's own default is not documented clearly.
	SkipTruncation *bool

	Intent string // why, for the audit log; at most 512 characters
}

// ExecuteResponse is the answer to one action. Its raw members are parts of
// Body, not copies, so a large result is held once; nil where the answer has
// none or null.
type ExecuteResponse struct {
	Status            string          // as sent, documented as "success"; no value makes Execute fail
	Result            json.RawMessage // as sent
	ConnectorMetadata json.RawMessage
	ExecutionMetadata json.RawMessage
	Warning           json.RawMessage
	Body              json.RawMessage // the whole answer

	Data    json.RawMessage // Result without its {"data", "meta"} wrapper, if it has one
	Compact bool            // Body has no white space between its tokens, as is usual
	HasMore bool            // another page is there, in whichever spelling the answer says it
	Cursor  string          // of that page
}

// Execute runs an action of a connector. Whether it reads is decided by the
// action: reads are retried after 429, 502, 503, 504 and network failures. All
// others count as writes; one whose answer was lost is [ErrUnknownOutcome].
// An attempt may take 300 seconds.
//
// For files use [Client.Download]: their answer is no JSON.
func (c *Client) Execute(ctx context.Context, connectorID string, req ExecuteRequest) (*ExecuteResponse, error) {
	const op = "execute"
	body, err := req.encode(op, connectorID)
	if err != nil {
		return nil, err
	}
	out := &ExecuteResponse{}
	k := &call{
		op:      op,
		method:  http.MethodPost,
		url:     c.endpoint(nil, "integrations", "connectors", connectorID, "execute"),
		body:    body,
		write:   action.Of(req.Action) != action.Read,
		timeout: longTimeout,
		accept:  out.open,
	}
	if err := c.do(ctx, k); err != nil {
		return nil, err
	}
	return out, nil
}

func (r *ExecuteResponse) open(body []byte) error {
	wire, err := envelope.Open(body)
	if err != nil {
		return err
	}
	if wire.Status == "" && wire.Result == nil {
		return errors.New("it is no answer to an action: neither status nor result is in it")
	}
	*r = ExecuteResponse{
		Status:            wire.Status,
		Result:            wire.Result,
		ConnectorMetadata: wire.ConnectorMetadata,
		ExecutionMetadata: wire.ExecutionMetadata,
		Warning:           wire.Warning,
		Body:              body,
		Data:              wire.Data,
		Compact:           wire.Compact,
		HasMore:           wire.HasMore,
		Cursor:            wire.Cursor,
	}
	return nil
}

func (r *ExecuteRequest) check(op, connectorID string) error {
	if err := checkID(op, "connector id", connectorID); err != nil {
		return err
	}
	switch {
	case r.Action == "":
		return invalid(op, "action is empty")
	case utf8.RuneCountInString(r.Intent) > maxIntent:
		return invalid(op, "intent is longer than %d characters", maxIntent)
	case len(r.Params) > 0 && !isObject(r.Params):
		return invalid(op, "params is not a json object")
	}
	return nil
}

func isObject(raw json.RawMessage) bool {
	trimmed := bytes.TrimLeft(raw, " \t\r\n")
	return len(trimmed) > 0 && trimmed[0] == '{' && envelope.Valid(raw) == nil
}

// encode writes the request's body by hand: reflection would be a noticeable
// part of a call to a near service.
func (r *ExecuteRequest) encode(op, connectorID string) ([]byte, error) {
	if err := r.check(op, connectorID); err != nil {
		return nil, err
	}
	b := make([]byte, 0, 128+len(r.Params)+len(r.Entity)+len(r.Action)+len(r.Intent))
	b = envelope.AppendString(append(b, `{"entity":`...), r.Entity)
	b = envelope.AppendString(append(b, `,"action":`...), r.Action)
	if len(r.Params) > 0 {
		b = append(append(b, `,"params":`...), r.Params...)
	}
	b = appendStrings(b, `,"select_fields":`, r.SelectFields)
	b = appendStrings(b, `,"exclude_fields":`, r.ExcludeFields)
	if r.SkipTruncation == nil || *r.SkipTruncation {
		b = append(b, `,"skip_truncation":true`...)
	} else {
		b = append(b, `,"skip_truncation":false`...)
	}
	if r.Intent != "" {
		b = envelope.AppendString(append(b, `,"intent":`...), r.Intent)
	}
	return append(b, '}'), nil
}

func appendStrings(b []byte, key string, values []string) []byte {
	if len(values) == 0 {
		return b
	}
	b = append(append(b, key...), '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = envelope.AppendString(b, v)
	}
	return append(b, ']')
}
