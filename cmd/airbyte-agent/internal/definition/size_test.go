package definition_test

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/definition"
	"github.com/agentsdk-go/airbyte/tools"
)

func TestMeasure(t *testing.T) {
	t.Parallel()
	set := newPylon(t, tools.WithPerAction())
	for _, framework := range definition.Frameworks() {
		t.Run(framework, func(t *testing.T) {
			t.Parallel()
			definitions := define(t, framework, set)
			sizes, err := definition.Measure(framework, definitions, set.Instructions())
			if err != nil {
				t.Fatal(err)
			}
			if len(sizes.Tools) != len(set.Tools()) {
				t.Fatalf("sizes of %d tools, want %d", len(sizes.Tools), len(set.Tools()))
			}
			sum := definition.Size{}
			for _, tool := range sizes.Tools {
				if _, ok := set.Lookup(tool.Name); !ok || tool.Tokens == 0 || tool.Characters < tool.Tokens {
					t.Errorf("tool %+v", tool)
				}
				sum.Characters += tool.Characters
				sum.Tokens += tool.Tokens
			}
			if want := utf8.RuneCount(definitions); sizes.Total.Characters != want || sum.Characters > want || sum.Characters < want*9/10 {
				t.Errorf("%d characters in all, %d in the tools, want %d and a little less", sizes.Total.Characters, sum.Characters, want)
			}
			if sizes.Instructions.Characters != utf8.RuneCountInString(set.Instructions()) || sizes.Instructions.Tokens == 0 {
				t.Errorf("instructions %+v", sizes.Instructions)
			}
		})
	}
}

func TestMeasureNothing(t *testing.T) {
	t.Parallel()
	got, err := definition.Measure(definition.OpenAI, define(t, definition.OpenAI, nil), "")
	want := definition.Sizes{
		Framework: definition.OpenAI, Encoding: "o200k_base", Tools: []definition.ToolSize{},
		Total: definition.Size{Characters: 2, Tokens: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v, sizes (-want +got):\n%s", err, diff)
	}
}

// The counts were made with another implementation of the vocabulary,
// js-tiktoken 1.0.
func TestTokensAgreeWithAnotherImplementation(t *testing.T) {
	t.Parallel()
	texts := map[string]int{
		"":            0,
		"hello world": 2,
		`{"type":"function","function":{"name":"pylon_issues_list","strict":false}}`: 19,
		"Größe und Maß, naïve café":                                                  8,
		"東京の天気はどうですか？":                                                               9,
		"👩‍👩‍👧‍👦 family":                                                             12,
		"func main() {\n\tfmt.Println(\"it's 12345678\")\n}\n\n\n":                   14,
		strings.Repeat(" ", 100) + "x":                                               3,
		strings.Repeat("a", 1000):                                                    125,
		"<|endoftext|>":                                                              7,
	}
	tokenizer := definition.NewTokenizer()
	var wait sync.WaitGroup
	for text, want := range texts {
		wait.Go(func() {
			if got, err := tokenizer.Count(text); got != want || err != nil {
				t.Errorf("%.40q: %d tokens, error %v, want %d", text, got, err, want)
			}
		})
	}
	wait.Wait()
}
