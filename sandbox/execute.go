package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

const (
	maxIntent      = 512
	actionDescribe = "describe"
)

// instruction is the body of an execute request.
type instruction struct {
	entity         string
	action         string
	params         json.RawMessage
	selectFields   []string
	excludeFields  []string
	skipTruncation bool
}

func parseInstruction(body []byte) (instruction, error) {
	in, err := parseFields(body)
	if err != nil {
		return instruction{}, err
	}
	order := instruction{
		entity:         in.text("entity"),
		action:         in.text("action"),
		params:         in.object("params"),
		selectFields:   in.texts("select_fields"),
		excludeFields:  in.texts("exclude_fields"),
		skipTruncation: in.flag("skip_truncation", true),
	}
	if utf8.RuneCountInString(in.optionalText("intent")) > maxIntent {
		in.reject("intent", "string_too_long", "String should have at most 512 characters")
	}
	return order, in.err()
}

// execute runs one operation on the organization's Pylon data.
func (s *Sandbox) execute(c *call) (response, error) {
	started := s.config.now()
	target, err := c.connector(c.request.PathValue("id"))
	if err != nil {
		return response{}, err
	}
	order, err := parseInstruction(c.body)
	if err != nil {
		return response{}, err
	}
	if ws, ok := c.org.workspace(target.workspaceID); ok && ws.Status == statusInactive {
		return response{}, refuse(http.StatusForbidden, "Workspace %q is inactive, and so are its connectors", ws.Name)
	}
	if target.credentials != credentialsAccepted {
		return response{}, refuse(http.StatusBadRequest, "Pylon refused the connector's credentials: %s", target.credentials)
	}
	result, metadata, err := c.carryOut(order)
	if err != nil {
		return response{}, err
	}
	return response{status: http.StatusOK, body: envelope(target.id, result, metadata, s.config.now().Sub(started))}, nil
}

// carryOut runs the operation and shapes its result.
func (c *call) carryOut(order instruction) (result, metadata json.RawMessage, err error) {
	if order.action == actionDescribe {
		result, err = describe()
		return result, json.RawMessage("{}"), err
	}
	if order.params == nil {
		order.params = json.RawMessage("{}")
	}
	reply, err := c.org.pylon().Execute(order.entity, order.action, order.params)
	if err != nil {
		return nil, nil, err
	}
	result = reply.Result
	if !order.skipTruncation && slices.Contains([]string{"list", "search", "api_search", "context_store_search"}, order.action) {
		result = truncateText(result)
	}
	return pruneResult(result, order.selectFields, order.excludeFields), reply.Metadata, nil
}

// envelope wraps a result without looking into it, so that its bytes reach the
// client as the service wrote them.
func envelope(connectorID string, result, metadata json.RawMessage, took time.Duration) []byte {
	if len(metadata) == 0 {
		metadata = json.RawMessage("null")
	}
	out := make([]byte, 0, len(result)+len(metadata)+256)
	out = append(out, `{"status":"success","result":`...)
	out = append(out, result...)
	out = append(out, `,"connector_metadata":`...)
	out = append(out, metadata...)
	out = append(out, `,"execution_metadata":{"connector_instance_id":"`...)
	out = append(out, connectorID...)
	out = append(out, `","execution_time_ms":`...)
	out = strconv.AppendInt(out, took.Milliseconds(), 10)
	return append(out, `},"warning":null}`...)
}
