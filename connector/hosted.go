package connector

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/action"
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
	said := h.statusText(res)
	if said != "" && res.Data == nil {
		return nil, c.unsuccessful(said)
	}
	return &Result{Data: res.Data, Compact: res.Compact, Meta: Meta{
		HasMore: res.HasMore,
		Cursor:  res.Cursor,
		Warning: strings.Trim(h.client.Redact(warningText(res.Warning))+"; "+said, "; "),
		Raw:     res.ConnectorMetadata,
	}}, nil
}

// unsuccessful is the error of an answer that came as a success but says it is
// none, and has no result. Whether a write was carried out it does not say.
func (c call) unsuccessful(said string) error {
	kind := KindUnavailable
	if action.Of(c.action) != action.Read {
		kind = KindUnknownOutcome
	}
	e := c.fail(kind, "%s", said)
	e.Status = http.StatusOK
	return e
}

// statusText tells of a status that is no success, "" for one that is. It has
// not been seen beside HTTP 200, and the official clients do not look at it; it
// must not get lost all the same.
func (h *hosted) statusText(res *platform.ExecuteResponse) string {
	switch res.Status {
	case "", "success", "succeeded", "ok":
		return ""
	}
	text := fmt.Sprintf("the platform reports status %q", res.Status)
	answer := gjson.ParseBytes(res.Body)
	if said := cmp.Or(answer.Get("message").String(), answer.Get("error").String()); said != "" {
		text += ": " + excerpt(h.client.Redact(said)) // in this order: half a secret would not be recognised
	}
	return text
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

func (h *hosted) checkEntities(context.Context, []string) (Health, error) {
	e := call{op: "check entities"}.fail(KindUnsupported, "the platform checks a connector as a whole")
	e.Hint = "use Check"
	return Health{}, e
}

func (h *hosted) close() error { return h.client.Close() }
