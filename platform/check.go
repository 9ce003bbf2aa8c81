package platform

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// CheckResult says if a connector reaches its service. Where the server sends
// null, a text is "" and a number 0.
type CheckResult struct {
	ID            string          `json:"id"`             // as sent; may be ""
	Status        string          `json:"status"`         // "succeeded", "failed", "pending", "running", "cancelled", "inconclusive", "skipped" or ""
	ErrorMessage  string          `json:"error_message"`  // why it failed; may be ""
	FailureReason json.RawMessage `json:"failure_reason"` // as sent
	Entities      []EntityCheck   `json:"entity_check_results"`
}

// UnmarshalJSON wants a status, which may be null: without one the answer is
// none to a check.
func (r *CheckResult) UnmarshalJSON(b []byte) error {
	type plain CheckResult
	var said struct {
		Status json.RawMessage `json:"status"`
	}
	if err := json.Unmarshal(b, &said); err != nil {
		return err
	}
	if said.Status == nil {
		return errors.New("it has no status")
	}
	return json.Unmarshal(b, (*plain)(r))
}

// EntityCheck is the check of one entity.
type EntityCheck struct {
	Entity       string `json:"entity"`        // as ExecuteRequest names it
	Status       string `json:"status"`        // a word of CheckResult.Status
	StatusCode   int    `json:"status_code"`   // the HTTP status from the service; 0 when not said
	ErrorMessage string `json:"error_message"` // why it failed; may be ""
}

// CheckConnector tries a connector's credentials against its service. A
// failed check is no error: see [CheckResult.Status].
func (c *Client) CheckConnector(ctx context.Context, id string) (*CheckResult, error) {
	const op = "check connector"
	if err := checkID(op, "connector id", id); err != nil {
		return nil, err
	}
	return fetch[CheckResult](ctx, c, &call{
		op:      op,
		method:  http.MethodPost,
		url:     c.endpoint(nil, "integrations", "connectors", id, "check"),
		body:    []byte(`{}`),
		timeout: longTimeout,
	})
}

// CheckNewConnector tries what [Client.CreateConnector] would be given,
// without making the connector.
func (c *Client) CheckNewConnector(ctx context.Context, req CreateConnectorRequest) (*CheckResult, error) {
	const op = "check new connector"
	body, err := req.encode(op)
	if err != nil {
		return nil, err
	}
	c.knowSecrets(req.Credentials, req.ReplicationConfig)
	return fetch[CheckResult](ctx, c, &call{
		op:      op,
		method:  http.MethodPost,
		url:     c.endpoint(nil, "integrations", "connectors", "check"),
		body:    body,
		timeout: longTimeout,
	})
}
