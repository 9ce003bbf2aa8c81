package connectors

import (
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/execute"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/create"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

// Group has the operations on connectors.
func Group(a *app.App) operation.Group {
	return operation.Group{
		Name:  "connectors",
		Short: "List, create, describe and execute connectors",
		Operations: []operation.Operation{
			list(a),
			listAvailable(a),
			create.Operation(a),
			describe(a),
			inspect(a),
			execute.Operation(a),
			update(a),
			remove(a),
		},
	}
}
