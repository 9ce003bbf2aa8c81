package request_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// call is a call and what must come of it.
type call struct {
	name   string
	params string
	values map[string]string
	want   string // what the test of the table looks at
	errHas string // part of the error, "" when there must be none
}

func compile(t testing.TB, op *manifest.Operation, opts request.Options) *request.Builder {
	t.Helper()
	if op.Action == "" {
		op.Action = "get"
	}
	if op.Method == "" {
		op.Method = "GET"
	}
	if op.Path == "" {
		op.Path = "/v1/things"
	}
	b, err := request.Compile(op, opts)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// run builds every call and compares what look makes of the request.
func run(t *testing.T, b *request.Builder, calls []call, look func(*request.Request) string) {
	t.Helper()
	for _, tt := range calls {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			req, err := b.Build(json.RawMessage(tt.params), tt.values)
			if tt.errHas != "" {
				wantValidation(t, err, tt.errHas)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := look(req); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func wantValidation(t *testing.T, err error, text string) {
	t.Helper()
	if !errors.Is(err, fault.ErrValidation) {
		t.Fatalf("error = %v, want a validation error", err)
	}
	if !strings.Contains(err.Error(), text) {
		t.Errorf("error = %q, want %q in it", err, text)
	}
}

func target(r *request.Request) string {
	if r.Query == "" {
		return r.Path
	}
	return r.Path + "?" + r.Query
}

func body(r *request.Request) string { return string(r.Body) }

// bodyAndType is the body after its Content-Type.
func bodyAndType(r *request.Request) string {
	return r.Header.Get("Content-Type") + " " + string(r.Body)
}

func raw(s string) json.RawMessage { return json.RawMessage(s) }
