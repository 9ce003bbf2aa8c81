package model_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/sandbox/internal/model"
)

// A rule of one's own answers without a tool, in the wire shape of OpenAI.
func ExampleNewHandler() {
	handler := model.NewHandler(model.Options{Rules: []model.Rule{{
		Pattern: regexp.MustCompile(`(?i)^good (?P<time>morning|evening)`),
		Answer:  func(q model.Question, _ []model.Result) string { return "Good " + q.Group("time") + " to you." },
	}}})
	req := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/v1/chat/completions",
		strings.NewReader(`{"model":"sandbox-scripted","messages":[{"role":"user","content":"Good morning!"}]}`))
	req.Header.Set("Authorization", "Bearer anything")
	res := httptest.NewRecorder()
	handler.ServeHTTP(res, req)

	var completion struct {
		Choices []struct {
			Message struct {
				Content string `json:"content"`
			} `json:"message"`
		} `json:"choices"`
	}
	if err := json.Unmarshal(res.Body.Bytes(), &completion); err != nil {
		panic(err)
	}
	fmt.Println(completion.Choices[0].Message.Content)
	// Output: [scripted model] Good morning to you.
}
