package tools_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/toolstest"
)

// TestConformance holds the core to what every adapter is held to.
func TestConformance(t *testing.T) {
	t.Parallel()
	toolstest.Run(t, func(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
		out, err := set.Call(ctx, call.Name, json.RawMessage(call.Arguments))
		return out.Text, err
	})
}
