package definition

import (
	"fmt"

	"github.com/tiktoken-go/tokenizer/codec"
)

// Encoding is the vocabulary that tokens are counted in, the one of OpenAI's
// models since GPT-4o. Other providers' counts differ; Anthropic's are larger.
const Encoding = "o200k_base"

// Tokenizer counts tokens. It is safe for concurrent use.
type Tokenizer struct {
	codec *codec.Codec
}

// NewTokenizer returns a tokenizer for Encoding. The first one of a process
// builds the vocabulary, which takes some 20 ms, so make it only to count.
func NewTokenizer() *Tokenizer { return &Tokenizer{codec: codec.NewO200kBase()} }

// Count returns how many tokens the text is.
func (t *Tokenizer) Count(text string) (int, error) {
	n, err := t.codec.Count(text)
	if err != nil {
		return 0, fmt.Errorf("definition: count tokens: %w", err)
	}
	return n, nil
}
