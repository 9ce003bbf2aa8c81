package execute

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/raw"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/selector"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/platform"
)

// hosted is a connector that the platform runs.
type hosted struct {
	app    *app.App
	client *platform.Client
	found  selector.Found
}

func (h *hosted) String() string { return h.found.String() }

// effect goes by what is known of the connector's type, where the list told it,
// and else by the verb: the platform runs operations that are not known here.
func (h *hosted) effect(c call) connector.Effect {
	if known, ok := c.effect(h.entities()); ok {
		return known
	}
	return action.Of(c.action)
}

func (h *hosted) offers(c call) *failure.Error { return c.check(h.entities()) }

// entities are what the connector's type offers, nil when that is not known: an
// id alone does not tell the type.
func (h *hosted) entities() []connector.Entity {
	if h.found.Connector == nil {
		return nil
	}
	t := h.found.Connector.Template
	for _, name := range []string{t.ConnectorName, t.DefinitionID, t.Name} {
		if m, ok := connector.LookupManifest(name); ok {
			return m.Entities()
		}
	}
	return nil
}

// execute sends what the user gave and returns the answer as it came.
func (h *hosted) execute(ctx context.Context, c call) (json.RawMessage, error) {
	reads := h.effect(c) == connector.Read
	op := "execute " + c.String()
	answer, err := h.client.Do(ctx, platform.Request{
		Op:      op,
		Method:  http.MethodPost,
		Path:    raw.Connector(h.found.ID, "execute"),
		Body:    c.body(),
		Read:    reads,
		Timeout: raw.ActionTimeout,
	})
	if err != nil {
		return nil, err
	}
	return answer, h.judge(answer, op, reads)
}

// judge refuses an answer that came as a success and is none: what a proxy may
// have made, and an envelope without a result that says itself that the action
// failed. Whether a write was carried out neither says.
func (h *hosted) judge(answer json.RawMessage, op string, reads bool) error {
	status, result := gjson.GetBytes(answer, "status"), gjson.GetBytes(answer, "result")
	problem := ""
	switch {
	case !status.Exists() && !result.Exists():
		problem = "the answer is no envelope: neither status nor result is in it"
	case result.Type == gjson.Null && !slices.Contains([]string{"", "success", "succeeded", "ok"}, status.String()):
		problem = fmt.Sprintf("the platform reports status %q", status.String())
	default:
		return nil
	}
	e := failure.General("%s: %s", op, h.client.Redact(problem))
	e.Type, e.StatusCode, e.Retryable = "api_error", http.StatusOK, new(false)
	if detail := json.RawMessage(h.client.Redact(string(answer))); json.Valid(detail) {
		e.Detail = detail
	}
	if !reads {
		e.Type, e.Hint = "unknown_outcome", "look whether it happened before you repeat it"
	}
	return e
}

func (h *hosted) download(ctx context.Context, c call) (io.ReadCloser, error) {
	req := platform.ExecuteRequest{Entity: c.entity, Params: c.in.Raw("params"), Intent: c.in.Text(intent)}
	if c.in.Has(skipTruncation) {
		req.SkipTruncation = new(c.in.Bool(skipTruncation))
	}
	file, err := h.client.Download(ctx, h.found.ID, req)
	if e, ok := errors.AsType[*platform.Error](err); ok && e.Kind == platform.KindNotFound && e.Status == http.StatusOK {
		missing := failure.NotFound("execute %s: there is no such file: the answer is empty", c)
		missing.Err = err
		return nil, missing
	}
	if err != nil {
		return nil, raw.Named(err, "execute "+c.String())
	}
	return file.Body, nil
}

func (h *hosted) pages(ctx context.Context) (*connector.Connector, error) {
	if h.found.Connector == nil {
		return (&target.Target{ID: h.found.ID}).Open(ctx, h.app)
	}
	t := h.found.Connector.Template
	opts := append(h.app.ConnectorOptions(), connector.WithConnectorID(h.found.ID))
	return connector.Connect(ctx, cmp.Or(t.ConnectorName, t.Name, h.found.Connector.Name), "", opts...)
}
