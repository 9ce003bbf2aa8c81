package openai

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/openai/openai-go/v3/responses"
)

// stream reads one response piece by piece and returns it whole, as its last
// event has it.
func (l *responseLoop) stream(ctx context.Context) (response *responses.Response, err error) {
	stream := l.client.Responses.NewStreaming(ctx, l.params, l.request...)
	defer func() { err = errors.Join(err, stream.Close()) }()

	items := map[int64]responses.ResponseOutputItemUnion{}
	for stream.Next() {
		event := stream.Current()
		switch event.Type {
		case "response.output_text.delta":
			l.onText(event.Delta)
		case "response.output_item.done":
			items[event.OutputIndex] = event.Item
		case "response.completed", "response.incomplete", "response.failed":
			response = &event.Response
		case "error":
			return nil, fmt.Errorf("the stream failed: %s: %s", event.Code, event.Message)
		}
	}
	if err := stream.Err(); err != nil {
		return nil, streamError(err)
	}
	// A connection that is closed in order looks like the end of the stream to the
	// client.
	if response == nil {
		return nil, ErrStreamCut
	}
	if len(response.Output) == 0 {
		// Some servers send the items in their own events alone.
		for _, index := range slices.Sorted(maps.Keys(items)) {
			response.Output = append(response.Output, items[index])
		}
	}
	return response, nil
}
