package tools_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/tools"
)

type weatherInput struct {
	City  string      `json:"city" jsonschema:"description=Name of the city,minLength=1"`
	Unit  string      `json:"unit,omitempty" jsonschema:"enum=celsius,enum=fahrenheit"`
	Days  int         `json:"days,omitempty" jsonschema:"minimum=1,maximum=7"`
	Hours []int       `json:"hours,omitempty"`
	Place *spot       `json:"place,omitempty"`
	ID    int64       `json:"id,omitempty"`
	Exact json.Number `json:"exact,omitempty"`
	Tags  []string    `json:"tags,omitempty"`
}

type spot struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

type node struct {
	Name     string `json:"name"`
	Children []node `json:"children,omitempty"`
}

type executeInput struct {
	Entity string           `json:"entity"`
	Action string           `json:"action"`
	Params connector.Params `json:"params,omitempty"`
}

func weather(t *testing.T, fn func(context.Context, weatherInput) (any, error), opts ...tools.Option) *tools.Tool {
	t.Helper()
	tool, err := tools.Func("weather", "Tells the weather.", fn, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return tool
}

func TestFuncDefinitions(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	tree, err := tools.Func("tree", "Counts a tree.", func(context.Context, node) (int, error) { return 0, nil }, tools.WithEffect(connector.Read))
	if err != nil {
		t.Fatal(err)
	}
	empty, err := tools.Func("now", "Tells the time.", func(context.Context, struct{}) (string, error) { return "", nil })
	if err != nil {
		t.Fatal(err)
	}
	support, err := tools.Func("support", "Looks into support data.",
		func(ctx context.Context, in executeInput) (*connector.Result, error) {
			return conn.Execute(ctx, in.Entity, in.Action, in.Params)
		}, tools.WithCapabilities(conn))
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range []*tools.Tool{weather(t, silent), tree, empty, support} {
		golden.Check(t, "functions/"+tool.Name()+".txt", definition(t, tool))
	}
}

func silent(context.Context, weatherInput) (any, error) { return nil, nil }

func TestFuncCalls(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, args string
		fn         func(context.Context, weatherInput) (any, error)
		want       string
		isError    bool
	}{
		{
			name: "value", args: `{"city":"Oslo"}`,
			fn: func(_ context.Context, in weatherInput) (any, error) {
				return map[string]any{"in": in.City, "html": "<b>"}, nil
			},
			want: `{"data":{"html":"<b>","in":"Oslo"}}`,
		},
		{
			name: "big integer", args: `{"city":"Oslo","id":9007199254740993}`,
			fn:   func(_ context.Context, in weatherInput) (any, error) { return in.ID, nil },
			want: `{"data":9007199254740993}`,
		},
		{
			name: "json.Number", args: `{"city":"Oslo","exact":9007199254740993}`,
			fn:   func(_ context.Context, in weatherInput) (any, error) { return in.Exact, nil },
			want: `{"data":9007199254740993}`,
		},
		{
			name: "null arguments are absent", args: `{"city":"Oslo","unit":null,"place":null}`,
			fn:   func(_ context.Context, in weatherInput) (any, error) { return in.Unit == "" && in.Place == nil, nil },
			want: `{"data":true}`,
		},
		{
			name: "nil", args: `{"city":"Oslo"}`, fn: silent, want: `{"data":null}`,
		},
		{
			name: "connector result keeps paging", args: `{"city":"Oslo"}`,
			fn: func(context.Context, weatherInput) (any, error) {
				return &connector.Result{Data: json.RawMessage(`[1]`), Meta: connector.Meta{HasMore: true, Cursor: "c"}}, nil
			},
			want: `{"data":[1],"meta":{"has_more":true,"cursor":"c"}}`,
		},
		{
			name: "nil connector result", args: `{"city":"Oslo"}`,
			fn:   func(context.Context, weatherInput) (any, error) { return (*connector.Result)(nil), nil },
			want: `{"data":null}`,
		},
		{
			name: "error", args: `{"city":"Oslo"}`, isError: true,
			fn:   func(context.Context, weatherInput) (any, error) { return nil, errors.New("no forecast for Oslo") },
			want: `{"error":{"kind":"failed","message":"no forecast for Oslo","retryable":false}}`,
		},
		{
			name: "wrapped sentinel", args: `{"city":"Oslo"}`, isError: true,
			fn: func(context.Context, weatherInput) (any, error) {
				return nil, fmt.Errorf("city Oslo: %w", connector.ErrRateLimited)
			},
			want: `{"error":{"kind":"rate_limited","message":"city Oslo: rate limited","retryable":true}}`,
		},
		{
			name: "connector error", args: `{"city":"Oslo"}`, isError: true,
			fn: func(context.Context, weatherInput) (any, error) {
				return nil, &connector.Error{Kind: connector.KindNotFound, Message: "no such city", Hint: "try a bigger one"}
			},
			want: `{"error":{"kind":"not_found","message":"no such city","hint":"try a bigger one","retryable":false}}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := weather(t, tt.fn).Call(t.Context(), json.RawMessage(tt.args))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, out.Text); diff != "" || out.IsError != tt.isError {
				t.Errorf("IsError %v, text (-want +got):\n%s", out.IsError, diff)
			}
		})
	}
}

func TestFuncRefusesArguments(t *testing.T) {
	t.Parallel()
	tool := weather(t, func(context.Context, weatherInput) (any, error) { return "must not run", nil })
	tests := []struct{ name, args string }{
		{"missing", `{}`},
		{"unknown", `{"city":"Oslo","citi":"x"}`},
		{"wrong_type", `{"city":5}`},
		{"enum", `{"city":"Oslo","unit":"kelvin"}`},
		{"maximum", `{"city":"Oslo","days":8}`},
		{"nested", `{"city":"Oslo","place":{"lat":1}}`},
		{"fraction", `{"city":"Oslo","days":1.5}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := tool.Call(t.Context(), json.RawMessage(tt.args))
			if err != nil || !out.IsError {
				t.Fatalf("got (%+v, %v), want a failure for the model", out, err)
			}
			golden.Check(t, "functions/refused_"+tt.name+".json", out.Text+"\n")
		})
	}
}

func TestFuncTakesBareText(t *testing.T) {
	t.Parallel()
	type question struct {
		Question string `json:"question"`
	}
	tool, err := tools.Func("ask", "Asks.", func(_ context.Context, in question) (string, error) { return in.Question, nil })
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, args, want string }{
		{"object", `{"question":"why?"}`, `{"data":"why?"}`},
		{"bare text", `why is it late?`, `{"data":"why is it late?"}`},
		{"JSON text", `"why?"`, `{"data":"why?"}`},
		{"one argument of langchaingo", `{"__arg1":"why?"}`, `{"data":"why?"}`},
		{"a number", `42`, `{"data":"42"}`},
		{"a broken object is no text", `{"question":"why`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := tool.Call(t.Context(), json.RawMessage(tt.args))
			if err != nil {
				t.Fatal(err)
			}
			if tt.want == "" && !out.IsError || tt.want != "" && out.Text != tt.want {
				t.Errorf("Call(%s) = %s, want %s", tt.args, out.Text, tt.want)
			}
		})
	}
}

func TestFuncGoErrors(t *testing.T) {
	t.Parallel()
	cause := errors.New("the cause")
	tests := []struct {
		name string
		fn   func(context.Context, weatherInput) (any, error)
		want error
	}{
		{"configuration", func(context.Context, weatherInput) (any, error) { return nil, connector.ErrConfig }, connector.ErrConfig},
		{"cancelled inside", func(context.Context, weatherInput) (any, error) { return nil, context.Canceled }, context.Canceled},
		{"panic with an error", func(context.Context, weatherInput) (any, error) { panic(cause) }, cause},
		{"result that is no JSON", func(context.Context, weatherInput) (any, error) { return func() {}, nil }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := weather(t, tt.fn).Call(t.Context(), json.RawMessage(`{"city":"Oslo"}`))
			if err == nil || (tt.want != nil && !errors.Is(err, tt.want)) || !strings.Contains(err.Error(), "weather") {
				t.Errorf("got (%+v, %v), want a Go error that names the tool and matches %v", out, err, tt.want)
			}
		})
	}
}

func TestFuncRefuses(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	fn := func(context.Context, weatherInput) (any, error) { return nil, nil }
	tests := []struct {
		name string
		make func() error
		want string
	}{
		{"illegal name", func() error { _, err := tools.Func("a b", "", fn); return err }, "not legal"},
		{"arguments that are no struct", func() error {
			_, err := tools.Func("f", "", func(context.Context, string) (string, error) { return "", nil })
			return err
		}, "use a struct"},
		{"nil function", func() error { _, err := tools.Func[weatherInput, any]("f", "", nil); return err }, "is nil"},
		{"policy without capabilities", func() error { _, err := tools.Func("f", "", fn, tools.WithReadOnly()); return err }, "needs WithCapabilities"},
		{"name option", func() error { _, err := tools.Func("f", "", fn, tools.WithName("g")); return err }, "takes WithDescriptionBudget"},
		{"unknown effect", func() error { _, err := tools.Func("f", "", fn, tools.WithEffect("bogus")); return err }, `effect "bogus"`},
		{"no connector", func() error { _, err := tools.Func("f", "", fn, tools.WithCapabilities(nil)); return err }, "no connector"},
		{"capabilities without entity", func() error { _, err := tools.Func("f", "", fn, tools.WithCapabilities(conn)); return err }, `"entity" and "action"`},
		{"policy that leaves nothing", func() error {
			_, err := tools.Func("f", "", func(context.Context, executeInput) (any, error) { return nil, nil },
				tools.WithCapabilities(conn), tools.WithAllow("issues.delete"), tools.WithReadOnly())
			return err
		}, "leaves no operation"},
		{"long description", func() error { _, err := tools.Func("f", strings.Repeat("x", 2000), fn); return err }, "2000 characters"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := tt.make(); !errors.Is(err, connector.ErrConfig) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Func = %v, want ErrConfig with %q", err, tt.want)
			}
		})
	}
}

// TestFuncOverConnector holds that a function in front of a connector passes on
// what the model sent, under the policy.
func TestFuncOverConnector(t *testing.T) {
	t.Parallel()
	box, conn := connect(t)
	tool, err := tools.Func("support", "Looks into support data.",
		func(ctx context.Context, in executeInput) (*connector.Result, error) {
			return conn.Execute(ctx, in.Entity, in.Action, in.Params)
		}, tools.WithCapabilities(conn), tools.WithAllow("issues.*"), tools.WithReadOnly())
	if err != nil {
		t.Fatal(err)
	}
	if tool.Effect() != connector.Read {
		t.Errorf("effect = %s, want read: the policy permits nothing else", tool.Effect())
	}
	tests := []struct{ name, args, want string }{
		{"read", `{"entity":"issues","action":"get","params":{"id":"1001"}}`, `"number":1001`},
		{"big integer", `{"entity":"issues","action":"context_store_search","params":{"query":{"filter":{"eq":{"number":9007199254740993}}}}}`, `{"data":[]}`},
		{"denied", `{"entity":"issues","action":"delete","params":{"id":"1001"}}`, "does not permit issues.delete"},
		{"unknown", `{"entity":"issues","action":"fetch"}`, `"allowed":["list","get","context_store_search"]`},
		{"no action", `{"entity":"issues"}`, "action is missing"},
		{"action twice", `{"entity":"issues","action":"list","action":"delete","params":{"id":"1001"}}`, `argument \"action\" is given twice`},
		{"null, then a write", `{"entity":"issues","action":null,"action":"delete","params":{"id":"1001"}}`, "is given twice"},
		{"empty action", `{"entity":"issues","action":"","params":{"id":"1001"}}`, "action is missing"},
		{"null action", `{"entity":"issues","action":null}`, "action is missing"},
		{"spaces around a write", `{"entity":"issues","action":" delete ","params":{"id":"1001"}}`, "does not permit issues.delete"},
	}
	for _, tt := range tests {
		out, err := tool.Call(t.Context(), json.RawMessage(tt.args))
		if err != nil || !strings.Contains(out.Text, tt.want) {
			t.Errorf("%s: got (%.300s, %v), want %s", tt.name, out.Text, err, tt.want)
		}
	}
	requests := box.Requests()
	if body := string(requests[len(requests)-1].Body); !strings.Contains(body, "9007199254740993") {
		t.Errorf("the service got %s, which lost digits", body)
	}
}
