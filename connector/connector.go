package connector

import (
	"context"
	"encoding/json"
	"io"
	"slices"
)

// Connector is a connection to one customer's data in one service. It is safe
// for concurrent use.
type Connector struct {
	name  string
	id    string
	guide string
	ops   *operations
	exec  executor
}

// executor is what a mode does for a connector; calls are checked before.
type executor interface {
	execute(ctx context.Context, c call, params json.RawMessage) (*Result, error)
	download(ctx context.Context, c call, params json.RawMessage) (io.ReadCloser, error)
	check(ctx context.Context) (Health, error)
	checkEntities(ctx context.Context, names []string) (Health, error)
	close() error
}

// Name returns the connector's short name, such as "pylon".
func (c *Connector) Name() string { return c.name }

// ID returns the connector's id on the platform, "" in open source mode.
func (c *Connector) ID() string { return c.id }

// Entities returns what the connector can do, in the manifest's order: a copy
// of the list, whose elements are shared and must not be changed. It is empty
// for a connector whose operations are not known here; calls of such a
// connector are judged by the service alone, and Guide says what it offers.
func (c *Connector) Entities() []Entity { return slices.Clone(c.ops.entities) }

// EntitySchema returns the JSON Schema of one record of entity.
func (c *Connector) EntitySchema(entity string) (json.RawMessage, bool) {
	for i := range c.ops.entities {
		if e := &c.ops.entities[i]; e.Name == entity && len(e.Schema) > 0 {
			return e.Schema, true
		}
	}
	return nil, false
}

// Guide returns what the platform says about a connector whose operations are
// not embedded, as text for a model; "" where Entities knows them.
func (c *Connector) Guide() string { return c.guide }

// Execute runs one action on one entity.
//
// The names, the parameters and their values are checked first, without a
// network call where the operations are known. Reads are repeated after passing
// failures; a write is repeated only when it cannot have happened.
//
// A download is for Download: in open source mode it is ErrUnsupported here.
//
// Errors are of type *Error. Those of a wrong call match ErrValidation and say
// what is legal. A write whose answer was lost matches ErrUnknownOutcome: look
// whether it happened before you repeat it.
func (c *Connector) Execute(ctx context.Context, entity, action string, params Params) (*Result, error) {
	what := call{op: "execute", entity: entity, action: action}
	op, raw, err := c.prepare(what, params)
	if err != nil {
		return nil, err
	}
	res, err := c.exec.execute(ctx, what, raw)
	if err != nil {
		return nil, op.explain(err, raw)
	}
	return res, nil
}

// prepare checks a call and encodes its parameters.
func (c *Connector) prepare(what call, params Params) (*operation, json.RawMessage, error) {
	op, err := c.ops.find(what)
	if err != nil {
		return nil, nil, err
	}
	raw, err := what.encode(op, params)
	return op, raw, err
}

// Download runs an entity's download action and returns the file as it comes;
// close it. In hosted mode an empty file is ErrNotFound, because that is how the
// platform answers for a missing one.
func (c *Connector) Download(ctx context.Context, entity string, params Params) (io.ReadCloser, error) {
	what := call{op: "download", entity: entity, action: "download"}
	_, raw, err := c.prepare(what, params)
	if err != nil {
		return nil, err
	}
	return c.exec.download(ctx, what, raw)
}

// Check asks whether the connector works: whether the service accepts its
// credentials. A connector that does not work is not an error but a Health
// that says so.
func (c *Connector) Check(ctx context.Context) (Health, error) { return c.exec.check(ctx) }

// CheckEntities reads from each of the entities, and says which of them answer:
// all of the connector's when none is named. What such a read needs to know, such
// as the id of a parent, comes from the configuration or from the first record of
// the parent. An entity that cannot be read is not an error but an EntityHealth
// that says so; one whose read needs a value that nobody gives is skipped. Open
// source mode only; hosted it is ErrUnsupported.
func (c *Connector) CheckEntities(ctx context.Context, entities ...string) (Health, error) {
	if len(entities) == 0 {
		entities = entityNames(c.ops.entities)
	}
	return c.exec.checkEntities(ctx, entities)
}

// Close releases idle connections. The connector must not be used afterwards.
func (c *Connector) Close() error { return c.exec.close() }

// Health is the outcome of Check or CheckEntities.
type Health struct {
	OK       bool           // the check succeeded
	Status   string         // hosted: the platform's word, such as "succeeded"; open source mode: healthy, unhealthy, skipped or failed
	Message  string         // why not, "" when it is well
	Entities []EntityHealth // where the check looked at single entities
}

// EntityHealth is the outcome of Check for one entity.
type EntityHealth struct {
	Entity     string // as Execute takes it
	Status     string // a word as in Health.Status
	Message    string // "" when it is well
	HTTPStatus int    // of a failure; 0 when the service gave none, and in hosted mode
}
