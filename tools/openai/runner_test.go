package openai_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// Both calls must be in flight before either returns, and the first returns
// last; the answers still come in the order of the calls.
func TestParallelCallsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		begun := map[string]chan struct{}{"first": make(chan struct{}), "second": make(chan struct{})}
		ended := make(chan struct{})
		wait := func(ctx context.Context, c <-chan struct{}) error {
			select {
			case <-c:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		meet := newTool(t, "meet", func(ctx context.Context, q query) (found, error) {
			close(begun[q.Text])
			for _, other := range begun {
				if err := wait(ctx, other); err != nil {
					return found{}, err
				}
			}
			if q.Text == "second" {
				close(ended)
				return found{Hits: []string{q.Text}}, nil
			}
			return found{Hits: []string{q.Text}}, wait(ctx, ended)
		})
		m, client := newModel(t, a.path, a.replies(t, toolCall{"c1", "meet", `{"text":"first"}`}, toolCall{"c2", "meet", `{"text":"second"}`})...)
		if err := a.run(ctx, client, newSet(t, meet)); err != nil {
			t.Fatal(err)
		}
		got := a.results(m)
		if len(got) != 2 || !strings.HasPrefix(got[0], "c1=") || !strings.Contains(got[0], "first") ||
			!strings.HasPrefix(got[1], "c2=") || !strings.Contains(got[1], "second") {
			t.Errorf("got %q", got)
		}
	})
}

func TestConcurrencyIsLimited(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		var running, most atomic.Int32
		both := make(chan struct{})
		work := newTool(t, "work", func(ctx context.Context, _ query) (found, error) {
			n := running.Add(1)
			defer running.Add(-1)
			if n > most.Load() {
				most.Store(n)
			}
			if n == 2 {
				close(both)
			}
			// The first two wait for each other, so that the limit is reached.
			select {
			case <-both:
			case <-ctx.Done():
			}
			return found{}, ctx.Err()
		})
		var calls []toolCall
		for i := range 2 {
			calls = append(calls, toolCall{fmt.Sprintf("c%d", i), "work", `{"text":"a"}`})
		}
		_, client := newModel(t, a.path, a.replies(t, calls...)...)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		if err := a.run(ctx, client, newSet(t, work), openaitools.WithConcurrency(2)); err != nil {
			t.Fatal(err)
		}
		if most.Load() != 2 {
			t.Errorf("%d calls ran at once, want 2", most.Load())
		}

		most.Store(0)
		serial := newTool(t, "work", func(context.Context, query) (found, error) {
			n := running.Add(1)
			defer running.Add(-1)
			if n > most.Load() {
				most.Store(n)
			}
			return found{}, nil
		})
		calls = append(calls, toolCall{"c8", "work", `{"text":"a"}`}, toolCall{"c9", "work", `{"text":"a"}`})
		_, client = newModel(t, a.path, a.replies(t, calls...)...)
		if err := a.run(ctx, client, newSet(t, serial), openaitools.WithConcurrency(1)); err != nil {
			t.Fatal(err)
		}
		if most.Load() != 1 {
			t.Errorf("%d calls ran at once, want 1", most.Load())
		}
	})
}

func TestPanicEndsTheRun(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		_, client := newModel(t, a.path, a.replies(t, toolCall{"c1", "boom", `{"text":"a"}`})[0])
		err := a.run(t.Context(), client, searchSet(t))
		var panicked *tools.PanicError
		if !errors.As(err, &panicked) || panicked.Tool != "boom" {
			t.Fatalf("got error %v, want a panic of the tool", err)
		}
	})
}

func TestStepFunctionPanicIsAnError(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		_, client := newModel(t, a.path, a.replies(t, toolCall{"c1", "search", `{"text":"a"}`})[0])
		err := a.run(t.Context(), client, searchSet(t), openaitools.WithOnStep(func(openaitools.Step) { panic("in the callback") }))
		if err == nil || !strings.Contains(err.Error(), "in the callback") {
			t.Fatalf("got error %v", err)
		}
	})
}

func TestCancelDuringCall(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var ran atomic.Int32
		hang := newTool(t, "hang", func(ctx context.Context, _ query) (found, error) {
			ran.Add(1)
			cancel()
			<-ctx.Done()
			return found{}, ctx.Err()
		})
		calls := []toolCall{{"c1", "hang", `{"text":"a"}`}, {"c2", "hang", `{"text":"a"}`}}
		_, client := newModel(t, a.path, a.replies(t, calls...)[0])
		var steps []openaitools.StepKind
		err := a.run(
			ctx, client, newSet(t, hang), openaitools.WithConcurrency(1),
			openaitools.WithOnStep(func(step openaitools.Step) { steps = append(steps, step.Kind) }),
		)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got error %v", err)
		}
		if ran.Load() != 1 {
			t.Errorf("%d calls ran, want the waiting one dropped", ran.Load())
		}
		// The waiting call is not reported, and the one that ran has its end.
		if diff := cmp.Diff([]openaitools.StepKind{openaitools.StepCall, openaitools.StepResult}, steps); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
	})
}

func TestCancelDuringRequest(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		for _, stream := range []bool{false, true} {
			ctx, cancel := context.WithCancel(t.Context())
			client := openai.NewClient(
				option.WithBaseURL("http://model.invalid/v1"), option.WithAPIKey("test-key"), option.WithMaxRetries(0),
				option.WithMiddleware(func(r *http.Request, _ option.MiddlewareNext) (*http.Response, error) {
					cancel()
					<-r.Context().Done()
					return nil, r.Context().Err()
				}),
			)
			var opts []openaitools.RunOption
			if stream {
				opts = append(opts, openaitools.WithOnText(func(string) {}))
			}
			if err := a.run(ctx, client, searchSet(t), opts...); !errors.Is(err, context.Canceled) {
				t.Errorf("stream %v: got error %v", stream, err)
			}
			cancel()
		}
	})
}

func TestBadOptions(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		_, client := newModel(t, a.path)
		for _, opt := range []openaitools.RunOption{openaitools.WithMaxRounds(0), openaitools.WithConcurrency(0)} {
			if err := a.run(t.Context(), client, searchSet(t), opt); err == nil || !strings.Contains(err.Error(), "at least 1") {
				t.Errorf("got error %v", err)
			}
		}
		if err := a.run(t.Context(), client, nil); err == nil || !strings.Contains(err.Error(), "nil") {
			t.Errorf("nil set: got error %v", err)
		}
	})
}

func TestNilOptionsAreSkipped(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		_, client := newModel(t, a.path, a.replies(t, toolCall{"c1", "search", `{"text":"a"}`})...)
		err := a.run(
			t.Context(), client, searchSet(t), nil,
			openaitools.WithOnStep(nil), openaitools.WithOnText(nil), openaitools.WithHandler(nil), openaitools.WithRequestOptions(nil),
		)
		if err != nil {
			t.Error(err)
		}
	})
}

func TestRequestOptions(t *testing.T) {
	t.Parallel()
	forEachAPI(t, func(t *testing.T, a api) {
		m, client := newModel(t, a.path, a.replies(t, toolCall{"c1", "search", `{"text":"a"}`})...)
		if err := a.run(t.Context(), client, searchSet(t), openaitools.WithRequestOptions(option.WithJSONSet("tenant", "acme"))); err != nil {
			t.Fatal(err)
		}
		if m.request(1)["tenant"] != "acme" || m.request(2)["tenant"] != "acme" {
			t.Errorf("not every request has the option: %q", m.Requests())
		}
	})
}
