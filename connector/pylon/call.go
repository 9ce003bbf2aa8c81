package pylon

import (
	"context"
	"encoding/json"
	"iter"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// service runs the actions of one entity.
type service struct {
	conn   *connector.Connector
	entity string
}

// call is one action of an entity, and the values of its path.
type call struct {
	service
	action string
	path   connector.Params
}

// call names an action. path is pairs of names and values.
func (s service) call(name string, path ...string) call {
	c := call{service: s, action: name, path: connector.Params{}}
	for i := 0; i < len(path); i += 2 {
		c.path[path[i]] = path[i+1]
	}
	return c
}

func (c call) execute(ctx context.Context, params any) (*connector.Result, error) {
	return c.conn.Execute(ctx, c.entity, c.action, c.params(params))
}

func (c call) fail(kind connector.Kind, message string, err error) error {
	if err != nil {
		message += ": " + err.Error()
	}
	return &connector.Error{Kind: kind, Op: "execute", Entity: c.entity, Action: c.action, Message: message, Err: err}
}

// unreadable is the error of an answer that is not what the service documents. A
// write may have happened all the same.
func (c call) unreadable(err error) error {
	kind := connector.KindUnavailable
	if action.Of(c.action) != action.Read {
		kind = connector.KindUnknownOutcome
	}
	return c.fail(kind, "the answer cannot be read", err)
}

// run makes a call whose answer says nothing.
func run(ctx context.Context, c call, params any) error {
	_, err := c.execute(ctx, params)
	return err
}

// fetch makes a call that answers with one record.
func fetch[T any](ctx context.Context, c call, params any) (*T, error) {
	res, err := c.execute(ctx, params)
	if err != nil {
		return nil, err
	}
	return record[T](c, unwrap(res.Data))
}

// fetchWrapper makes a call whose answer has members beside "data". Where they
// are missing, the answer may be what would be in "data".
func fetchWrapper[T any](ctx context.Context, c call, params any) (*T, error) {
	res, err := c.execute(ctx, params)
	if err != nil {
		return nil, err
	}
	data := res.Data
	if envelope.Member(data, "data") == nil && len(data) > 0 {
		data = json.RawMessage(`{"data":` + string(data) + `}`)
	}
	return record[T](c, data)
}

// fetchAll makes a call that answers with several records at once.
func fetchAll[T any](ctx context.Context, c call, params any) ([]T, error) {
	res, err := c.execute(ctx, params)
	if err != nil {
		return nil, err
	}
	return records[T](c, unwrap(res.Data))
}

// Page is one page of records.
type Page[T any] struct {
	Records []T             // in the order of the service
	HasMore bool            // there is a next page
	Cursor  string          // of that page; pass new(page.Cursor) as Cursor to get it
	Warning string          // a remark on the page, such as stale data, or a next page that cannot be asked for
	Raw     json.RawMessage // the records as they were sent
}

func page[T any](ctx context.Context, c call, params any) (*Page[T], error) {
	res, err := c.execute(ctx, params)
	if err != nil {
		return nil, err
	}
	list, err := records[T](c, res.Data)
	if err != nil {
		return nil, err
	}
	meta := res.Meta
	return &Page[T]{Records: list, HasMore: meta.HasMore, Cursor: meta.Cursor, Warning: meta.Warning, Raw: res.Data}, nil
}

// each yields the records of all pages.
func each[T any](ctx context.Context, c call, params any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for row, err := range c.conn.Records(ctx, c.entity, c.action, c.params(params)) {
			if err != nil {
				yield(none, err)
				return
			}
			rec, err := record[T](c, row)
			if err != nil {
				yield(none, err)
				return
			}
			if !yield(*rec, nil) {
				return
			}
		}
	}
}

// unwrap is the value of "data" in an answer that wraps it. Most answers come
// unwrapped; no record has a member of that name.
func unwrap(data json.RawMessage) json.RawMessage {
	if inner := envelope.Member(data, "data"); inner != nil {
		return inner
	}
	return data
}
