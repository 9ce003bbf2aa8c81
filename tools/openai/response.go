package openai

import (
	"context"
	"fmt"
	"slices"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/tools"
)

// ResponseRun is a finished run of [RunResponse], or what an unfinished one
// reached.
type ResponseRun struct {
	// Text is the model's last text: its answer when the run ended without error.
	Text string
	// Refusal is set beside ErrRefused.
	Refusal string
	// Items is the given input, the model's items and the tool results. Every
	// tool call in it is answered, also after an error, as in
	// [ChatRun.Messages]. When params.Store is false, it is the whole
	// conversation: send it again with a next question. Otherwise send the
	// question alone, with Response.ID as PreviousResponseID. After an error
	// that response can have calls which the server knows no results of, so go
	// on from Items, with the params that the run began with; with a
	// Conversation send the results at the end of Items before the question.
	Items responses.ResponseInputParam
	// Usage is the sum over all rounds.
	Usage responses.ResponseUsage
	// Rounds counts the model's answers.
	Rounds int
	// Response is the model's last one, nil if none came.
	Response *responses.Response
}

// RunResponse is [RunChat] for the Responses API.
//
// How a round refers to those before it follows from params. A Conversation
// collects the items itself. Otherwise, unless Store is false, the server keeps
// them and PreviousResponseID names them. With Store false the run sends every
// item again, the reasoning items included; it then asks for
// reasoning.encrypted_content, without which they cannot be sent, when
// params.Reasoning is set or a reasoning item came without. Compatible servers
// that store nothing need Store false.
//
// Items that a client must carry out and that are not function or custom tool
// calls (computer, shell and patch calls, approvals) end the run with
// [ErrUnhandledCall].
func RunResponse(ctx context.Context, client openai.Client, s *tools.Set, params responses.ResponseNewParams, opts ...RunOption) (*ResponseRun, error) {
	declared := responseToolNames(params.Tools)
	r, err := newRunner(s, declared, opts)
	if err != nil {
		return nil, fmt.Errorf("openai: RunResponse: %w", err)
	}
	input := inputItems(params.Input)
	l := responseLoop{
		runner: r,
		client: client,
		params: params,
		keeper: keeperOf(params),
		run:    &ResponseRun{Items: slices.Clone(input)},
	}
	l.params.Tools = slices.Clone(params.Tools)
	for _, def := range ResponseTools(s) {
		if !slices.Contains(declared, def.OfFunction.Name) {
			l.params.Tools = append(l.params.Tools, def)
		}
	}
	if err := l.loop(ctx); err != nil {
		return l.run, fmt.Errorf("openai: RunResponse: %w", err)
	}
	return l.run, nil
}

// keeper is who holds the conversation between two rounds.
type keeper int

const (
	keptByID           keeper = iota // the server, under PreviousResponseID
	keptByConversation               // the server, in params.Conversation
	keptByClient                     // nobody: each request carries all items
)

func keeperOf(params responses.ResponseNewParams) keeper {
	switch {
	case !param.IsOmitted(params.Conversation):
		return keptByConversation
	case params.Store.Valid() && !params.Store.Value:
		return keptByClient
	default:
		return keptByID
	}
}

type responseLoop struct {
	*runner
	client openai.Client
	params responses.ResponseNewParams
	keeper keeper
	run    *ResponseRun
}

func (l *responseLoop) loop(ctx context.Context) error {
	l.includeReasoning(!param.IsOmitted(l.params.Reasoning))
	for {
		response, err := l.ask(ctx)
		if err != nil {
			return err
		}
		calls, err := responseCalls(response)
		if err != nil {
			return err
		}
		if len(calls) == 0 {
			return l.end(response)
		}
		if l.run.Rounds == l.maxRounds {
			return maxRoundsError(l.maxRounds)
		}
		outputs, err := l.execute(ctx, l.run.Rounds, calls)
		l.next(response, calls, outputs)
		if err != nil {
			return err
		}
	}
}

// ask sends the next request and books the answer.
func (l *responseLoop) ask(ctx context.Context) (*responses.Response, error) {
	response, err := l.respond(ctx)
	if err != nil {
		return nil, fmt.Errorf("round %d: %w", l.run.Rounds+1, err)
	}
	l.run.Rounds++
	l.run.Response = response
	l.run.Text = response.OutputText()
	l.run.Refusal = refusal(response)
	addResponseUsage(&l.run.Usage, response.Usage)
	l.emitText(l.run.Rounds, l.run.Text)
	if err := responseStopped(response, l.run.Refusal); err != nil {
		l.run.Items = append(l.run.Items, historyItems(messages(response.Output), true)...)
		return nil, err
	}
	return response, nil
}

func (l *responseLoop) respond(ctx context.Context) (*responses.Response, error) {
	if l.onText != nil {
		return l.stream(ctx)
	}
	return l.client.Responses.New(ctx, l.params, l.request...)
}

// next books the round's items and prepares the request that follows.
func (l *responseLoop) next(response *responses.Response, calls []Call, outputs []tools.Output) {
	l.keep(response.Output)
	results := make(responses.ResponseInputParam, 0, len(calls))
	for i, out := range outputs {
		results = append(results, callOutput(calls[i], out.Text))
	}
	l.run.Items = append(l.run.Items, results...)

	l.params.ToolChoice = unforcedResponse(l.params.ToolChoice)
	l.params.Input = responses.ResponseNewParamsInputUnion{OfInputItemList: results}
	switch l.keeper {
	case keptByID:
		l.params.PreviousResponseID = openai.String(response.ID)
	case keptByClient:
		l.params.Input.OfInputItemList = l.run.Items
	}
}

// keep adds the model's items to the history.
func (l *responseLoop) keep(output []responses.ResponseOutputItemUnion) {
	if l.keeper != keptByClient {
		l.run.Items = append(l.run.Items, historyItems(output, false)...)
		return
	}
	carried, lost := withoutLostReasoning(output)
	l.includeReasoning(lost)
	l.run.Items = append(l.run.Items, historyItems(carried, lost)...)
}

// includeReasoning asks for the form of reasoning items that a request can
// carry. It is not the default: models that do not reason refuse it.
func (l *responseLoop) includeReasoning(reasons bool) {
	const encrypted = responses.ResponseIncludableReasoningEncryptedContent
	if l.keeper == keptByClient && reasons && !slices.Contains(l.params.Include, encrypted) {
		l.params.Include = append(slices.Clone(l.params.Include), encrypted)
	}
}

func (l *responseLoop) end(response *responses.Response) error {
	l.keep(response.Output)
	if l.run.Text == "" {
		return fmt.Errorf("%w: status %q", ErrNoAnswer, response.Status)
	}
	return nil
}
