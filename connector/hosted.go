package connector

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

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
		Warning: warnings(res),
		Raw:     res.ConnectorMetadata,
	}}, nil
}

// warnings returns what the platform remarks on an answer. A status that is no
// success has not been seen beside HTTP 200, and the official clients do not look
// at it; it must not get lost all the same.
func warnings(res *platform.ExecuteResponse) string {
	text := warningText(res.Warning)
	switch res.Status {
	case "", "success", "succeeded", "ok":
		return text
	}
	status := fmt.Sprintf("the platform reports status %q", res.Status)
	answer := gjson.ParseBytes(res.Body)
	if said := cmp.Or(answer.Get("message").String(), answer.Get("error").String()); said != "" {
		status += ": " + excerpt(said)
	}
	return strings.TrimPrefix(text+"; "+status, "; ")
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
	return &download{ReadCloser: file.Body, call: c}, nil
}

// download gives the failures of a stream as this package's errors.
type download struct {
	io.ReadCloser
	call call
}

func (d *download) Read(p []byte) (int, error) {
	n, err := d.ReadCloser.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	return n, d.call.wrap(err)
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
