package execute

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// direct is a connector whose service this process calls.
type direct struct {
	conn *connector.Connector
}

func (d *direct) String() string { return d.conn.Name() }

// effect counts an operation that there is not as a read: it is refused without a
// request, with a better sentence than a question would be.
func (d *direct) effect(c call) connector.Effect {
	if known, ok := c.effect(d.conn.Entities()); ok {
		return known
	}
	return connector.Read
}

// offers leaves it to execute, which says more.
func (d *direct) offers(call) *failure.Error { return nil }

func (d *direct) execute(ctx context.Context, c call) (json.RawMessage, error) {
	params, err := c.params()
	if err != nil {
		return nil, err
	}
	started := time.Now()
	res, err := d.conn.Execute(ctx, c.entity, c.action, params)
	if err != nil {
		return nil, err
	}
	return envelopeOf(res, time.Since(started))
}

func (d *direct) download(ctx context.Context, c call) (io.ReadCloser, error) {
	params, err := c.params()
	if err != nil {
		return nil, err
	}
	return d.conn.Download(ctx, c.entity, params)
}

// pages is closed twice, by the walk and by the command: Close allows that.
func (d *direct) pages(context.Context) (*connector.Connector, error) { return d.conn, nil }

type metadata struct {
	Milliseconds int64 `json:"execution_time_ms"`
}

type warning struct {
	Message string `json:"message"`
}

// envelopeOf gives a result of direct mode the form that the platform's answers
// have.
func envelopeOf(res *connector.Result, took time.Duration) (json.RawMessage, error) {
	out := struct {
		Status    string          `json:"status"`
		Result    json.RawMessage `json:"result"`
		Connector json.RawMessage `json:"connector_metadata"`
		Execution metadata        `json:"execution_metadata"`
		Warning   *warning        `json:"warning"`
	}{
		Status:    "success",
		Result:    resultOf(res),
		Connector: orElse(res.Meta.Raw, "{}"),
		Execution: metadata{took.Milliseconds()},
	}
	if res.Meta.Warning != "" {
		out.Warning = &warning{res.Meta.Warning}
	}
	return envelope.Marshal(out)
}

// resultOf puts records beside what leads to the next page; anything else stays
// as the service sent it.
func resultOf(res *connector.Result) json.RawMessage {
	if !envelope.IsArray(res.Data) {
		return orElse(res.Data, "null")
	}
	meta := envelope.Encode(struct {
		HasMore bool   `json:"has_more"`
		Cursor  string `json:"cursor,omitempty"`
	}{res.Meta.HasMore, res.Meta.Cursor})
	b := append([]byte(`{"data":`), res.Data...)
	return append(append(append(b, `,"meta":`...), meta...), '}')
}

func orElse(value json.RawMessage, otherwise string) json.RawMessage {
	if len(value) == 0 {
		return json.RawMessage(otherwise)
	}
	return value
}
