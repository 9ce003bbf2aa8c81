package sandbox_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox"
)

const hello = `{"model":"any","messages":[{"role":"user","content":"What is the weather?"}]}`

func TestModelRoutes(t *testing.T) {
	t.Parallel()
	box, _ := connect(t)
	tests := []struct{ name, base, path, body, route string }{
		{"chat", box.ModelURL(), "/chat/completions", hello, sandbox.RouteChat},
		{"chat without v1", box.PlatformURL(), "/chat/completions", hello, sandbox.RouteChat},
		{"responses", box.ModelURL(), "/responses", `{"model":"any","input":"hello"}`, sandbox.RouteResponses},
		{"responses without v1", box.PlatformURL(), "/responses", `{"model":"any","input":"hello"}`, sandbox.RouteResponses},
		{"models", box.ModelURL(), "/models", "", sandbox.RouteModels},
		{"one model", box.ModelURL(), "/models/" + sandbox.ModelName, "", sandbox.RouteModelGet},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := &client{t: t, base: tt.base, token: "any-key"}
			method := http.MethodPost
			if tt.body == "" {
				method = http.MethodGet
			}
			got := c.do(method, tt.path, tt.body)
			c.want(got, http.StatusOK)
			if box.Count(tt.route) == 0 {
				t.Errorf("the log counts none on %s", tt.route)
			}
		})
	}
}

func TestModelStreams(t *testing.T) {
	t.Parallel()
	box, _ := connect(t)
	c := &client{t: t, base: box.ModelURL(), token: "any-key"}
	got := c.post("/chat/completions", strings.Replace(hello, "{", `{"stream":true,`, 1))
	if got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), "text/event-stream") || !strings.Contains(got.body, "data: [DONE]") {
		t.Errorf("stream %d %q: %s", got.status, got.header.Get("Content-Type"), got.body)
	}
}

func TestModelRulesComeFirst(t *testing.T) {
	t.Parallel()
	rule := sandbox.Rule{
		Pattern: regexp.MustCompile(`(?i)weather`),
		Answer:  func(sandbox.Question, []sandbox.ModelResult) string { return "It rains in the sandbox." },
	}
	box, _ := connect(t, sandbox.WithModelRules(rule))
	c := &client{t: t, base: box.ModelURL(), token: "any-key"}
	got := c.post("/chat/completions", hello)
	c.want(got, http.StatusOK)
	if text := got.get("choices.0.message.content").String(); !strings.Contains(text, "It rains in the sandbox.") || !strings.Contains(text, "scripted") {
		t.Errorf("the model says %q", text)
	}
}

func TestModelFaults(t *testing.T) {
	t.Parallel()
	box, _ := connect(t)
	c := &client{t: t, base: box.ModelURL(), token: "any-key"}
	box.Inject(sandbox.Fault{Route: sandbox.RouteChat, RetryAfter: 1}, sandbox.Fault{Route: sandbox.RouteChat, Truncate: 20})
	if got := c.post("/chat/completions", hello); got.status != http.StatusTooManyRequests {
		t.Errorf("status %d", got.status)
	}
	if got, err := c.try(http.MethodPost, "/chat/completions", hello); err == nil || len(got.body) != 20 {
		t.Errorf("read %q, error %v", got.body, err)
	}
	c.want(c.post("/chat/completions", hello), http.StatusOK)
}
