package replay_test

import (
	"context"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/replay"
)

func TestResults(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	tests := map[string]struct{ got, want string }{
		"not begun": {
			replay.NotBegun(),
			`{"error":{"kind":"canceled","message":"the run ended before this call began; nothing was done",` +
				`"hint":"make the call again if it is still needed","retryable":true}}`,
		},
		"read canceled": {
			replay.Unfinished(ended, false),
			`{"error":{"kind":"canceled","message":"the run ended during this call, so it was not finished",` +
				`"hint":"it only reads, so make the call again if its answer is still needed","retryable":true}}`,
		},
		"read failed": {
			replay.Unfinished(t.Context(), false),
			`{"error":{"kind":"failed","message":"the program failed during this call, so it was not finished",` +
				`"hint":"it only reads, so make the call again if its answer is still needed","retryable":true}}`,
		},
		"write canceled": {
			replay.Unfinished(ended, true),
			`{"error":{"kind":"canceled","message":"the run ended during this call, so it was not finished and its outcome is unknown: ` +
				`what it changes may or may not have been changed",` +
				`"hint":"read the record first, and repeat the call only if the change is not there","retryable":false}}`,
		},
		"write failed": {
			replay.Unfinished(t.Context(), true),
			`{"error":{"kind":"failed","message":"the program failed during this call, so it was not finished and its outcome is unknown: ` +
				`what it changes may or may not have been changed",` +
				`"hint":"read the record first, and repeat the call only if the change is not there","retryable":false}}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.got != test.want {
				t.Errorf("got  %s\nwant %s", test.got, test.want)
			}
		})
	}
}
