package mcp

import (
	"context"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// maxURI is how many bytes the address of a resource may have.
const maxURI = 2048

// boundNames refuses names that are too long for any prompt or resource: the SDK
// repeats them in its answer.
func boundNames(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		switch req := req.(type) {
		case *mcp.GetPromptRequest:
			if len(req.Params.Name) > maxWord {
				return nil, tooLong("prompt's name", maxWord)
			}
		case *mcp.ReadResourceRequest:
			if len(req.Params.URI) > maxURI {
				return nil, tooLong("resource's address", maxURI)
			}
		}
		return next(ctx, method, req)
	}
}

func tooLong(what string, most int) error {
	return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: fmt.Sprintf("the %s has more than %d bytes", what, most)}
}

// clipped shortens a name that no tool can have, for the answer repeats it.
func clipped(name string) string {
	if len(name) <= maxWord {
		return name
	}
	return strings.ToValidUTF8(name[:maxWord], "") + "…"
}

// progressToken is the token under which a client wants to hear of progress, nil
// for none and for what MCP does not allow as one. A long one would come back with
// every page.
func progressToken(req *mcp.CallToolRequest) any {
	switch token := req.Params.GetProgressToken().(type) {
	case string:
		if len(token) <= maxWord {
			return token
		}
	case float64:
		return token
	}
	return nil
}
