package openai_test

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

func TestSteps(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		_, client := newModel(t, a.path, a.replies(t, toolCall{"c1", "search", `{"text":"a"}`}, toolCall{"c2", "broken", `{"text":"b"}`})...)
		var got []string
		onStep := func(step openaitools.Step) {
			line := fmt.Sprintf("%d %s", step.Round, step.Kind)
			switch step.Kind {
			case openaitools.StepCall:
				line += fmt.Sprintf(" %s %s", step.Call.Name, step.Call.Arguments)
			case openaitools.StepResult:
				line += fmt.Sprintf(" %s error=%v timed=%v", step.Call.ID, step.Output.IsError, step.Duration > 0)
			case openaitools.StepMessage:
				line += " " + step.Text
			}
			got = append(got, line)
		}
		err := a.run(t.Context(), client, searchSet(t), openaitools.WithOnStep(onStep), openaitools.WithConcurrency(1))
		if err != nil {
			t.Fatal(err)
		}
		want := []string{
			`1 call search {"text":"a"}`,
			`1 result c1 error=false timed=true`,
			`1 call broken {"text":"b"}`,
			`1 result c2 error=true timed=true`,
			`2 message Done.`,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
	})
}

// Many tools end at the same time; the function still sees one step after the
// other.
func TestStepsAreSerialised(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		var calls []toolCall
		for i := range 16 {
			calls = append(calls, toolCall{fmt.Sprintf("c%d", i), "search", `{"text":"a"}`})
		}
		_, client := newModel(t, a.path, a.replies(t, calls...)...)
		var inside atomic.Int32
		steps := 0 // unguarded on purpose: the race detector watches it
		onStep := func(openaitools.Step) {
			if inside.Add(1) > 1 {
				t.Error("two steps at once")
			}
			for range 100 {
				runtime.Gosched()
			}
			steps++
			inside.Add(-1)
		}
		err := a.run(t.Context(), client, searchSet(t), openaitools.WithOnStep(onStep), openaitools.WithConcurrency(16))
		if err != nil {
			t.Fatal(err)
		}
		if want := 2*len(calls) + 1; steps != want {
			t.Errorf("got %d steps, want %d", steps, want)
		}
	})
}
