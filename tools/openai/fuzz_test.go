package openai_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"

	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// inMemory answers requests with the replies in order, without a socket.
type inMemory struct {
	replies []string
	bodies  []string
}

func (m *inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	m.bodies = append(m.bodies, string(body))
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{"Content-Type": {"application/json"}},
		Body:       io.NopCloser(strings.NewReader(m.replies[len(m.bodies)-1])),
		Request:    r,
	}, nil
}

func (m *inMemory) client() openai.Client {
	return openai.NewClient(
		option.WithBaseURL("http://model.invalid/v1"), option.WithAPIKey("test-key"), option.WithMaxRetries(0),
		option.WithHTTPClient(&http.Client{Transport: m}),
	)
}

// Whatever a model writes as arguments, the run goes on and the history holds a
// JSON object in their place.
func FuzzReplayedArguments(f *testing.F) {
	for _, seed := range []string{`{"text":"a"}`, `{"text":`, ``, `null`, `[1]`, `"{\"text\":\"a\"}"`, "```json\n{}\n```", "\xff", `{"a":1}{"b":2}`, `"\ud800"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, arguments string) {
		set := searchSet(t)
		chat := &inMemory{replies: []string{
			chatReply(t, "", toolCall{"c1", "search", arguments}), chatReply(t, "Done."),
		}}
		if _, err := openaitools.RunChat(t.Context(), chat.client(), set, question("?")); err != nil {
			t.Fatal(err)
		}
		var chatBody struct {
			Messages []struct {
				ToolCalls []struct {
					Function struct{ Arguments string }
				} `json:"tool_calls"`
			}
		}
		decode(t, chat.bodies[1], &chatBody)
		isObject(t, chatBody.Messages[1].ToolCalls[0].Function.Arguments)

		response := &inMemory{replies: []string{
			responseReply(t, "resp_1", callItem("c1", "search", arguments)), responseReply(t, "resp_2", messageItem("Done.")),
		}}
		params := ask("?")
		params.Store = openai.Bool(false)
		if _, err := openaitools.RunResponse(t.Context(), response.client(), set, params); err != nil {
			t.Fatal(err)
		}
		var responseBody struct{ Input []struct{ Arguments string } }
		decode(t, response.bodies[1], &responseBody)
		isObject(t, responseBody.Input[1].Arguments)
	})
}

func decode(t *testing.T, body string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("request is not JSON: %v\n%s", err, body)
	}
}

func isObject(t *testing.T, arguments string) {
	t.Helper()
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(arguments), &object); err != nil || object == nil {
		t.Errorf("history has arguments %q, not an object", arguments)
	}
}

// The client sends what the runner built, so a request is the same every time.
func TestRequestsAreTheSameInEveryRun(t *testing.T) {
	t.Parallel()
	body := func() string {
		m := &inMemory{replies: []string{responseReply(t, "resp_1", messageItem("Done."))}}
		if _, err := openaitools.RunResponse(t.Context(), m.client(), searchSet(t), responses.ResponseNewParams{Model: "scripted"}); err != nil {
			t.Fatal(err)
		}
		return m.bodies[0]
	}
	first := body()
	for range 20 {
		if next := body(); next != first {
			t.Fatalf("two runs sent different requests:\n%s\n%s", first, next)
		}
	}
}
