package langchaingo

import (
	"context"
	"encoding/json"

	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/schema"
)

// note is what an action carries in its Log, as JSON, so that a later Plan can
// tell which actions came from one turn. The executor hands actions back one by
// one and keeps nothing else; with the note in the steps themselves the agent
// has no state, and one agent serves any number of runs.
type note struct {
	Turn   int    `json:"turn"` // number of steps before the turn
	Call   int    `json:"call"` // place within the turn, from 0
	Text   string `json:"text,omitempty"`
	Layout layout `json:"layout"`
}

// actions writes the turn as actions; before is the number of steps the run has
// taken.
func (t turn) actions(before int) []schema.AgentAction {
	out := make([]schema.AgentAction, len(t.calls))
	for i, c := range t.calls {
		n := note{Turn: before, Call: i, Layout: t.layout}
		if i == 0 {
			n.Text = t.text
		}
		// Numbers and strings always marshal.
		log, _ := json.Marshal(n) //nolint:errchkjson // see above
		out[i] = schema.AgentAction{Tool: c.name, ToolInput: c.arguments, ToolID: c.id, Log: string(log)}
	}
	return out
}

// history writes steps as the messages they came from.
func (a *Agent) history(ctx context.Context, steps []schema.AgentStep) []llms.MessageContent {
	var out []llms.MessageContent
	for len(steps) > 0 {
		n, ok := readNote(steps[0])
		if !ok {
			out = append(out, a.foreignStep(ctx, steps[0])...)
			steps = steps[1:]
			continue
		}
		size := turnSize(steps, n)
		out = append(out, a.turnMessages(ctx, n, steps[:size])...)
		steps = steps[size:]
	}
	return out
}

// turnSize counts the steps that share the turn of the first.
func turnSize(steps []schema.AgentStep, first note) int {
	size := 1
	for ; size < len(steps); size++ {
		n, ok := readNote(steps[size])
		if !ok || n.Turn != first.Turn || n.Call != first.Call+size {
			break
		}
	}
	return size
}

func (a *Agent) turnMessages(ctx context.Context, n note, steps []schema.AgentStep) []llms.MessageContent {
	t := turn{text: n.Text, layout: n.Layout}
	results := make([]string, len(steps))
	for i, step := range steps {
		t.calls = append(t.calls, call{
			id: step.Action.ToolID, name: step.Action.Tool, arguments: step.Action.ToolInput,
		})
		results[i] = a.observation(ctx, step)
	}
	return t.messages(results)
}

// foreignStep writes a step that this agent did not plan. The executor adds one
// without an action when its parser error handler took an unreadable answer;
// anything else comes from steps a program put together itself.
func (a *Agent) foreignStep(ctx context.Context, step schema.AgentStep) []llms.MessageContent {
	if step.Action.Tool == "" {
		return []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeHuman, step.Observation)}
	}
	return a.turnMessages(ctx, note{Text: step.Action.Log, Layout: parallel}, []schema.AgentStep{step})
}

// observation replaces the executor's word on an unknown tool, which names
// none, by the set's, which names them all.
func (a *Agent) observation(ctx context.Context, step schema.AgentStep) string {
	if a.lookup(step.Action.Tool) != nil {
		return step.Observation
	}
	out, err := a.set.Call(ctx, step.Action.Tool, nil)
	if err != nil {
		return step.Observation
	}
	return out.Text
}

func readNote(step schema.AgentStep) (note, bool) {
	var n note
	if err := json.Unmarshal([]byte(step.Action.Log), &n); err != nil || n.Layout == "" {
		return note{}, false
	}
	return n, true
}
