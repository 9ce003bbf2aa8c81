package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/tools"
)

// caller answers calls of the tools of a set.
type caller struct {
	set        *tools.Set
	logger     *slog.Logger
	structured bool // results have their structured content
}

// call runs one tool. Its error is for a call that the client has given up, whose
// answer nobody reads; every other failure is a result.
func (c caller) call(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	name, args := clipped(req.Params.Name), req.Params.Arguments
	out, err := c.set.CallWithProgress(ctx, name, args, c.progress(ctx, req))
	switch {
	case err == nil:
		if out.Err != nil {
			c.logger.DebugContext(ctx, "tool call refused or failed", "tool", name, "error", out.Err)
		}
		return c.result(out.Text, out.IsError), nil
	case errors.Is(ctx.Err(), context.Canceled):
		return nil, err
	default:
		c.log(ctx, name, err)
		return c.result(failure(ctx, c.effectOf(name, args), name, err), true), nil
	}
}

// result holds one envelope twice: as text, which all clients show to the model,
// and as structured content, which programs read without parsing a text.
func result(text string, isError bool) *mcp.CallToolResult {
	return &mcp.CallToolResult{
		Content:           []mcp.Content{&mcp.TextContent{Text: text}},
		StructuredContent: json.RawMessage(text),
		IsError:           isError,
	}
}

// result is that as the options have it.
func (c caller) result(text string, isError bool) *mcp.CallToolResult {
	res := result(text, isError)
	if !c.structured {
		res.StructuredContent = nil
	}
	return res
}

// progress tells a client that asked for it how far a call has come; nil for any
// other.
func (c caller) progress(ctx context.Context, req *mcp.CallToolRequest) func(tools.Progress) {
	token := progressToken(req)
	if token == nil {
		return nil
	}
	return func(p tools.Progress) {
		err := req.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{
			ProgressToken: token,
			Progress:      float64(p.Pages),
			Message:       fmt.Sprintf("page %d, %d records", p.Pages, p.Records),
		})
		if err != nil { // the client has gone, and the call will hear of it too
			c.logger.DebugContext(ctx, "progress was not sent", "tool", req.Params.Name, "error", err)
		}
	}
}

// answerUnknown answers a call of a tool that there is not as the set does, with
// the names that there are: of a protocol error a model would not hear.
func (c caller) answerUnknown(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		res, err := next(ctx, method, req)
		call, ok := req.(*mcp.CallToolRequest)
		if err == nil || !ok || !isUnknownTool(err, call.Params.Name) {
			return res, err
		}
		return c.call(ctx, call)
	}
}

// isUnknownTool recognises the SDK's error, which has no type of its own.
func isUnknownTool(err error, name string) bool {
	e, ok := errors.AsType[*jsonrpc.Error](err)
	return ok && e.Code == jsonrpc.CodeInvalidParams && e.Message == fmt.Sprintf("unknown tool %q", name)
}
