package mcp

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// maxWord is how many bytes an id and the names that a client uses may have. They
// come back in answers, and none that means something is longer.
const maxWord = 256

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
	m := membersOf(text)
	msg, err := jsonrpc.DecodeMessage(text)
	switch {
	case !m.method.Exists() && (m.result.Exists() || m.failure.Exists()): // a response
		if err != nil {
			return nil, nil
		}
		return msg, nil
	case err != nil:
		return nil, refusal(idOf(m.id), jsonrpc.CodeInvalidRequest, "the line is no JSON-RPC 2.0 message")
	}
	if wrong := m.wrong(msg); wrong != "" {
		return nil, refusal(idOf(m.id), jsonrpc.CodeInvalidRequest, wrong)
	}
	return msg, nil
}

// members are those of a message as they were sent.
type members struct {
	id, method, result, failure gjson.Result
	twice                       string // one that occurs again
}

func membersOf(text []byte) members {
	var m members
	known := map[string]*gjson.Result{"id": &m.id, "method": &m.method, "result": &m.result, "error": &m.failure, "jsonrpc": {}, "params": {}}
	gjson.ParseBytes(text).ForEach(func(key, value gjson.Result) bool {
		if held, ok := known[key.Str]; ok {
			if held.Exists() {
				m.twice = key.Str
			}
			*held = value
		}
		return true
	})
	if m.twice == "id" {
		m.id = gjson.Result{} // nobody can tell which is meant
	}
	return m
}

// wrong says what is wrong with a request that can be decoded, "" for nothing.
func (m members) wrong(msg jsonrpc.Message) string {
	req, ok := msg.(*jsonrpc.Request)
	switch {
	case m.twice != "":
		return fmt.Sprintf("the message has more than one %q", m.twice)
	case !ok:
		return `the message has no "method"`
	case len(req.Method) > maxWord:
		return fmt.Sprintf("the method has more than %d bytes", maxWord)
	case !m.id.Exists():
		return ""
	case m.id.Type == gjson.Null:
		return "an id must be a string or an integer; leave it out in a notification"
	case len(m.id.Raw) > maxWord:
		return fmt.Sprintf("the id has more than %d bytes", maxWord)
	case !keeps(req.ID, m.id):
		return "an id must be a string or an integer below 2^53"
	}
	return ""
}

// keeps reports whether the SDK holds an id as it was sent: numbers pass through
// a float64 there, and an answer under another id would never arrive.
func keeps(held jsonrpc.ID, sent gjson.Result) bool {
	n, ok := held.Raw().(int64)
	return !ok || (float64(n) == sent.Num && n < 1<<53 && n > -1<<53)
}

// idOf is the id as it was sent, nil where that is no legal one.
func idOf(id gjson.Result) json.RawMessage {
	if (id.Type == gjson.String || id.Type == gjson.Number) && len(id.Raw) <= maxWord {
		return json.RawMessage(id.Raw)
	}
	return nil
}

// refuseReuse answers a request under an id that is in use. Under that id it would
// pass for the answer to the first.
func refuseReuse(id jsonrpc.ID) []byte {
	return refusal(nil, jsonrpc.CodeInvalidRequest, fmt.Sprintf("the id %s belongs to a request that is not answered yet", envelope.Encode(id.Raw())))
}

// encode is jsonrpc.EncodeMessage, without its further pass over a result, which
// the SDK has encoded already and which may be large.
func encode(msg jsonrpc.Message) ([]byte, error) {
	res, ok := msg.(*jsonrpc.Response)
	switch {
	case !ok || !res.ID.IsValid():
		return jsonrpc.EncodeMessage(msg)
	case res.Error != nil:
		return jsonrpc.EncodeMessage(&jsonrpc.Response{ID: res.ID, Error: told(res.Error)})
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
