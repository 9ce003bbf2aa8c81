package platform

import (
	"context"
	"encoding/json"
	"net/http"
)

// CheckResult says if a connector reaches its service.
type CheckResult struct {
	ID            string          `json:"id"`
	Status        string          `json:"status"` // "succeeded", "failed", "pending", "running", "cancelled", "inconclusive", "skipped" or ""
	ErrorMessage  string          `json:"error_message"`
	FailureReason json.RawMessage `json:"failure_reason"` // as sent
	Entities      []EntityCheck   `json:"entity_check_results"`
}

// EntityCheck is the check of one entity.
type EntityCheck struct {
	Entity       string `json:"entity"`
	Status       string `json:"status"`
	StatusCode   int    `json:"status_code"`
	ErrorMessage string `json:"error_message"`
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
	c.knowSecrets(req.Credentials)
	return fetch[CheckResult](ctx, c, &call{
		op:      op,
		method:  http.MethodPost,
		url:     c.endpoint(nil, "integrations", "connectors", "check"),
		body:    body,
		timeout: longTimeout,
	})
}
