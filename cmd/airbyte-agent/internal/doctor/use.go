package doctor

import (
	"cmp"
	"context"
	"fmt"
	"net/http"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/connector"
)

// use checks what the connector does: its own check, and one read.
func (d *doctor) use(ctx context.Context, r *Report, conn *connector.Connector) {
	health, err := step(ctx, d, conn.Check)
	switch {
	case err != nil:
		r.fail(checkHealth, err)
	case !health.OK && health.Status == "skipped":
		r.skip(cmp.Or(health.Message, "the connector has no check"), checkHealth)
	case !health.OK:
		r.fail(checkHealth, unhealthy(health))
	default:
		r.ok(checkHealth, "the service accepts the connector's credentials")
	}
	d.read(ctx, r, conn)
}

// unhealthy is the failure of a connector that does not work.
func unhealthy(h connector.Health) *failure.Error {
	e := failure.General("the connector reports %s: %s", h.Status, cmp.Or(h.Message, "it does not say why"))
	e.Type = "unhealthy"
	e.Hint = "the service may have changed, or its credentials may have been withdrawn: renew them"
	for _, entity := range h.Entities {
		if entity.HTTPStatus == http.StatusUnauthorized || entity.HTTPStatus == http.StatusForbidden {
			e.Exit = failure.ExitAuth
		}
	}
	return e
}

func (d *doctor) read(ctx context.Context, r *Report, conn *connector.Connector) {
	entity, verb, params, ok := readable(conn.Entities())
	if !ok {
		r.skip("no operation is known that reads without arguments", checkRead)
		return
	}
	res, err := step(ctx, d, func(ctx context.Context) (*connector.Result, error) {
		return conn.Execute(ctx, entity, verb, params)
	})
	if err != nil {
		r.fail(checkRead, err)
		return
	}
	what := "answered"
	if list := gjson.ParseBytes(res.Data); list.IsArray() {
		what = "returned " + records(len(list.Array()))
	}
	r.ok(checkRead, entity+"."+verb+" "+what)
}

func records(n int) string {
	if n == 1 {
		return "1 record"
	}
	return fmt.Sprintf("%d records", n)
}

// readable returns an operation that only reads and needs no arguments: best a
// list that can be limited to one record, then any list, then any other.
func readable(entities []connector.Entity) (entity, verb string, params connector.Params, ok bool) {
	best := 0
	for _, e := range entities {
		for i := range e.Actions {
			a := &e.Actions[i]
			if fit := fitness(a); fit > best {
				best, entity, verb, params = fit, e.Name, a.Name, nil
			}
		}
	}
	if best == fitLimited {
		params = connector.Params{"limit": 1}
	}
	return entity, verb, params, best > 0
}

// How well an action does for trying a read.
const (
	fitRead    = 1
	fitList    = 2
	fitLimited = 3
)

// fitness is 0 for an action that will not do.
func fitness(a *connector.Action) int {
	if a.Effect != connector.Read || a.Name == "download" {
		return 0
	}
	fit := fitRead
	if a.Name == "list" {
		fit = fitList
	}
	for i := range a.Parameters {
		if a.Parameters[i].Required {
			return 0
		}
		if a.Name == "list" && a.Parameters[i].Name == "limit" {
			fit = fitLimited
		}
	}
	return fit
}
