// Package toolstest is the conformance suite of framework adapters. Every
// adapter in this module runs it, and an adapter outside can:
//
//	func TestConformance(t *testing.T) {
//		toolstest.Run(t, func(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
//			// make the framework's own call out of call, answer it with the
//			// adapter, and return the text that the model would read
//		})
//	}
//
// It runs against a sandbox on loopback and needs nothing else.
package toolstest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// Call is one tool call of a model.
type Call struct {
	ID        string // the framework's id of the call
	Name      string
	Arguments string // as the model wrote them, which may be no JSON
}

// Adapter answers one call through the adapter under test and returns what the
// model would read.
type Adapter func(ctx context.Context, set *tools.Set, call Call) (text string, err error)

// Run runs the suite as subtests of t. A failure of a tool must reach the model
// as text, unchanged; an ended context and a panic must be Go errors.
func Run(t *testing.T, adapter Adapter) {
	t.Helper()
	run(t, adapter)
	t.Run("panic is a go error", func(t *testing.T) { t.Parallel(); testPanic(t, adapter) })
}

// RunRemote is Run for an adapter whose calls travel to another program, where
// no Go error can follow them: a panic must reach the model as an error envelope
// that tells nothing of the program. An ended context of the caller is a Go error
// all the same.
func RunRemote(t *testing.T, adapter Adapter) {
	t.Helper()
	run(t, adapter)
	t.Run("panic is an envelope", func(t *testing.T) { t.Parallel(); testRemotePanic(t, adapter) })
}

// run runs what holds for every adapter.
func run(t *testing.T, adapter Adapter) {
	t.Helper()
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, adapter)
		})
	}
	t.Run("cancelled before the call", func(t *testing.T) { t.Parallel(); testCancelled(t, adapter) })
	t.Run("cancelled during the call", func(t *testing.T) { t.Parallel(); testCancelledDuring(t, adapter) })
	t.Run("16 parallel calls", func(t *testing.T) { t.Parallel(); testParallel(t, adapter) })
}

// testCase is one call and the envelope that the model must read.
type testCase struct {
	name  string
	call  Call
	fault sandbox.Fault
	opts  []tools.Option
	kind  string // of the error envelope, "" for a success
	holds []string
}

const getIssue = `{"entity":"issues","action":"get","params":{"id":"1001"}}`

func execute(arguments string) Call {
	return Call{ID: "call_1", Name: "pylon_execute", Arguments: arguments}
}

func cases() []testCase {
	upstream := func(name string, status int, kind string, holds ...string) testCase {
		return testCase{
			name: name, call: execute(getIssue), kind: kind, holds: holds,
			fault: sandbox.Fault{Route: sandbox.RouteExecute, Times: -1, Status: status, Body: `{"detail":"upstream said no"}`},
		}
	}
	return []testCase{
		{name: "success", call: execute(getIssue), holds: []string{`"data":{"id":"`, `"number":1001`}},
		{name: "empty arguments", call: execute(""), kind: "validation", holds: []string{"entity is missing"}},
		{name: "null arguments", call: execute("null"), kind: "validation", holds: []string{"entity is missing"}},
		{name: "wrapped arguments", call: execute(`{"__arg1":"{\"entity\":\"issues\",\"action\":\"get\",\"params\":{\"id\":\"1001\"}}"}`), holds: []string{`"number":1001`}},
		{name: "bad JSON", call: execute(`{"entity":`), kind: "validation", holds: []string{"not valid JSON"}},
		{name: "unknown tool", call: Call{ID: "call_1", Name: "pylon_exec", Arguments: getIssue}, kind: "not_found", holds: []string{`"did_you_mean":"pylon_execute"`}},
		{name: "wrong entity", call: execute(`{"entity":"issue","action":"get"}`), kind: "validation", holds: []string{`"did_you_mean":"issues"`}},
		{name: "wrong parameter", call: execute(`{"entity":"issues","action":"get","params":{"ident":"1001"}}`), kind: "validation", holds: []string{"issues.get(id: string)"}},
		upstream("upstream 400", 400, "validation", "upstream said no"),
		upstream("upstream 401", 401, "auth", "do not call again"),
		upstream("upstream 404", 404, "not_found", "check the id"),
		upstream("upstream 500", 500, "unavailable", `"retryable":true`),
		{
			name: "upstream 429", call: execute(getIssue), kind: "rate_limited", holds: []string{`"retry_after_seconds":3600`, `"retryable":true`},
			fault: sandbox.Fault{Route: sandbox.RouteExecute, Times: -1, Status: 429, RetryAfter: 3600e9},
		},
		{
			name: "huge result", call: execute(`{"entity":"accounts","action":"list"}`), opts: []tools.Option{tools.WithMaxOutput(2000)},
			holds: []string{`"truncated":true`, `"returned":`, `"total":`},
		},
	}
}

func (c testCase) run(t *testing.T, adapter Adapter) {
	t.Helper()
	box, set := newSet(t, c.opts...)
	if c.fault.Route != "" {
		box.Inject(c.fault)
	}
	text, err := adapter(t.Context(), set, c.call)
	if err != nil {
		t.Fatalf("a failure that the model should hear of ended the run: %v", err)
	}
	checkEnvelope(t, text, c.kind)
	for _, part := range c.holds {
		if !strings.Contains(text, part) {
			t.Errorf("text lacks %q:\n%s", part, text)
		}
	}
	if strings.Contains(text, sandbox.ClientSecret) {
		t.Errorf("text holds the client secret:\n%s", text)
	}
}

// newSet returns a tool set over a sandbox of its own.
func newSet(t *testing.T, opts ...tools.Option) (*sandbox.Sandbox, *tools.Set) {
	t.Helper()
	box := sandbox.Test(t)
	conn, err := connector.Connect(t.Context(), "pylon", sandbox.Workspace,
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithRetries(0))
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.New(conn, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return box, set
}

// checkEnvelope holds that text is one envelope: a success for kind "", else an
// error of that kind.
func checkEnvelope(t *testing.T, text, kind string) {
	t.Helper()
	var envelope struct {
		Data  json.RawMessage `json:"data"`
		Error *struct {
			Kind, Message string
		} `json:"error"`
	}
	if err := json.Unmarshal([]byte(text), &envelope); err != nil {
		t.Fatalf("text is not an envelope: %v\n%s", err, text)
	}
	switch {
	case kind == "" && (envelope.Error != nil || len(envelope.Data) == 0):
		t.Errorf("want a success, got %s", text)
	case kind != "" && (envelope.Error == nil || envelope.Error.Kind != kind || envelope.Error.Message == ""):
		t.Errorf("want an error of kind %q with a message, got %s", kind, text)
	}
}

func testPanic(t *testing.T, adapter Adapter) {
	t.Helper()
	set := functionSet(t, func(context.Context) (string, error) { panic("a bug") })
	text, err := adapter(t.Context(), set, Call{ID: "call_1", Name: "function", Arguments: "{}"})
	if _, ok := errors.AsType[*tools.PanicError](err); !ok {
		t.Errorf("a panic gave (%q, %v), want a *tools.PanicError", text, err)
	}
}

func testRemotePanic(t *testing.T, adapter Adapter) {
	t.Helper()
	set := functionSet(t, func(context.Context) (string, error) { panic("a bug with a secret") })
	text, err := adapter(t.Context(), set, Call{ID: "call_1", Name: "function", Arguments: "{}"})
	if err != nil {
		t.Fatalf("a panic ended the run: %v", err)
	}
	checkEnvelope(t, text, "failed")
	if strings.Contains(text, "secret") || strings.Contains(text, "goroutine") || strings.Contains(text, ".go:") {
		t.Errorf("the text tells of the program's inside:\n%s", text)
	}
}

func testCancelled(t *testing.T, adapter Adapter) {
	t.Helper()
	set := functionSet(t, func(context.Context) (string, error) { return "ran", nil })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	text, err := adapter(ctx, set, Call{ID: "call_1", Name: "function", Arguments: "{}"})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled call gave (%q, %v), want context.Canceled", text, err)
	}
}

func testCancelledDuring(t *testing.T, adapter Adapter) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	set := functionSet(t, func(ctx context.Context) (string, error) {
		cancel()
		return "", ctx.Err()
	})
	text, err := adapter(ctx, set, Call{ID: "call_1", Name: "function", Arguments: "{}"})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a call cancelled on its way gave (%q, %v), want context.Canceled", text, err)
	}
}

// functionSet returns a set of one tool, called function.
func functionSet(t *testing.T, fn func(context.Context) (string, error)) *tools.Set {
	t.Helper()
	tool, err := tools.Func("function", "Runs a function.", func(ctx context.Context, _ struct{}) (string, error) { return fn(ctx) })
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.NewSet(tool)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// testParallel calls a tool from 16 goroutines; each must get its own answer.
func testParallel(t *testing.T, adapter Adapter) {
	t.Helper()
	_, set := newSet(t)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			number := 1001 + i
			text, err := adapter(t.Context(), set, Call{
				ID: fmt.Sprintf("call_%d", i), Name: "pylon_execute",
				Arguments: fmt.Sprintf(`{"entity":"issues","action":"get","params":{"id":"%d"}}`, number),
			})
			if err != nil || !strings.Contains(text, fmt.Sprintf(`"number":%d,`, number)) {
				t.Errorf("call %d gave (%.100q, %v)", i, text, err)
			}
		})
	}
	wg.Wait()
}
