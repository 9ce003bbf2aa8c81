package connector_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// However much is wrong with a call, its error tells the first twenty problems.
func TestManyProblems(t *testing.T) {
	t.Parallel()
	conn := connect(t, sandbox.Test(t))
	unknown := func(n int) connector.Params {
		params := connector.Params{"id": "1001"}
		for i := range n {
			params[fmt.Sprintf("wrong%04d", i)] = i
		}
		return params
	}
	search := func(query string, n int) connector.Params {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = fmt.Sprintf(query, i)
		}
		return connector.Params{"query": map[string]any{"filter": map[string]any{"and": json.RawMessage("[" + strings.Join(parts, ",") + "]")}}}
	}
	tests := []struct {
		name, action string
		params       connector.Params
		each         string // what every problem says
		problems     int
		more         bool
	}{
		{"as many as are told", "get", unknown(20), "unknown parameter", 20, false},
		{"one more", "get", unknown(21), "unknown parameter", 20, true},
		{"very many", "get", unknown(5000), "unknown parameter", 20, true},
		{"conditions", "context_store_search", search(`{"x%d":{"a":1}}`, 5000), "unknown filter operator", 20, true},
		{"few conditions", "context_store_search", search(`{"eq":{},"x%d":1}`, 3), "a condition is one operator", 3, false},
		{"an operator twice", "context_store_search", search(`{"eq":{"a":%d},"eq":{"a":2}}`, 1), "a condition is one operator", 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := conn.Execute(t.Context(), "issues", tt.action, tt.params)
			e, ok := errors.AsType[*connector.Error](err)
			if !ok || !errors.Is(err, connector.ErrValidation) {
				t.Fatalf("error = %v, want ErrValidation", err)
			}
			if n := strings.Count(e.Message, tt.each); n != tt.problems {
				t.Errorf("%d problems are told, want %d: %s", n, tt.problems, e.Message)
			}
			if more := strings.HasSuffix(e.Message, "; and more"); more != tt.more {
				t.Errorf("the message ends %q", e.Message[max(0, len(e.Message)-40):])
			}
		})
	}
}
