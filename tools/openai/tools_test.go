package openai_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

func TestDefinitionsGolden(t *testing.T) {
	t.Parallel()
	set := searchSet(t)
	goldenJSON(t, "chat_tools.json", encode(t, openaitools.ChatTools(set)))
	goldenJSON(t, "response_tools.json", encode(t, openaitools.ResponseTools(set)))
}

// The schema's bytes must reach the wire as the tool has them: a changed key
// order between two runs costs the provider's prompt cache.
func TestSchemaKeepsItsBytesOnTheWire(t *testing.T) {
	t.Parallel()
	_, pylon := newPylon(t)
	_, actions := newPylon(t, tools.WithPerAction())
	for name, set := range map[string]*tools.Set{"functions": searchSet(t), "connector": pylon, "per action": actions} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testSchemaBytes(t, set)
		})
	}
}

func testSchemaBytes(t *testing.T, set *tools.Set) {
	t.Helper()
	chat, chatClient := newModel(t, chatPath, chatReply(t, "hello"))
	if _, err := openaitools.RunChat(t.Context(), chatClient, set, openai.ChatCompletionNewParams{Model: "scripted"}); err != nil {
		t.Fatal(err)
	}
	response, responseClient := newModel(t, responsePath, responseReply(t, "resp_1", messageItem("hello")))
	if _, err := openaitools.RunResponse(t.Context(), responseClient, set, responses.ResponseNewParams{Model: "scripted"}); err != nil {
		t.Fatal(err)
	}
	for _, tool := range set.Tools() {
		// The client escapes <, > and & in whatever it sends, as encoding/json does.
		var schema bytes.Buffer
		json.HTMLEscape(&schema, tool.Schema())
		want := `"parameters":` + schema.String()
		for api, body := range map[string]string{"chat": chat.Requests()[0], "responses": response.Requests()[0]} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %s in request\n%s", api, want, body)
			}
			if n := strings.Count(body, `"strict":false`); n != len(set.Tools()) {
				t.Errorf("%s: strict:false sent %d times, want %d", api, n, len(set.Tools()))
			}
		}
	}
}

func TestNilSetHasNoTools(t *testing.T) {
	t.Parallel()
	if n := len(openaitools.ChatTools(nil)) + len(openaitools.ResponseTools(nil)); n != 0 {
		t.Errorf("got %d definitions", n)
	}
	for _, call := range []string{
		`{"id":"c1","type":"function","function":{"name":"search","arguments":"{}"}}`,
		`{"id":"c1","type":"custom","custom":{"name":"search","input":"a"}}`,
	} {
		message, err := openaitools.ChatCall(t.Context(), nil, chatToolCall(t, call))
		if err != nil || !strings.Contains(message.OfTool.Content.OfString.Value, "not_found") {
			t.Errorf("answer to %s: %s, error %v", call, encode(t, message), err)
		}
	}
}

func TestDefinitionsAreReadable(t *testing.T) {
	t.Parallel()
	def := openaitools.ChatTools(searchSet(t))[0].GetFunction()
	if def.Name != "search" || def.Parameters["type"] != "object" {
		t.Errorf("got name %q, parameters %v", def.Name, def.Parameters)
	}
	fn := openaitools.ResponseTools(searchSet(t))[0].OfFunction
	if fn.Name != "search" || fn.Parameters["type"] != "object" {
		t.Errorf("got name %q, parameters %v", fn.Name, fn.Parameters)
	}
}
