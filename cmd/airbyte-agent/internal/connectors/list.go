package connectors

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/selector"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/paging"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/platform"
)

const opList = "list connectors"

func list(a *app.App) operation.Operation {
	return operation.Operation{
		Name:  "list",
		Short: "List the connectors of a workspace",
		Long: "List the connectors of a workspace. Each row says also how far the context store is with the connector: " +
			"context_store_status and context_store_entity_count. Where that cannot be read, they are null and 0, " +
			"and the result has the reason in warnings.",
		Example: "  airbyte-agent connectors list --workspace default",
		Params: []operation.Param{
			{Name: "workspace", Type: operation.String, Description: "the workspace's name", Default: "AIRBYTE_WORKSPACE, the settings file's, or default"},
		},
		API: &operation.API{Method: http.MethodGet, Path: "/api/v1/integrations/connectors", Summary: "List the connectors of a workspace"},
		View: &app.View{
			Rows: "data",
			Table: output.Table{
				Columns: []output.Column{
					{Title: "NAME", Path: "name"},
					{Title: "ID", Path: "id", Whole: true},
					{Title: "TYPE", Path: "summarized_source_template.name"},
					{Title: "CONTEXT STORE", Path: "context_store_status"},
					{Title: "ENTITIES", Path: "context_store_entity_count"},
				},
				Empty: "The workspace has no connectors.",
			},
		},
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			return enriched(ctx, a, in.Text("workspace"))
		},
	}
}

// enriched returns the list with what the context store has of each connector.
// Both are asked for at the same time.
func enriched(ctx context.Context, a *app.App, workspace string) (json.RawMessage, error) {
	client, err := a.Client()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type reading struct {
		known map[string]storeState
		err   error
	}
	store := make(chan reading, 1)
	go func() {
		known, err := storeStates(ctx, client)
		store <- reading{known, err}
	}()
	rows, err := rowsOf(ctx, a, client, workspace)
	if err != nil {
		return nil, err
	}
	read := <-store
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if !gjson.ParseBytes(rows).IsObject() {
		return nil, paging.Unusable(opList, "the answer is no JSON object with the list of connectors")
	}
	var warnings []string
	if read.err != nil {
		warnings = append(warnings, "the state of the context store is not known: "+failure.From(read.err).Message)
	}
	if !gjson.GetBytes(rows, "data").IsArray() {
		warnings = append(warnings, `the answer has no list "data": it is here as it came`)
	}
	for _, warning := range warnings {
		a.Notice("%s", warning)
	}
	return withWarnings(enrich(rows, read.known), warnings), nil
}

// rowsOf is the list as the server sent it.
func rowsOf(ctx context.Context, a *app.App, client *platform.Client, workspace string) (json.RawMessage, error) {
	workspace, err := a.Workspace(workspace)
	if err != nil {
		return nil, err
	}
	answer, err := client.Do(ctx, platform.Request{
		Op:     opList,
		Method: http.MethodGet,
		Path:   []string{"integrations", "connectors"},
		Query:  url.Values{"workspace_name": {workspace}},
	})
	if errors.Is(err, platform.ErrNotFound) {
		return nil, selector.NoConnectors(ctx, client, workspace)
	}
	return answer, err
}

// enrich adds the two members to each row. An answer in which there are no rows
// stays as it is.
func enrich(answer json.RawMessage, known map[string]storeState) json.RawMessage {
	data := gjson.GetBytes(answer, "data")
	if !data.IsArray() {
		return answer
	}
	rows := []byte{'['}
	for row := range envelope.Rows(json.RawMessage(data.Raw)) {
		if len(rows) > 1 {
			rows = append(rows, ',')
		}
		state := known[gjson.GetBytes(row, "id").String()]
		row = withMember(row, "context_store_status", state.status())
		rows = append(rows, withMember(row, "context_store_entity_count", state.count())...)
	}
	rows = append(rows, ']')
	out := append([]byte{}, answer[:data.Index]...)
	return append(append(out, rows...), answer[data.Index+len(data.Raw):]...)
}

// withWarnings returns an object with warnings, under another name where the
// server has warnings of its own.
func withWarnings(object json.RawMessage, warnings []string) json.RawMessage {
	if len(warnings) == 0 {
		return object
	}
	key := "warnings"
	if envelope.Member(object, key) != nil {
		key = "airbyte_agent_warnings"
	}
	return withMember(object, key, envelope.Encode(warnings))
}

// withMember returns an object with one more member at its end; an empty value
// is null. Other values, and objects that have it, stay as they are.
func withMember(object json.RawMessage, key string, value json.RawMessage) json.RawMessage {
	parsed := gjson.ParseBytes(object)
	if !parsed.IsObject() || envelope.Member(object, key) != nil {
		return object
	}
	end := len(object) - 1
	for object[end] != '}' {
		end--
	}
	out := append([]byte{}, object[:end]...)
	if len(parsed.Map()) > 0 {
		out = append(out, ',')
	}
	out = append(envelope.AppendString(out, key), ':')
	if len(value) == 0 {
		value = json.RawMessage("null")
	}
	return append(append(out, value...), '}')
}
