package mcp

import (
	"errors"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// Most bytes of a protocol error, which may repeat what the client has sent.
const (
	maxMessage = 1024
	maxData    = 4096
)

// told is an error as a client is told of it: with a code, which the SDK leaves 0
// for its own errors, and bounded.
func told(err error) *jsonrpc.Error {
	e := &jsonrpc.Error{Message: err.Error()}
	if coded, ok := errors.AsType[*jsonrpc.Error](err); ok {
		e.Code, e.Data = coded.Code, coded.Data
	}
	if e.Code == 0 || strings.HasPrefix(e.Message, "handling '") {
		e.Code, e.Message = classify(err)
	}
	if len(e.Message) > maxMessage {
		e.Message = strings.ToValidUTF8(e.Message[:maxMessage], "") + "…"
	}
	if len(e.Data) > maxData {
		e.Data = nil
	}
	return e
}

// classify gives a code to an error of the SDK that has none. They have no types
// either, so that it goes by their texts; what it does not know is an internal
// error.
func classify(err error) (code int64, message string) {
	text := err.Error()
	switch {
	case strings.HasPrefix(text, "duplicate "), strings.HasSuffix(text, "is invalid during session initialization"):
		return jsonrpc.CodeInvalidRequest, text
	case strings.HasPrefix(text, "handling '"): // goes on with the arguments whole, and Go's names for them
		return jsonrpc.CodeInvalidParams, "the params do not fit the method: " + root(err).Error()
	case strings.HasPrefix(text, "failed to decode "):
		return jsonrpc.CodeInvalidParams, text
	}
	return jsonrpc.CodeInternalError, text
}

// root is the first cause of an error.
func root(err error) error {
	for {
		cause := errors.Unwrap(err)
		if cause == nil {
			return err
		}
		err = cause
	}
}
