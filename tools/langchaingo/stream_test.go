package langchaingo_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms"

	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

// The last chunk repeats the arguments of the second call as "": llms/openai
// makes a third call of it.
const streamedCalls = `data: {"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"weather","arguments":""}}]}}]}

data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}}]}

data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"Berlin\"}"}}]}}]}

data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"weather","arguments":""}}]}}]}

data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{\"city\":\"Lisbon\"}"}}]}}]}

data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":""}}]},"finish_reason":"tool_calls"}]}

data: [DONE]

`

const streamedText = `data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"Lisbon "}}]}

data: {"choices":[{"index":0,"delta":{"content":"is warmer."},"finish_reason":"stop"}]}

data: [DONE]

`

func TestAgentStreams(t *testing.T) {
	t.Parallel()
	model, server := chatModel(t, streamedCalls, streamedText)
	var seen bytes.Buffer
	stream := llms.WithStreamingFunc(func(_ context.Context, chunk []byte) error {
		seen.Write(chunk)
		return nil
	})
	answer, err := ask(t, model, langchaingo.WithCallOptions(stream))
	if err != nil || answer != "Lisbon is warmer." {
		t.Fatalf("answer = %q, error = %v", answer, err)
	}
	if !bytes.HasSuffix(seen.Bytes(), []byte("Lisbon is warmer.")) {
		t.Errorf("streamed %q, want the answer at the end", seen.String())
	}
	want := []wireCall{fn("call_a", "weather", berlin), fn("call_b", "weather", lisbon)}
	if diff := cmp.Diff(want, server.last()[2].ToolCalls); diff != "" {
		t.Errorf("replayed calls (-want +got):\n%s", diff)
	}
}

func TestRunsOwnStreamWins(t *testing.T) {
	t.Parallel()
	model, _ := chatModel(t, streamedText)
	var own, run int
	count := func(n *int) func(context.Context, []byte) error {
		return func(context.Context, []byte) error { *n++; return nil }
	}
	agent := langchaingo.NewAgent(model, weatherSet(t), langchaingo.WithCallOptions(llms.WithStreamingFunc(count(&own))))
	_, err := chains.Run(t.Context(), agents.NewExecutor(agent), "How warm is it?", chains.WithStreamingFunc(count(&run)))
	if err != nil {
		t.Fatal(err)
	}
	if own != 0 || run == 0 {
		t.Errorf("chunks: agent %d, run %d; want them to go to the run alone", own, run)
	}
}
