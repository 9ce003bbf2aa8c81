package sandbox_test

import (
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox"
)

func ExampleWithClock() {
	clock := &movable{} // a clock of one's own; the sandbox reads it from several goroutines
	box := start(sandbox.WithClock(clock.now), sandbox.WithTokenLifetime(time.Minute))
	defer box.Close()

	token := login(box)
	clock.advance(time.Minute)
	_, answer := ask(http.MethodGet, box.PlatformURL()+workspacePath, token, "")
	fmt.Println(answer)
	// Output: {"message":"The token is invalid or has expired","errors":[]}
}

func ExampleWithTokenRefusal() {
	box := start(sandbox.WithTokenRefusal(http.StatusForbidden))
	defer box.Close()

	status, _ := ask(http.MethodPost, box.PlatformURL()+tokenPath, "", `{"client_id":"me","client_secret":"wrong"}`)
	fmt.Println(status)
	// Output: 403
}

func ExampleWithOrganizations() {
	box := start(sandbox.WithOrganizations(2))
	defer box.Close()

	status, answer := ask(http.MethodGet, box.PlatformURL()+workspacePath, login(box), "")
	fmt.Println(status, gjson.Get(answer, "message"))
	// Output: 400 You belong to several organizations: specify target organization with the X-Organization-Id header
}

func ExampleWithExtraWorkspaces() {
	box := start(sandbox.WithExtraWorkspaces(4), sandbox.WithWorkspacePageSize(2))
	defer box.Close()

	token, next := login(box), box.PlatformURL()+workspacePath
	for next != "" {
		_, answer := ask(http.MethodGet, next, token, "")
		fmt.Println(gjson.Get(answer, "data.#.name"))
		next = gjson.Get(answer, "next").String()
	}
	// Output:
	// ["default","workspace-1"]
	// ["workspace-2","workspace-3"]
	// ["workspace-4"]
}

func ExampleWithExtraConnectors() {
	box := start(sandbox.WithExtraConnectors(1))
	defer box.Close()

	_, answer := ask(http.MethodGet, box.PlatformURL()+connectorPath+"?workspace_name=default", login(box), "")
	fmt.Println(gjson.Get(answer, "data.#.name"))
	// Output: ["Pylon - default","Pylon - default 2"]
}

func ExampleWithBareResults() {
	box := start(
		sandbox.WithBareResults(),
		sandbox.WithPageSize("accounts", 3),
		sandbox.WithPagingKeys(sandbox.PagingCamelCase),
	)
	defer box.Close()

	_, answer := ask(http.MethodPost, box.PlatformURL()+executePath, login(box), `{"entity":"accounts","action":"list"}`)
	fmt.Println("rows:", gjson.Get(answer, "result.#"))
	fmt.Println("more:", gjson.Get(answer, "connector_metadata.hasNextPage"))
	// Output:
	// rows: 3
	// more: true
}

func ExampleWithIssueWindow() {
	box := start(sandbox.WithIssueWindow(365 * 24 * time.Hour))
	defer box.Close()

	status, _ := ask(http.MethodPost, box.PlatformURL()+executePath, login(box),
		`{"entity":"issues","action":"list","params":{"start_time":"2026-01-01T00:00:00Z","end_time":"2026-06-01T00:00:00Z"}}`)
	fmt.Println(status)
	// Output: 200
}

func ExampleWithModelRules() {
	box := start(sandbox.WithModelRules(sandbox.Rule{
		Pattern: regexp.MustCompile(`(?i)weather`),
		Answer:  func(sandbox.Question, []sandbox.ModelResult) string { return "It rains." },
	}))
	defer box.Close()

	_, answer := ask(http.MethodPost, box.ModelURL()+"/chat/completions", "any-key",
		`{"model":"any","messages":[{"role":"user","content":"What is the weather?"}]}`)
	fmt.Println(gjson.Get(answer, "choices.0.message.content"))
	// Output: [scripted model] It rains.
}
