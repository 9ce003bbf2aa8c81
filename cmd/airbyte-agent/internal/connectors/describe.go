package connectors

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/raw"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/selector"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/paging"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/platform"
)

func describe(a *app.App) operation.Operation {
	var t target.Target
	return operation.Operation{
		Name:  "describe",
		Short: "Show a connector and what it can do",
		Long: "Show a connector and, under schema, what it can do. In direct mode schema is the manifest's: " +
			"every entity with its actions and their parameters, without any request.",
		Example: "  airbyte-agent connectors describe --name pylon\n" +
			"  airbyte-agent connectors describe --name pylon --mode direct",
		Params: selector.Params(),
		Flags:  t.ModeFlags,
		Local:  func(operation.Input) bool { return t.IsDirect() },
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			s := selector.From(in)
			t.ID, t.Name, t.Workspace = s.ID, s.Name, s.Workspace
			if err := t.Check(); err != nil {
				return nil, err
			}
			if t.IsDirect() {
				return describeManifest(&t)
			}
			found, err := s.Find(ctx, a)
			if err != nil {
				return nil, err
			}
			return describeHosted(ctx, a, found.ID)
		},
	}
}

// describeHosted asks for the connector and for what it can do at the same
// time. When both fail, the connector's failure says more.
func describeHosted(ctx context.Context, a *app.App, id string) (json.RawMessage, error) {
	client, err := a.Client()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type answer struct {
		body json.RawMessage
		err  error
	}
	schema := make(chan answer, 1)
	go func() {
		body, err := client.Do(ctx, platform.Request{
			Op:      "describe connector",
			Method:  http.MethodPost,
			Path:    raw.Connector(id, "execute"),
			Body:    json.RawMessage(`{"entity":"","action":"describe"}`),
			Read:    true,
			Timeout: raw.ActionTimeout,
		})
		schema <- answer{body, err}
	}()
	connector, err := raw.Get(ctx, client, "get connector", raw.Connector(id)...)
	if err != nil {
		return nil, err
	}
	described := <-schema
	if described.err != nil {
		return nil, described.err
	}
	if !gjson.ParseBytes(connector).IsObject() {
		return nil, paging.Unusable("get connector", "the answer is no JSON object")
	}
	return withMember(connector, "schema", described.body), nil
}
