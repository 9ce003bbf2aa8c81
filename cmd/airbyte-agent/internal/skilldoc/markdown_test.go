package skilldoc_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/skilldoc"
	"github.com/agentsdk-go/airbyte/internal/golden"
)

const whole = `{
  "metadata": {"id": "connector-source:7", "kind": "connector_source", "title": "Support desk", "summary": "Tickets and people.",
    "tags": ["x"], "version": "1", "warnings": ["The index is old.", {"code": 9007199254740993, "about": "tickets"}]},
  "outline": [
    {"id": "entity:tickets", "title": "tickets", "summary": "What people ask."},
    {"id": "entity:people", "title": "people"},
    {"id": "entity:teams", "available": false}
  ],
  "section_id": null,
  "content": [
    {"type": "heading", "text": "Overview"},
    {"type": "paragraph", "text": "Two lines\r\nof text with <b>, | and \\."},
    {"type": "list", "items": ["one", "two\nlines", 3, {"b": 1, "a": 2}]},
    {"type": "heading", "text": "How", "level": 3},
    {"type": "code", "language": "json", "code": "{\"entity\": \"tickets\"}\n"},
    {"type": "code", "code": "a fence:\n` + "```" + `\ninside"},
    {"type": "table", "headers": ["name", "type"], "rows": [["a|b", "c\\d"], ["two\nlines"], ["x", 7, true]]},
    {"type": "diagram", "nodes": [2, 1], "edges": {"z": null, "a": "<&>"}}
  ]
}`

func TestMarkdownOfADocument(t *testing.T) {
	t.Parallel()
	for name, doc := range map[string]string{
		"whole.md":   whole,
		"section.md": strings.Replace(whole, `"section_id": null`, `"section_id": "entity:tickets"`, 1),
	} {
		got, err := skilldoc.Markdown(json.RawMessage(doc))
		if err != nil {
			t.Fatal(err)
		}
		golden.Check(t, name, got)
	}
}

var contents = []struct{ name, doc, want string }{
	{"nothing", `{}`, ""},
	{"nulls", `{"metadata":null,"outline":null,"section_id":null,"content":null}`, ""},
	{"title alone", `{"metadata":{"title":"T"}}`, "# T"},
	{"a title of several lines", `{"metadata":{"title":"T\nU","id":7}}`, "# T U\nSkill ID: 7"},
	{"no content", `{"metadata":{"title":"T"},"outline":[{"id":"a"}],"content":[]}`, "# T\n\n## Outline\n- `a`"},
	{"an outline of its own", `{"outline":[{"id":"a"}],"content":[{"type":"heading","text":"outline"},{"type":"paragraph","text":"mine"}]}`, "## outline\n\nmine"},
	{"the word in a paragraph is none", `{"outline":["a"],"content":[{"type":"paragraph","text":"Outline"}]}`, "Outline\n\n## Outline\n- a"},
	{"a section with an outline of its own", `{"section_id":"s","outline":[{"id":"a"}],"content":[{"type":"heading","text":"Outline"}]}`, "## Outline\n- `a`\n\n## Section `s`\n\n## Outline"},
	{"a tick in an id", "{\"outline\":[{\"id\":\"a`b\",\"summary\":\"s\"}]}", "## Outline\n- `` a`b `` - s"},
	{"empty warnings", `{"metadata":{"warnings":[]},"content":["text as it is"]}`, "text as it is"},
	{"empty blocks", `{"content":[{"type":"paragraph","text":""},{"type":"list","items":[]},{"type":"table","headers":[]},null,{"type":"paragraph","text":"x"}]}`, "x"},
	{
		"blocks without what they need", `{"content":[{"type":"list"},{"type":"code","language":"go"},{"type":"table"},{"type":"paragraph"},{"type":"heading","level":1}]}`,
		"{\"type\":\"list\"}\n\n{\"language\":\"go\",\"type\":\"code\"}\n\n{\"type\":\"table\"}\n\n{\"type\":\"paragraph\"}\n\n{\"level\":1,\"type\":\"heading\"}",
	},
	{"a table without headers", `{"content":[{"type":"table","rows":[["a"],["b","c"]]}]}`, "|  |  |\n| --- | --- |\n| a |  |\n| b | c |"},
	{"a language that ends the fence", "{\"content\":[{\"type\":\"code\",\"language\":\"``go\\n\",\"code\":\"x\"}]}", "```go \nx\n```"},
	{"large numbers", `{"content":[{"type":"new","id":9007199254740993}]}`, `{"id":9007199254740993,"type":"new"}`},
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for _, tc := range contents {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := skilldoc.Markdown(json.RawMessage(tc.doc))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHeadingLevel(t *testing.T) {
	t.Parallel()
	for level, want := range map[string]int{
		`1`: 1, `6`: 6, `0`: 1, `-3`: 1, `99`: 6, `1e300`: 6, `2.9`: 2, `"3"`: 3, `" 4 "`: 4, `"nan"`: 2, `"x"`: 2, `null`: 2, `[]`: 2, `true`: 2,
	} {
		got, err := skilldoc.Markdown(json.RawMessage(`{"content":[{"type":"heading","text":"T","level":` + level + `}]}`))
		if err != nil || got != strings.Repeat("#", want)+" T" {
			t.Errorf("level %s gave %q, %v", level, got, err)
		}
	}
}

func TestMarkdownRefuses(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{``, `{`, `[]`, `"text"`, `null`, `{"metadata":[]}`, `{"outline":{}}`, `{"content":"x"}`} {
		if got, err := skilldoc.Markdown(json.RawMessage(doc)); err == nil || !strings.HasPrefix(err.Error(), "skill document: ") {
			t.Errorf("%q gave %q, %v", doc, got, err)
		}
		if got, err := skilldoc.Result(json.RawMessage(doc)); err == nil || got != nil {
			t.Errorf("%q gave %q, %v", doc, got, err)
		}
	}
}

func TestResult(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, doc, want string }{
		{
			"whole", `{"metadata":{"id":"a","kind":"static","title":"T","summary":"<S>","warnings":[],"tags":["x"]},"content":[]}`,
			`{"data":{"format":"markdown","markdown":"# T\nSkill ID: a\nKind: static\nSummary: <S>",` +
				`"metadata":{"id":"a","kind":"static","title":"T","summary":"<S>","warnings":[]},"section_id":null}}`,
		},
		{
			"section", `{"metadata":{"id":"a","summary":null},"section_id":"s"}`,
			"{\"data\":{\"format\":\"markdown\",\"markdown\":\"Skill ID: a\\n\\n## Section `s`\",\"metadata\":{\"id\":\"a\"},\"section_id\":\"s\"}}",
		},
		{"nothing", `{}`, `{"data":{"format":"markdown","markdown":"","metadata":{},"section_id":null}}`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := skilldoc.Result(json.RawMessage(tc.doc))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add([]byte(whole))
	for _, tc := range contents {
		f.Add([]byte(tc.doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		text, err := skilldoc.Markdown(doc)
		if err != nil {
			return
		}
		if strings.HasSuffix(text, "\n") || strings.HasPrefix(text, "\n") {
			t.Errorf("an empty line at an end of %q", text)
		}
		result, err := skilldoc.Result(doc)
		if err != nil {
			t.Fatal(err)
		}
		var read struct {
			Data struct{ Format, Markdown string }
		}
		if err := json.Unmarshal(result, &read); err != nil {
			t.Fatal(err)
		}
		if want := strings.ToValidUTF8(text, "\ufffd"); read.Data.Format != "markdown" || strings.ToValidUTF8(read.Data.Markdown, "") == "" && want != "" {
			t.Errorf("result %s for %q", result, text)
		}
	})
}
