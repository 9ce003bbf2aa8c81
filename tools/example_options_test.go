package tools_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

func ExampleWithName() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithName("support_desk"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(set.Tools()[0].Name())
	// Output: support_desk
}

// The program's own words come first.
func ExampleWithDescription() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithAllow("tags.list"), tools.WithDescription("Our support desk."))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(set.Tools()[0].Description())
	// Output:
	// Our support desk.
	// Read the customer's data in Pylon. One call runs one action on one entity; the action's arguments go into params. On {"error": ...} follow its hint; did_you_mean and allowed hold legal values. If meta.has_more is true, the same call with params.cursor = meta.cursor gives the next page.
}

// For a prompt that says all the rest itself.
func ExampleWithoutGeneratedDescription() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithDescription("Our support desk."), tools.WithoutGeneratedDescription())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(set.Tools()[0].Description())
	// Output: Our support desk.
}

// Within a small budget the most important sentences remain; without one every
// operation is described.
func ExampleWithDescriptionBudget() {
	conn, box := demo()
	defer box.Close()

	for _, budget := range []int{200, tools.DefaultDescriptionBudget, 0} {
		set, err := tools.New(conn, tools.WithAllow("tags.*", "teams.*"), tools.WithDescriptionBudget(budget))
		if err != nil {
			log.Fatal(err)
		}
		description := set.Tools()[0].Description()
		fmt.Println(budget, utf8.RuneCountInString(description), strings.Contains(description, "create(value: string"))
	}
	// Output:
	// 200 124 false
	// 1024 534 false
	// 0 1256 true
}

// A model with a small context gets the rows that fit, and is told so.
func ExampleWithMaxOutput() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithMaxOutput(500))
	if err != nil {
		log.Fatal(err)
	}
	out, err := set.Call(context.Background(), "pylon_execute", json.RawMessage(`{"entity": "tags", "action": "list"}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(out.Text)
	// Output:
	// {"data":[{"id":"7c642d63-67ec-40b5-8774-3d60b56279f5","value":"billing","object_type":"issue","hex_color":"#d73a4a"},{"id":"fba70912-ed06-43ec-9e63-10bc43567972","value":"bug","object_type":"issue","hex_color":"#0e8a16"}],"meta":{"truncated":true,"returned":2,"total":21,"hint":"only the first 2 of 21 rows fit; use context_store_search of tags with a filter, few fields and a limit"}}
}

// The model does not hear of the failure that passes.
func ExampleWithRetries() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithRetries(1))
	if err != nil {
		log.Fatal(err)
	}
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Status: http.StatusServiceUnavailable})
	out, err := set.Call(context.Background(), "pylon_execute", json.RawMessage(`{"entity": "me", "action": "get"}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("failed:", out.IsError, "after", box.Count(sandbox.RouteExecute), "requests")
	// Output: failed: false after 2 requests
}

// What the program does not permit is not offered to the model, and is refused
// when it is called nevertheless.
func ExampleWithReadOnly() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithReadOnly())
	if err != nil {
		log.Fatal(err)
	}
	out, err := set.Call(context.Background(), "pylon_execute", json.RawMessage(
		`{"entity": "issues", "action": "delete", "params": {"id": "1042"}}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(out.Text)
	// Output: {"error":{"kind":"permission","message":"this program does not permit issues.delete","hint":"do without it, or ask the user to do it","retryable":false}}
}

func ExampleWithAllow() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithPerAction(), tools.WithAllow("issues.get", "messages.*"))
	if err != nil {
		log.Fatal(err)
	}
	for _, tool := range set.Tools() {
		fmt.Println(tool.Name())
	}

	_, err = tools.New(conn, tools.WithAllow("issue.*"))
	fmt.Println(err)
	// Output:
	// pylon_issues_get
	// pylon_messages_list
	// tools: glob "issue.*" matches no operation; it is entity.action, such as issues.list: configuration error
}

func ExampleWithDeny() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithPerAction(), tools.WithAllow("issues.*"), tools.WithDeny("*.delete"))
	if err != nil {
		log.Fatal(err)
	}
	for _, tool := range set.Tools() {
		fmt.Println(tool.Name())
	}
	// Output:
	// pylon_issues_list
	// pylon_issues_create
	// pylon_issues_get
	// pylon_issues_update
	// pylon_issues_context_store_search
}

// Each operation is a tool with a schema of its own.
func ExampleWithPerAction() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithPerAction(), tools.WithAllow("teams.get", "teams.update"))
	if err != nil {
		log.Fatal(err)
	}
	for _, tool := range set.Tools() {
		fmt.Println(tool.Name(), tool.Effect())
		fmt.Println(string(tool.Schema()))
	}
	// Output:
	// pylon_teams_get read
	// {"type":"object","properties":{"id":{"type":"string","description":"Team id (UUID), from teams.list or an issue's team.id."}},"required":["id"],"additionalProperties":false}
	// pylon_teams_update write
	// {"type":"object","properties":{"id":{"type":"string","description":"Team id (UUID), from teams.list."},"name":{"type":"string","description":"New team name."}},"required":["id"],"additionalProperties":false}
}
