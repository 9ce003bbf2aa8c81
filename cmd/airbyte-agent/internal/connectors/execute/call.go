package execute

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// The parameters that only the platform knows.
const (
	selectFields   = "select_fields"
	excludeFields  = "exclude_fields"
	skipTruncation = "skip_truncation"
	intent         = "intent"
)

// download is the action whose answer is a file.
const download = "download"

// call is one action with its arguments, as the user gave them.
type call struct {
	entity, action string
	in             operation.Input
}

func callOf(in operation.Input) call {
	return call{entity: in.Text("entity"), action: in.Text("action"), in: in}
}

// String names the operation.
func (c call) String() string {
	if c.entity == "" {
		return c.action
	}
	return c.entity + "." + c.action
}

// body is the request of the platform: what was given, in the API's order.
func (c call) body() json.RawMessage {
	b := []byte{'{'}
	for _, name := range []string{"entity", "action", "params", selectFields, excludeFields, skipTruncation, intent} {
		if !c.in.Has(name) {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(envelope.AppendString(b, name), ':')
		b = append(b, c.in.Raw(name)...)
	}
	return append(b, '}')
}

// params are the arguments with the digits of their numbers.
func (c call) params() (connector.Params, error) {
	var params connector.Params
	if !c.in.Has("params") {
		return params, nil
	}
	if err := json.Unmarshal(c.in.Raw("params"), &params); err != nil {
		return nil, failure.Input("params: %v", err)
	}
	return params, nil
}

// paramNames lists the arguments for a question. Their values may be secret.
func (c call) paramNames() string {
	var names []string
	envelope.EachMember(c.in.Raw("params"), func(key, _ []byte) bool {
		names = append(names, envelope.Key(key))
		return true
	})
	if len(names) == 0 {
		return "no params"
	}
	return "params " + strings.Join(names, ", ")
}

// isFile reports whether the answer is a file's bytes. The platform gives a part
// of a file as JSON when it is asked to.
func (c call) isFile() bool {
	return c.action == download && gjson.GetBytes(c.in.Raw("params"), "_airbyte_response_type").String() != "json"
}

// given returns which of the parameters are there.
func (c call) given(names ...string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return !c.in.Has(name) })
}

// effect is what the operation may do by the connector's own account of it; ok is
// false when that has no such operation.
func (c call) effect(entities []connector.Entity) (effect connector.Effect, ok bool) {
	for i := range entities {
		if entities[i].Name != c.entity {
			continue
		}
		for j := range entities[i].Actions {
			if a := &entities[i].Actions[j]; a.Name == c.action {
				return a.Effect, true
			}
		}
	}
	return "", false
}
