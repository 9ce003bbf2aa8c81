package tools_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// members are n members of a JSON object, the value of the i-th as value says.
func members(n int, value string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf(`"k%d":%s`, i, value)
	}
	return strings.Join(parts, ",")
}

// elements are n times the value.
func elements(n int, value string) string {
	return strings.TrimSuffix(strings.Repeat(value+",", n), ",")
}

// TestLargeCalls holds that what a model sends too much of is refused by its
// number, before the rest of it is looked at.
func TestLargeCalls(t *testing.T) {
	t.Parallel()
	type in struct {
		Names []int          `json:"names,omitempty" jsonschema:"uniqueItems=true"`
		Any   map[string]any `json:"any,omitempty"`
	}
	count, err := tools.Func("count", "Counts.", func(_ context.Context, in in) (int, error) { return len(in.Names), nil })
	if err != nil {
		t.Fatal(err)
	}
	functions, err := tools.NewSet(count)
	if err != nil {
		t.Fatal(err)
	}
	box, conn := connect(t)
	execute := newSet(t, conn)
	asText, err := json.Marshal("{" + members(1001, "1") + "}")
	if err != nil {
		t.Fatal(err)
	}
	params := func(p string) string { return `{"entity":"issues","action":"get","params":` + p + `}` }
	tests := []struct {
		name     string
		set      *tools.Set
		args     string
		says     string
		problems int // told at most
	}{
		{"arguments", execute, "{" + members(1001, "1") + "}", "there are more than 1000 arguments", 1},
		{"as many arguments as may be", execute, "{" + members(1000, "1") + "}", "unknown argument", 20},
		{"the last of many given twice", execute, "{" + members(999, "1") + `,"k998":1}`, `argument "k998" is given twice`, 1},
		{"params", execute, params("{" + members(1001, "1") + "}"), "params has more than 1000 members", 1},
		{"params as text", execute, params(string(asText)), "params has more than 1000 members", 1},
		{"as many params as may be", execute, params("{" + members(1000, "1") + "}"), "unknown parameter", 20},
		{"a function's arguments", functions, "{" + members(1001, "null") + "}", "there are more than 1000 arguments", 1},
		{"values", functions, `{"names":[` + elements(100_001, "1") + `]}`, "the arguments hold more than 100000 values", 1},
		{"values in objects", functions, `{"any":{` + members(100_001, "1") + `}}`, "the arguments hold more than 100000 values", 1},
		{"wrong values", functions, `{"names":[` + elements(1000, "{}") + `]}`, "want integer", 20},
		{"a long number", functions, `{"names":[` + strings.Repeat("1", 401) + `]}`, "11... is out of range", 1},
		{"a large exponent", functions, `{"names":[1e401,1e401]}`, "the number 1e401 is out of range", 1},
		{"a small exponent", functions, `{"any":{"a":[1e-999999]}}`, "the number 1e-999999 is out of range", 1},
		{"an exponent beyond int", functions, `{"names":[1e99999999999999999999]}`, "is out of range", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := tt.set.Call(t.Context(), tt.set.Tools()[0].Name(), json.RawMessage(tt.args))
			if err != nil || !out.IsError {
				t.Fatalf("got (%.200s, %v), want a failure for the model", out.Text, err)
			}
			message := gjson.Get(out.Text, "error.message").String()
			if n := strings.Count(message, tt.says); n < 1 || n > tt.problems {
				t.Errorf("message = %s\nsays %q %d times, want 1 to %d", message, tt.says, n, tt.problems)
			}
			if kind := gjson.Get(out.Text, "error.kind").String(); kind != string(connector.KindValidation) {
				t.Errorf("kind = %s, want validation", kind)
			}
		})
	}
	t.Cleanup(func() {
		if n := box.Count(sandbox.RouteExecute); n != 0 {
			t.Errorf("%d requests were sent, want none", n)
		}
	})
}
