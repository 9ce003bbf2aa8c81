package mcp

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// decode makes a message of a line. Where that cannot be, bad is the answer, nil
// for what needs none: a blank line, and a response that is malformed, because
// two programs that answer each other's errors would never stop.
func decode(l line) (msg jsonrpc.Message, bad []byte) {
	text := bytes.TrimSpace(l.text)
	switch {
	case l.long:
		return nil, refusal(nil, jsonrpc.CodeInvalidRequest, fmt.Sprintf("the message has more than %d bytes", MaxLine))
	case len(text) == 0:
		return nil, nil
	}
	if err := envelope.Valid(text); err != nil {
		return nil, refusal(nil, jsonrpc.CodeParseError, "parse error: "+err.Error())
	}
	if text[0] == '[' {
		return nil, refusal(nil, jsonrpc.CodeInvalidRequest, "batches are not supported; send one message per line")
	}
	msg, err := jsonrpc.DecodeMessage(text)
	members := gjson.GetManyBytes(text, "id", "method", "result", "error")
	if err == nil {
		if req, ok := msg.(*jsonrpc.Request); ok && !keeps(req.ID, members[0]) {
			return nil, refusal(idOf(members[0]), jsonrpc.CodeInvalidRequest, "an id must be a string or an integer below 2^53")
		}
		return msg, nil
	}
	if !members[1].Exists() && (members[2].Exists() || members[3].Exists()) {
		return nil, nil
	}
	return nil, refusal(idOf(members[0]), jsonrpc.CodeInvalidRequest, "the line is no JSON-RPC 2.0 message")
}

// keeps reports whether the SDK holds an id as it was sent: numbers pass through
// a float64 there, and an answer under another id would never arrive.
func keeps(held jsonrpc.ID, sent gjson.Result) bool {
	n, ok := held.Raw().(int64)
	return !ok || (float64(n) == sent.Num && n < 1<<53 && n > -1<<53)
}

// idOf is the id as it was sent, nil where that is no legal one.
func idOf(id gjson.Result) json.RawMessage {
	if id.Type == gjson.String || id.Type == gjson.Number {
		return json.RawMessage(id.Raw)
	}
	return nil
}

// encode is jsonrpc.EncodeMessage, without its further pass over a result, which
// the SDK has encoded already and which may be large.
func encode(msg jsonrpc.Message) ([]byte, error) {
	res, ok := msg.(*jsonrpc.Response)
	if !ok || res.Error != nil || len(res.Result) == 0 || !res.ID.IsValid() {
		return jsonrpc.EncodeMessage(msg)
	}
	b := append(make([]byte, 0, len(res.Result)+64), `{"jsonrpc":"2.0","id":`...)
	b = append(b, envelope.Encode(res.ID.Raw())...)
	b = append(b, `,"result":`...)
	return append(append(b, res.Result...), '}'), nil
}

// refusal is a response that says what was wrong with a message. Its id is null
// where that of the message cannot be told, which the SDK's own encoding leaves
// out.
func refusal(id json.RawMessage, code int, message string) []byte {
	type failure struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	return envelope.Encode(struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   failure         `json:"error"`
	}{"2.0", id, failure{code, message}})
}
