package auth

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/fault"
)

func misconfigured(hint, format string, args ...any) *fault.Error {
	return &fault.Error{Kind: fault.Config, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// canceled is the error of a caller whose context ended while it waited.
func canceled(ctx context.Context) *fault.Error {
	return &fault.Error{Kind: fault.Canceled, Message: "waiting for a new access token: " + ctx.Err().Error(), Err: ctx.Err()}
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// list is names for a sentence.
func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
