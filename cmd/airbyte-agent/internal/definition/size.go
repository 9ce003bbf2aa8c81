package definition

import (
	"cmp"
	"encoding/json"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// Size is how long a text is.
type Size struct {
	Characters int `json:"characters"` // runes
	Tokens     int `json:"tokens"`     // of Encoding
}

// ToolSize is the size of one tool's definition.
type ToolSize struct {
	Name string `json:"name"`
	Size
}

// Sizes tells how much of a model's context a set takes.
//
// Tokens are those of the JSON text. A provider shows the definitions to its
// model in a form of its own, so that the bill can differ.
type Sizes struct {
	Framework    string     `json:"framework"`
	Encoding     string     `json:"encoding"`
	Tools        []ToolSize `json:"tools"`
	Total        Size       `json:"total"`        // of the definitions as a whole
	Instructions Size       `json:"instructions"` // of the text for a system prompt
}

// Measure returns the sizes of definitions that For made for the framework, and
// of the instructions that go with them.
func Measure(framework string, definitions json.RawMessage, instructions string) (Sizes, error) {
	sizes := Sizes{Framework: framework, Encoding: Encoding, Tools: []ToolSize{}}
	list := gjson.ParseBytes(definitions)
	if framework == MCP {
		list = list.Get("tools")
	}
	t := NewTokenizer()
	var err error
	for _, part := range list.Array() {
		tool := ToolSize{Name: cmp.Or(part.Get("function.name").Str, part.Get("name").Str)}
		if tool.Size, err = t.size(part.Raw); err != nil {
			return Sizes{}, err
		}
		sizes.Tools = append(sizes.Tools, tool)
	}
	if sizes.Total, err = t.size(string(definitions)); err != nil {
		return Sizes{}, err
	}
	sizes.Instructions, err = t.size(instructions)
	return sizes, err
}

func (t *Tokenizer) size(text string) (Size, error) {
	tokens, err := t.Count(text)
	return Size{Characters: utf8.RuneCountInString(text), Tokens: tokens}, err
}
