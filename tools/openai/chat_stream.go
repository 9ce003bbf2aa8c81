package openai

import (
	"context"
	"errors"

	"github.com/openai/openai-go/v3"
)

// stream reads one answer piece by piece and returns it whole.
func (c *chatLoop) stream(ctx context.Context) (completion *openai.ChatCompletion, err error) {
	params := c.params
	if !params.StreamOptions.IncludeUsage.Valid() {
		// Without it a streamed answer has no usage at all.
		params.StreamOptions.IncludeUsage = openai.Bool(true)
	}
	stream := c.client.Chat.Completions.NewStreaming(ctx, params, c.request...)
	defer func() { err = errors.Join(err, stream.Close()) }()

	c.streamed = map[int]extraFields{}
	acc := &openai.ChatCompletionAccumulator{}
	for stream.Next() {
		if err := c.addChunk(acc, stream.Current()); err != nil {
			return nil, err
		}
	}
	if err := stream.Err(); err != nil {
		return nil, streamError(err)
	}
	// A connection that is closed in order looks like the end of the stream to the
	// client.
	if len(acc.Choices) == 0 || acc.Choices[0].FinishReason == "" {
		return nil, ErrStreamCut
	}
	return &acc.ChatCompletion, nil
}

func (c *chatLoop) addChunk(acc *openai.ChatCompletionAccumulator, chunk openai.ChatCompletionChunk) error {
	if chunk.ID == "" {
		// The accumulator refuses a change of id, and some servers send it once.
		chunk.ID = acc.ID
	}
	if !acc.AddChunk(chunk) {
		return errors.New("the stream mixes several answers")
	}
	for _, choice := range chunk.Choices {
		if choice.Index == 0 {
			c.addDelta(choice.Delta)
		}
	}
	return nil
}

func (c *chatLoop) addDelta(delta openai.ChatCompletionChunkChoiceDelta) {
	if delta.Content != "" {
		c.onText(delta.Content)
	}
	for _, piece := range delta.ToolCalls {
		i := max(int(piece.Index), 0) // -1 is a single call, as the accumulator has it
		if c.streamed[i] == nil {
			c.streamed[i] = extraFields{}
		}
		c.streamed[i].add(piece.JSON.ExtraFields)
	}
}
