package langchaingo_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/tmc/langchaingo/callbacks"
	"github.com/tmc/langchaingo/schema"

	"github.com/agentsdk-go/airbyte/tools"
)

type place struct {
	City string `json:"city" jsonschema:"description=Name of the city."`
}

type weather struct {
	City    string `json:"city"`
	Celsius int    `json:"celsius"`
}

var temperatures = map[string]int{"Berlin": 7, "Lisbon": 19}

func lookUpWeather(ctx context.Context, in place) (weather, error) {
	if err := ctx.Err(); err != nil {
		return weather{}, err
	}
	degrees, ok := temperatures[in.City]
	if !ok {
		return weather{}, errors.New("no station in " + in.City)
	}
	return weather{City: in.City, Celsius: degrees}, nil
}

// weatherSet has one tool, weather(city), that knows Berlin and Lisbon and
// fails on every other city.
func weatherSet(t testing.TB) *tools.Set {
	t.Helper()
	return setOf(t, lookUpWeather)
}

func setOf(t testing.TB, look func(context.Context, place) (weather, error)) *tools.Set {
	t.Helper()
	return setWith(t, funcOf(t, "weather", look))
}

func setWith(t testing.TB, list ...*tools.Tool) *tools.Set {
	t.Helper()
	set, err := tools.NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func funcOf(t testing.TB, name string, look func(context.Context, place) (weather, error), opts ...tools.Option) *tools.Tool {
	t.Helper()
	tool, err := tools.Func(name, "Tells the temperature of a city right now.", look, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return tool
}

// recorder notes the names of the events it is told of.
type recorder struct {
	callbacks.SimpleHandler
	mu     sync.Mutex
	events []string
}

func (r *recorder) note(event string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, event)
}

func (r *recorder) seen() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events)
}

func (r *recorder) HandleToolStart(_ context.Context, input string) { r.note("tool start " + input) }
func (r *recorder) HandleToolEnd(context.Context, string)           { r.note("tool end") }
func (r *recorder) HandleToolError(context.Context, error)          { r.note("tool error") }
func (r *recorder) HandleChainStart(context.Context, map[string]any) {
	r.note("chain start")
}
func (r *recorder) HandleChainEnd(context.Context, map[string]any) { r.note("chain end") }
func (r *recorder) HandleAgentAction(_ context.Context, action schema.AgentAction) {
	r.note("action " + action.Tool)
}
func (r *recorder) HandleAgentFinish(context.Context, schema.AgentFinish) { r.note("finish") }
