package direct

import (
	"cmp"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/direct/response"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// operation is one operation, ready to run.
type operation struct {
	*manifest.Operation
	entity  string
	writes  bool
	builder *request.Builder
	reader  *response.Reader
	pages   *pager
	file    request.FileURL // of a two-step download
}

// operation returns an operation, made on its first use: a program calls few
// of a manifest's hundreds.
func (c *Client) operation(entity, name string) (*operation, error) {
	key := entity + "." + name
	if op, ok := c.operations.Load(key); ok {
		return op.(*operation), nil
	}
	declared := c.doc.Operation(entity, name)
	if declared == nil {
		return nil, failure(fault.Unsupported, "the manifest has no %s", key)
	}
	op, err := c.compile(entity, declared.AsDirect())
	if err != nil {
		return nil, err
	}
	stored, _ := c.operations.LoadOrStore(key, op)
	return stored.(*operation), nil
}

func (c *Client) compile(entity string, declared *manifest.Operation) (*operation, error) {
	op := &operation{Operation: declared, entity: entity, writes: EffectOf(declared) != action.Read, pages: newPager(declared)}
	var err error
	if op.builder, err = request.Compile(declared, request.Options{Scoping: c.doc.Scoping, OptionalDefaults: c.defaults, Now: c.now}); err != nil {
		return nil, err
	}
	if op.reader, err = response.Compile(declared, c.doc.ErrorCheck); err != nil {
		return nil, err
	}
	if declared.FileURL != "" {
		if op.file, err = request.CompileFileURL(declared.FileURL); err != nil {
			return nil, err
		}
	}
	return op, nil
}

// EffectOf is what an operation may do to the customer's data: what the
// manifest says, or else what its action's name does.
func EffectOf(op *manifest.Operation) action.Effect {
	return cmp.Or(action.Effect(op.Effect), action.Of(op.Action))
}

func (op *operation) accept() string {
	if op.Action == "download" && op.FileURL == "" {
		return "*/*"
	}
	return "application/json"
}
