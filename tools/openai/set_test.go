package openai_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/tools"
)

type query struct {
	Text string `json:"text" jsonschema:"description=What to look for"`
	Area string `json:"area,omitempty" jsonschema:"enum=issues,enum=accounts"`
}

type found struct {
	Hits []string `json:"hits"`
}

func newTool[In, Out any](t *testing.T, name string, fn func(context.Context, In) (Out, error)) *tools.Tool {
	t.Helper()
	tool, err := tools.Func(name, "Tool "+name+" of the test.", fn)
	if err != nil {
		t.Fatal(err)
	}
	return tool
}

func newSet(t *testing.T, list ...*tools.Tool) *tools.Set {
	t.Helper()
	set, err := tools.NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// searchSet has the tools most tests need: search answers, broken fails, boom
// panics.
func searchSet(t *testing.T) *tools.Set {
	t.Helper()
	return newSet(
		t,
		newTool(t, "search", func(_ context.Context, q query) (found, error) {
			return found{Hits: []string{strings.ToUpper(q.Text)}}, nil
		}),
		newTool(t, "broken", func(context.Context, query) (found, error) {
			return found{}, errors.New("index is being rebuilt")
		}),
		newTool(t, "boom", func(context.Context, query) (found, error) {
			panic("boom")
		}),
	)
}
