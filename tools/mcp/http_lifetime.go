package mcp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
)

// The protocol's names of the methods that are treated apart; the SDK does not
// export them.
const (
	methodCall   = "tools/call"
	methodListen = "subscriptions/listen"
)

type lifetimeKey struct{}

// lifetime is how long the work for one HTTP request may go on: until ctx ends,
// because the client has gone or the server stops, and no longer than limit.
type lifetime struct {
	ctx   context.Context // here because the SDK detaches its contexts from the request's, and keeps their values alone
	limit time.Duration
}

func withLifetime(ctx context.Context, l lifetime) context.Context {
	return context.WithValue(ctx, lifetimeKey{}, l)
}

// endWithRequest ends the work for a message together with the HTTP request that
// brought it. By itself the SDK lets a call go on when its client has gone, for
// sessions may be taken up again; without sessions nobody would ever read the
// answer. Messages of other transports pass untouched.
func endWithRequest(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		life, ok := ctx.Value(lifetimeKey{}).(lifetime)
		if !ok {
			return next(ctx, method, req)
		}
		if method == methodListen {
			// It would hold its place until the server stops, to hear nothing.
			return nil, &jsonrpc.Error{Code: jsonrpc.CodeMethodNotFound, Message: "this server keeps no subscriptions: it is stateless, and its lists do not change"}
		}
		ctx, stop := context.WithTimeout(ctx, life.limit)
		defer stop()
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		defer context.AfterFunc(life.ctx, func() { cancel(context.Cause(life.ctx)) })()

		res, err := next(ctx, method, req)
		if err == nil || method != methodCall {
			return res, err
		}
		if f, ended := endedBy(ctx, life.limit); ended {
			return result(string(envelope.Error(f)), true), nil
		}
		return nil, err
	}
}

// endedBy says what a model should know of a call whose context this server
// ended. A tool that answers for itself has said it better.
func endedBy(ctx context.Context, limit time.Duration) (f envelope.Failure, ended bool) {
	f.Kind = string(fault.UnknownOutcome)
	f.Hint = "if the call changes something, look whether it has happened before you repeat it; if it reads, ask for less or try again"
	switch {
	case errors.Is(context.Cause(ctx), errShutdown):
		f.Message = errShutdown.Error()
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		f.Message = fmt.Sprintf("the call took longer than %v and was stopped", limit)
	default:
		return envelope.Failure{}, false
	}
	return f, true
}
