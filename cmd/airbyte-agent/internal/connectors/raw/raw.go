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

// Get reads what is at a path below /api/v1. op is what the user asked for.
func Get(ctx context.Context, client *platform.Client, op string, path ...string) (json.RawMessage, error) {
	return client.Do(ctx, platform.Request{Op: op, Method: http.MethodGet, Path: path})
}

// Connector is the path of a connector, and of what is below it.
func Connector(id string, below ...string) []string {
	return slices.Concat([]string{"integrations", "connectors", id}, below)
}

// Named returns err with op as what was tried, for methods of the client that
// call it by another name.
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
