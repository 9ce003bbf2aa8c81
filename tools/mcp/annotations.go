package mcp

import (
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// annotations tells a client what a call may do, so that it knows when to ask its
// user. The hints are always sent: what the protocol assumes of an absent one is
// not the same for each of them. Every tool reaches a service outside.
//
// MCP calls destructive what is not merely additive: an update, which replaces
// values, as much as a deletion. A tool of several actions is as its worst.
func annotations(title string, t *tools.Tool) *mcp.ToolAnnotations {
	destructive, idempotent, openWorld := false, true, true
	for _, a := range actionsOf(t) {
		d, i := hints(a)
		destructive, idempotent = destructive || d, idempotent && i
	}
	return &mcp.ToolAnnotations{
		Title:           title,
		ReadOnlyHint:    t.Effect() == connector.Read,
		DestructiveHint: &destructive,
		IdempotentHint:  idempotent,
		OpenWorldHint:   &openWorld,
	}
}

// actionsOf are those that the tool can run. Where they are not known it is one
// without a name, of the tool's effect.
func actionsOf(t *tools.Tool) []connector.Action {
	var all []connector.Action
	for _, e := range t.Entities() {
		all = append(all, e.Actions...)
	}
	if len(all) == 0 {
		all = []connector.Action{{Effect: t.Effect()}}
	}
	return all
}

// hints goes by the verbs that connectors have, for HTTP methods say nothing. Of
// what it does not know it assumes the worst, as MCP does.
func hints(a connector.Action) (destructive, idempotent bool) {
	switch {
	case a.Effect == connector.Read:
		return false, true
	case a.Name == "create":
		return false, false
	case a.Name == "update", a.Name == "delete":
		return true, true
	default:
		return true, false
	}
}
