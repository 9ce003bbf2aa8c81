package langchaingo_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/agents"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

func TestRunKeepsTheOrderOfParallelCalls(t *testing.T) {
	t.Parallel()
	model, server := chatModel(t,
		chatCalls("", fn("call_a", "weather", berlin), fn("call_b", "forecast", berlin), fn("call_c", "weather", oslo)),
		chatText("Done."))
	answer, err := langchaingo.Run(t.Context(), model, weatherSet(t), "How warm is it?")
	if err != nil || answer != "Done." {
		t.Fatalf("answer = %q, error = %v", answer, err)
	}
	golden.Check(t, "run_parallel.json", server.indented())
}

func TestRunRunsCallsConcurrently(t *testing.T) {
	t.Parallel()
	// Each call waits for the other: one after another they would never end.
	var both sync.WaitGroup
	both.Add(2)
	set := setOf(t, func(_ context.Context, in place) (weather, error) {
		both.Done()
		both.Wait()
		return weather{City: in.City}, nil
	})
	model, _ := chatModel(t,
		chatCalls("", fn("call_a", "weather", berlin), fn("call_b", "weather", lisbon)), chatText("Done."))
	if _, err := langchaingo.Run(t.Context(), model, set, "How warm is it?"); err != nil {
		t.Fatal(err)
	}
}

func TestRunStopsAfterItsRounds(t *testing.T) {
	t.Parallel()
	again := chatCalls("", fn("call_a", "weather", berlin))
	model, server := chatModel(t, again, again)
	_, err := langchaingo.Run(t.Context(), model, weatherSet(t), "How warm is it?", langchaingo.WithMaxRounds(2))
	if !errors.Is(err, agents.ErrNotFinished) {
		t.Errorf("error = %v, want agents.ErrNotFinished", err)
	}
	if got := len(server.Requests()); got != 2 {
		t.Errorf("%d requests, want 2", got)
	}
}

func TestRunCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	set := setOf(t, func(ctx context.Context, _ place) (weather, error) {
		cancel()
		return weather{}, ctx.Err()
	})
	model, _ := chatModel(t, chatCalls("", fn("call_a", "weather", berlin)))
	if _, err := langchaingo.Run(ctx, model, set, "How warm is it?"); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}

func TestRunFiresEveryCallbackOnce(t *testing.T) {
	t.Parallel()
	model, _ := chatModel(t, chatCalls("", fn("call_a", "weather", berlin)), chatText("7 degrees."))
	r := &recorder{}
	_, err := langchaingo.Run(t.Context(), model, weatherSet(t), "How warm is it?", langchaingo.WithCallbacks(r))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"action weather", "tool start " + berlin, "tool end", "finish"}
	if diff := cmp.Diff(want, r.seen()); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}
