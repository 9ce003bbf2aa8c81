package create

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/platform"
)

// order is a connector to be made.
type order struct {
	api         api
	template    Template
	workspace   string
	name        string // "" lets the server make one up
	credentials json.RawMessage
	config      json.RawMessage
	environment json.RawMessage
	entered     json.RawMessage // what of config is secret
	unchecked   bool
}

func (o order) request() platform.CreateConnectorRequest {
	return platform.CreateConnectorRequest{
		WorkspaceName:     o.workspace,
		Name:              o.name,
		TemplateID:        o.template.ID,
		Credentials:       o.credentials,
		ReplicationConfig: o.config,
		Environment:       o.environment,
	}
}

// create tries the credentials and makes the connector. The result is the
// server's answer without secrets, with the outcome of the check in
// check_status, and what went less than well in warnings.
func (o order) create(ctx context.Context) (json.RawMessage, error) {
	secrets := o.secrets()
	status, warnings, err := o.check(ctx)
	if err != nil {
		return nil, secrets.hide(err)
	}
	made, err := o.api.create(ctx, o.request())
	if err != nil {
		return nil, secrets.hide(err)
	}
	made = secrets.mask(made)
	if made, err = add(made, "check_status", status); err != nil {
		return nil, err
	}
	if len(warnings) == 0 {
		return made, nil
	}
	return add(made, "warnings", warnings)
}

// How often a check that goes on in the background is asked about.
const (
	checkAsks = 10
	checkWait = 3 * time.Second
)

// check tries the credentials without making anything.
func (o order) check(ctx context.Context) (status string, warnings []string, err error) {
	if o.unchecked {
		return "not checked", nil, nil
	}
	result, err := settled(ctx, func(ctx context.Context) (*platform.CheckResult, error) {
		return o.api.client.CheckNewConnector(ctx, o.request())
	})
	if err != nil {
		return "", nil, checkFailed(err)
	}
	switch result.Status {
	case "succeeded":
		return result.Status, nil, nil
	case "failed":
		return "", nil, refused("the credentials were not accepted: "+said(result), "nothing was made; correct them and run it again")
	}
	status = cmp.Or(result.Status, "unknown")
	return status, []string{"the check of the credentials came to no result: " + status}, nil
}

// settled asks until the check is no longer under way.
func settled(ctx context.Context, ask func(context.Context) (*platform.CheckResult, error)) (*platform.CheckResult, error) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	var last *platform.CheckResult
	for range checkAsks {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-timer.C:
		}
		result, err := ask(ctx)
		if err != nil {
			return nil, err
		}
		if result.Status != "pending" && result.Status != "running" {
			return result, nil
		}
		last = result
		timer.Reset(checkWait)
	}
	return last, nil
}

// checkFailed says how to go on without a check that could not be made. A
// request that the server finds wrong would be so without it, too.
func checkFailed(err error) error {
	e := failure.From(err)
	if e.Exit == failure.ExitGeneral {
		e.Hint = "nothing was made; --no-check makes the connector without trying its credentials"
	}
	return e
}

// said is why a check failed, in the service's words.
func said(result *platform.CheckResult) string {
	if result.ErrorMessage != "" {
		return result.ErrorMessage
	}
	for _, entity := range result.Entities {
		if entity.ErrorMessage != "" {
			return entity.Entity + ": " + entity.ErrorMessage
		}
	}
	return "the service does not say why"
}
