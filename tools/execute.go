package tools

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// execute makes the tool that runs any operation.
func (b *builder) execute() (*Tool, error) {
	name := b.toolName("execute")
	if err := checkName(name); err != nil {
		return nil, err
	}
	description, err := b.describe(b.caps.description)
	if err != nil {
		return nil, err
	}
	return &Tool{
		name:        name,
		description: description,
		schema:      b.caps.executeSchema(),
		effect:      b.caps.effect(),
		effectOf:    b.caps.effectOfCall,
		maxOutput:   b.maxOutput,
		guide:       b.caps.guide(name, executePaging),
		caps:        &b.caps,
		call: func(ctx context.Context, args json.RawMessage, report func(Progress)) (envelope.Result, error) {
			entity, verb, params, err := executeArguments(args)
			if err != nil {
				return envelope.Result{}, err
			}
			return b.run(ctx, entity, verb, params, report)
		},
	}, nil
}

// run executes one operation under the policy. Reads alone are repeated and
// followed over several pages.
func (b *builder) run(ctx context.Context, entity, verb string, params connector.Params, report func(Progress)) (envelope.Result, error) {
	if err := b.permit(entity, verb); err != nil {
		return envelope.Result{}, err
	}
	var out envelope.Result
	var err error
	if b.caps.effectOf(entity, verb) == connector.Read {
		out, err = b.read(ctx, entity, verb, params, report)
	} else {
		var res *connector.Result
		if res, err = b.conn.Execute(ctx, entity, verb, params); err == nil {
			out = resultOf(*res)
		}
	}
	if err != nil {
		return envelope.Result{}, err
	}
	out.Advice = func() string { return b.caps.narrower(entity, verb) }
	if out.Meta.HasMore && out.Meta.Cursor == "" {
		out.Meta.Hint = "there is more, but the service gave no cursor: " + cmp.Or(out.Advice(), "narrow the call")
	}
	return out, nil
}

// operationOf reads which operation the arguments of an execute tool name.
func operationOf(args json.RawMessage) (entity, verb string) {
	names := gjson.GetManyBytes(args, "entity", "action")
	return strings.TrimSpace(names[0].String()), strings.TrimSpace(names[1].String())
}

// permit refuses what the policy leaves out, and names that do not exist, with
// the permitted names.
func (b *builder) permit(entity, verb string) error {
	if b.policy.permits(entity, verb, b.caps.effectOf(entity, verb)) && (len(b.caps.entities) == 0 || b.caps.has(entity, verb)) {
		return nil
	}
	e := &connector.Error{Kind: connector.KindValidation, Op: "execute", Entity: entity, Action: verb}
	switch i := slices.IndexFunc(b.caps.entities, func(e connector.Entity) bool { return e.Name == entity }); {
	case entity != "" && verb != "" && b.exists(entity, verb):
		e.Kind = connector.KindPermission
		e.Message = "this program does not permit " + entity + "." + verb
		e.Hint = "do without it, or ask the user to do it"
	case entity == "":
		e.Message = "entity is missing"
		e.Hint = callShape
		e.Allowed = b.caps.entityNames()
	case i < 0:
		e.Allowed = b.caps.entityNames()
		e.DidYouMean = suggest.Nearest(entity, e.Allowed)
		e.Message = "unknown entity " + quote(entity)
		e.Hint = "use one of the allowed entities"
	default:
		e.Allowed = actionNames(b.caps.entities[i])
		e.DidYouMean = suggest.Nearest(verb, e.Allowed)
		e.Message = "unknown action " + quote(verb) + " of entity " + entity
		if verb == "" {
			e.Message = "action is missing"
		}
		e.Hint = "use one of the allowed actions of " + entity
		if near, ok := b.caps.find(entity, e.DidYouMean); ok {
			e.Signature = near.Signature(entity)
		}
	}
	return e
}

const callShape = `call it as {"entity": "...", "action": "...", "params": {...}}`

// exists reports whether the connector has an operation, permitted or not.
// Where its operations are not known, any might exist.
func (b *builder) exists(entity, verb string) bool {
	all := b.conn.Entities()
	if len(all) == 0 {
		return true
	}
	return (&capabilities{entities: all}).has(entity, verb)
}

// quote shows a name that a model sent, shortened.
func quote(name string) string {
	const most = 60
	return string(envelope.Encode(clip(name, most)))
}

// maxProblems is how many problems of one call are told: a model mends no more at
// a time, and the message has its limit.
const maxProblems = 20

// executeArguments takes the arguments of an execute tool apart. The values of
// params stay raw, so that integers keep every digit.
func executeArguments(args json.RawMessage) (entity, verb string, params connector.Params, err error) {
	var problems []string
	entity, verb = operationOf(args)
	gjson.ParseBytes(args).ForEach(func(key, value gjson.Result) bool {
		switch key.String() {
		case "entity", "action": // read above
		case "params":
			var problem string
			if params, problem = paramsOf(value); problem != "" {
				problems = append(problems, problem)
			}
		default:
			problems = append(problems, "unknown argument "+quote(key.String())+"; arguments of the action go into params")
		}
		return len(problems) < maxProblems
	})
	if len(problems) > 0 {
		e := &connector.Error{Kind: connector.KindValidation, Op: "execute", Message: strings.Join(problems, "; "), Hint: callShape}
		return "", "", nil, e
	}
	return entity, verb, params, nil
}

// paramsOf reads params as an object of raw values, or says what is wrong with
// them. Models also send it as a string that holds the object, and as null.
func paramsOf(value gjson.Result) (params connector.Params, problem string) {
	const noObject = `params must be an object, such as {"id": "..."}`
	if value.Type == gjson.Null {
		return nil, ""
	}
	if value.Type == gjson.String {
		inside := strings.TrimSpace(value.String())
		if inside == "" {
			return nil, ""
		}
		if envelope.Valid([]byte(inside)) != nil {
			return nil, noObject
		}
		value = gjson.Parse(inside)
	}
	if !value.IsObject() {
		return nil, noObject
	}
	params = connector.Params{}
	value.ForEach(func(key, v gjson.Result) bool {
		params[key.String()] = json.RawMessage(v.Raw)
		return len(params) <= maxArguments
	})
	if len(params) > maxArguments {
		return nil, fmt.Sprintf("params has more than %d members", maxArguments)
	}
	return params, ""
}
