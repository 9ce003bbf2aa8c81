package connector

import (
	"context"
	"encoding/json"
	"io"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/platform"
)

// hosted executes on the platform, which holds the service's credentials.
type hosted struct {
	client *platform.Client
	id     string
}

func (h *hosted) execute(ctx context.Context, c call, params json.RawMessage) (*Result, error) {
	res, err := h.client.Execute(ctx, h.id, platform.ExecuteRequest{Entity: c.entity, Action: c.action, Params: params})
	if err != nil {
		return nil, c.wrap(err)
	}
	return &Result{Data: res.Data, Compact: res.Compact, Meta: Meta{
		HasMore: res.HasMore,
		Cursor:  res.Cursor,
		Warning: warningText(res.Warning),
		Raw:     res.ConnectorMetadata,
	}}, nil
}

// warningText reads the platform's warning, an object in the specification and
// a string in another line of the official client.
func warningText(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	warning := gjson.ParseBytes(raw)
	if message := warning.Get("message"); message.Exists() {
		return message.String()
	}
	return warning.String()
}

func (h *hosted) download(ctx context.Context, c call, params json.RawMessage) (io.ReadCloser, error) {
	file, err := h.client.Download(ctx, h.id, platform.ExecuteRequest{Entity: c.entity, Params: params})
	if err != nil {
		return nil, c.wrap(err)
	}
	return file.Body, nil
}

func (h *hosted) check(ctx context.Context) (Health, error) {
	res, err := h.client.CheckConnector(ctx, h.id)
	if err != nil {
		return Health{}, call{op: "check"}.wrap(err)
	}
	health := Health{OK: res.Status == "succeeded", Status: res.Status, Message: res.ErrorMessage}
	for _, e := range res.Entities {
		health.Entities = append(health.Entities, EntityHealth{Entity: e.Entity, Status: e.Status, Message: e.ErrorMessage})
	}
	return health, nil
}

func (h *hosted) close() error { return h.client.Close() }
