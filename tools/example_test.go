package tools_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// demo gives the examples a connector that works offline, and the simulator
// behind it. A program has connector.Connect(ctx, "pylon", "default"). The
// connector repeats nothing, so that the examples show what the tools do.
func demo(opts ...sandbox.Option) (*connector.Connector, *sandbox.Sandbox) {
	box, err := sandbox.Start(opts...)
	if err != nil {
		log.Fatal(err)
	}
	conn, err := connector.Connect(
		context.Background(), "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithRetries(0),
	)
	if err != nil {
		log.Fatal(err)
	}
	return conn, box
}

func ExampleNew() {
	ctx := context.Background()
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn)
	if err != nil {
		log.Fatal(err)
	}
	for _, tool := range set.Tools() {
		fmt.Println(tool.Name(), "may", tool.Effect())
	}

	// What the model asks for, and what it reads.
	out, err := set.Call(ctx, "pylon_execute", json.RawMessage(`{"entity": "me", "action": "get"}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(out.Text)
	// Output:
	// pylon_execute may destroy
	// {"data":{"id":"6d497734-d4cc-4234-8425-8522cddf5bda","name":"Northlight Analytics","user":{"id":"9102d5b5-0f01-4913-abf9-defa91526e50"}}}
}

// What the model got wrong is an output for the model, not an error of the
// program.
func ExampleSet_Call() {
	ctx := context.Background()
	conn, box := demo()
	defer box.Close()
	set, err := tools.New(conn)
	if err != nil {
		log.Fatal(err)
	}

	for _, args := range []string{
		`{"entity": "tags", "action": "get", "params": {"id": "7c642d63-67ec-40b5-8774-3d60b56279f5"}}`,
		`{"entity": "tags", "action": "get", "params": {"tag_id": "7c642d63"}}`,
		`{"entity": "tags", "action": "get", "params": {"id": "7c642d63"}}`,
	} {
		out, err := set.Call(ctx, "pylon_execute", json.RawMessage(args))
		if err != nil {
			log.Fatal(err) // the run cannot go on
		}
		fmt.Println(out.IsError, out.Text)
	}
	// Output:
	// false {"data":{"id":"7c642d63-67ec-40b5-8774-3d60b56279f5","value":"billing","object_type":"issue","hex_color":"#d73a4a"}}
	// true {"error":{"kind":"validation","message":"unknown parameter \"tag_id\"; required parameter \"id\" is missing (Tag id (UUID), from tags.list; not the text of the tag)","hint":"correct the arguments as the message says, then call again","retryable":false,"allowed":["id"],"signature":"tags.get(id: string)"}}
	// true {"error":{"kind":"not_found","message":"Tag not found!","hint":"check the id; list or search to find the right record","retryable":false}}
}

// Instructions are a part of the system prompt. They speak of what the model
// may use only.
func ExampleSet_Instructions() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithAllow("teams.list"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("You answer questions about our support desk.\n\n" + set.Instructions())
	// Output:
	// You answer questions about our support desk.
	//
	// Pylon data, through the tool pylon_execute. Rules:
	// - If meta.has_more is true, the same call with params.cursor = meta.cursor gives the next page. Stop after three pages unless the user wants all.
	// - If meta.truncated is true, rows are missing that the cursor skips: follow meta.hint instead.
	// - On {"error": ...} follow its hint; did_you_mean and allowed hold legal values.
	// - Times are RFC3339 with a zone, such as 2026-01-31T00:00:00Z.
	// Entities:
	// - teams: To name a team, see who is on it, or find the team id of an assignment. List all teams and pick by name; there are few.
	//   list: List all support teams with the ids of their members.
	//   keys: users[].id is users.id
}

// now is a tool of the program's own.
func now() (*tools.Tool, error) {
	return tools.Func(
		"now", "The present time.",
		func(context.Context, struct{}) (time.Time, error) { return time.Now(), nil },
		tools.WithEffect(connector.Read),
	)
}

func ExampleNewSet() {
	tool, err := now()
	if err != nil {
		log.Fatal(err)
	}
	set, err := tools.NewSet(tool)
	if err != nil {
		log.Fatal(err)
	}
	out, err := set.Call(context.Background(), "now", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(out.IsError)

	// A misspelled tool does not end the run either.
	out, err = set.Call(context.Background(), "get_now", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(out.Text)
	// Output:
	// false
	// {"error":{"kind":"not_found","message":"there is no tool \"get_now\"","hint":"call one of the allowed tools","retryable":false,"allowed":["now"]}}
}

// A connector's tools and the program's own as one set.
func ExampleJoin() {
	conn, box := demo()
	defer box.Close()

	support, err := tools.New(conn)
	if err != nil {
		log.Fatal(err)
	}
	tool, err := now()
	if err != nil {
		log.Fatal(err)
	}
	own, err := tools.NewSet(tool)
	if err != nil {
		log.Fatal(err)
	}
	set, err := tools.Join(support, own)
	if err != nil {
		log.Fatal(err)
	}
	for _, tool := range set.Tools() {
		fmt.Println(tool.Name())
	}
	// Output:
	// pylon_execute
	// now
}
