package openai_test

import (
	"context"
	"testing"

	"github.com/openai/openai-go/v3"

	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// api runs a set against a model that makes the given calls in round 1 and
// answers in round 2, so that what both runners share is tested on both.
type api struct {
	path    string
	replies func(t *testing.T, calls ...toolCall) []string
	run     func(ctx context.Context, client openai.Client, s *tools.Set, opts ...openaitools.RunOption) error
	results func(m *model) []string // id=text of the second request
}

var apis = map[string]api{
	"chat": {
		path: chatPath,
		replies: func(t *testing.T, calls ...toolCall) []string {
			t.Helper()
			return []string{chatReply(t, "", calls...), chatReply(t, "Done.")}
		},
		run: func(ctx context.Context, client openai.Client, s *tools.Set, opts ...openaitools.RunOption) error {
			_, err := openaitools.RunChat(ctx, client, s, question("?"), opts...)
			return err
		},
		results: func(m *model) []string { return m.toolMessages(2) },
	},
	"responses": {
		path: responsePath,
		replies: func(t *testing.T, calls ...toolCall) []string {
			t.Helper()
			var items []map[string]any
			for _, c := range calls {
				items = append(items, callItem(c.id, c.name, c.args))
			}
			return []string{responseReply(t, "resp_1", items...), responseReply(t, "resp_2", messageItem("Done."))}
		},
		run: func(ctx context.Context, client openai.Client, s *tools.Set, opts ...openaitools.RunOption) error {
			_, err := openaitools.RunResponse(ctx, client, s, ask("?"), opts...)
			return err
		},
		results: func(m *model) []string {
			var got []string
			for _, entry := range m.request(2)["input"].([]any) {
				item := entry.(map[string]any)
				got = append(got, item["call_id"].(string)+"="+item["output"].(string))
			}
			return got
		},
	},
}

func forEachAPI(t *testing.T, test func(t *testing.T, a api)) {
	t.Helper()
	for name, a := range apis {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, a)
		})
	}
}
