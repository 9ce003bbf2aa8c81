package mcp

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// maxLoggedName bounds what a client can write into the log.
const maxLoggedName = 64

// incoming is what the handler knows of a request's message: enough to answer a
// refusal to the call that it is for, and to log it. The SDK decodes the rest.
type incoming struct {
	ID           json.RawMessage // nil when there is none
	Method, Tool string
	exact        bool // whether the SDK holds the id as it was sent
}

// check takes the message from what has come of the body, and says why it is not
// served. Cut and err are why the body is not whole.
func (m *incoming) check(body []byte, cut *denial, err error) *denial {
	m.look(body)
	tooLarge, isTooLarge := errors.AsType[*http.MaxBytesError](err)
	switch {
	case cut != nil:
		return cut
	case isTooLarge:
		return deny(http.StatusRequestEntityTooLarge, codeInvalidRequest, fmt.Sprintf("the message is larger than %d bytes; send less in one call", tooLarge.Limit))
	case err != nil:
		return deny(http.StatusBadRequest, codeInvalidRequest, "the message did not arrive whole")
	case envelope.Valid(body) != nil:
		m.ID = nil
		return deny(http.StatusBadRequest, codeParse, "the message is not valid JSON")
	case gjson.ParseBytes(body).IsArray():
		// A batch would run any number of calls in the place of one.
		return deny(http.StatusBadRequest, codeInvalidRequest, "batches are not served; send each message in a request of its own")
	}
	if wrong := m.wrong(body); wrong != "" {
		return deny(http.StatusBadRequest, codeInvalidRequest, wrong)
	}
	return nil
}

// wrong says what is wrong with a message that is JSON, as it is over Stdio; "" for
// nothing, and for a response, which the SDK sorts out.
func (m *incoming) wrong(body []byte) string {
	sent := membersOf(body)
	if sent.twice == "id" {
		m.ID = nil
	}
	if !sent.method.Exists() && (sent.result.Exists() || sent.failure.Exists()) {
		return ""
	}
	msg, err := jsonrpc.DecodeMessage(body)
	if err != nil && !m.exact {
		return "an id must be a string or an integer below 2^53"
	}
	if err != nil {
		return "the message is no JSON-RPC 2.0 message"
	}
	return sent.wrong(msg)
}

// look reads what it can of a body that may be cut or no JSON at all.
func (m *incoming) look(body []byte) {
	found := gjson.GetManyBytes(body, "id", "method", "params.name")
	if id := idOf(found[0]); json.Valid(id) {
		m.ID = id
	}
	held, err := jsonrpc.MakeID(found[0].Value())
	m.exact = err == nil && keeps(held, found[0])
	m.Method = short(found[1].Str)
	if m.Method == methodCall {
		m.Tool = short(found[2].Str)
	}
}

// short keeps names as they are and leaves out what is none.
func short(name string) string {
	if len(name) > maxLoggedName {
		return name[:maxLoggedName] + "…"
	}
	return name
}
