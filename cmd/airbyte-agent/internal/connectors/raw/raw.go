package raw

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/agentsdk-go/airbyte/platform"
)

// Do sends a request. A failure says op, what the user asked for, in place of
// the route.
func Do(ctx context.Context, client *platform.Client, op string, req platform.Request) (json.RawMessage, error) {
	answer, err := client.Do(ctx, req)
	return answer, Named(err, op)
}

// Get reads what is at a path below /api/v1.
func Get(ctx context.Context, client *platform.Client, op string, path ...string) (json.RawMessage, error) {
	return Do(ctx, client, op, platform.Request{Method: http.MethodGet, Path: path})
}

// Connector is the path of a connector, and of what is below it.
func Connector(id string, below ...string) []string {
	return slices.Concat([]string{"integrations", "connectors", id}, below)
}

// Named returns err with op as what was tried.
func Named(err error, op string) error {
	e, ok := errors.AsType[*platform.Error](err)
	if !ok {
		return err
	}
	named := *e
	named.Op = op
	return &named
}

// ActionTimeout is how long one attempt of a connector's action may take: the
// platform calls another service meanwhile.
const ActionTimeout = 300 * time.Second
