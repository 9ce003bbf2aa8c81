package connector_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// start runs the simulator that the examples talk to.
func start(opts ...sandbox.Option) *sandbox.Sandbox {
	box, err := sandbox.Start(opts...)
	if err != nil {
		log.Fatal(err)
	}
	return box
}

// demo connects to the simulator. A program has connector.Connect(ctx, "pylon",
// "default") in its place.
func demo(box *sandbox.Sandbox) *connector.Connector {
	conn, err := connector.Connect(
		context.Background(), "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
	)
	if err != nil {
		log.Fatal(err)
	}
	return conn
}

func ExampleConnect() {
	ctx := context.Background()
	box := start()
	defer box.Close()

	// Without options it is the real service, with AIRBYTE_CLIENT_ID and
	// AIRBYTE_CLIENT_SECRET from the environment.
	conn, err := connector.Connect(
		ctx, "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()

	me, err := conn.Execute(ctx, "me", "get", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(me.Data))
	// Output:
	// {"id":"6d497734-d4cc-4234-8425-8522cddf5bda","name":"Northlight Analytics","user":{"id":"9102d5b5-0f01-4913-abf9-defa91526e50"}}
}

// A wrong name fails at once, and the error lists the right ones.
func ExampleConnect_wrongName() {
	ctx := context.Background()
	box := start()
	defer box.Close()

	_, err := connector.Connect(
		ctx, "zendesk", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
	)
	fmt.Println(errors.Is(err, connector.ErrNotFound))
	fmt.Println(err)
	// Output:
	// true
	// connect "zendesk" in workspace "default": the workspace has no connector of that name; it has: "Pylon - default" (Pylon, id 5a4db0c0-0000-4000-8000-000000000201)
}

func ExampleConnector_Execute() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	res, err := conn.Execute(ctx, "issues", "get", connector.Params{"id": "1042"})
	if err != nil {
		log.Fatal(err)
	}
	var issue struct {
		Number int
		Title  string
		State  string
	}
	if err := res.Decode(&issue); err != nil {
		log.Fatal(err)
	}
	fmt.Println(issue.Number, issue.Title, issue.State)
	// Output: 1042 Please add a dark mode 🌙 closed
}

// The answer to a write is lost on its way. Nothing repeats the write: it may
// have happened, and here it has.
func ExampleConnector_Execute_unknownOutcome() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	box.Inject(sandbox.Fault{Entity: "issue_statuses", AfterWork: true, Drop: true})
	_, err := conn.Execute(ctx, "issue_statuses", "update", connector.Params{"id": "1042", "state": "on_hold"})
	if !errors.Is(err, connector.ErrUnknownOutcome) {
		log.Fatal(err)
	}

	res, err := conn.Execute(ctx, "issues", "get", connector.Params{"id": "1042"})
	if err != nil {
		log.Fatal(err)
	}
	var issue struct{ State string }
	if err := res.Decode(&issue); err != nil {
		log.Fatal(err)
	}
	fmt.Println("the issue is", issue.State)
	// Output: the issue is on_hold
}

// Records asks for the next page when the loop gets there.
func ExampleConnector_Records() {
	ctx := context.Background()
	box := start(sandbox.WithPageSize("contacts", 50))
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	contacts := 0
	for record, err := range conn.Records(ctx, "contacts", "list", nil) {
		if err != nil {
			log.Fatal(err)
		}
		var contact struct{ Name string }
		if err := json.Unmarshal(record, &contact); err != nil {
			log.Fatal(err)
		}
		contacts++
	}
	fmt.Println(contacts, "contacts in", box.Count(sandbox.RouteExecute), "pages")
	// Output: 132 contacts in 3 pages
}

// Pages gives what a program needs that stops somewhere and goes on later.
func ExampleConnector_Pages() {
	ctx := context.Background()
	box := start(sandbox.WithPageSize("contacts", 50))
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	for page, err := range conn.Pages(ctx, "contacts", "list", nil) {
		if err != nil {
			log.Fatal(err)
		}
		var contacts []struct{ Name string }
		if err := page.Decode(&contacts); err != nil {
			log.Fatal(err)
		}
		fmt.Println(len(contacts), "contacts, more:", page.Meta.HasMore)
	}
	// Output:
	// 50 contacts, more: true
	// 50 contacts, more: true
	// 32 contacts, more: false
}

// What the connector offers, here all that deletes something.
func ExampleConnector_Entities() {
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	for _, entity := range conn.Entities() {
		for _, action := range entity.Actions {
			if action.Effect == connector.Destroy {
				fmt.Println(action.Signature(entity.Name))
			}
		}
	}
	// Output: issues.delete(id: string)
}

func ExampleConnector_EntitySchema() {
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	schema, ok := conn.EntitySchema("me")
	if !ok {
		log.Fatal("the manifest has no schema of it")
	}
	var record struct{ Required []string }
	if err := json.Unmarshal(schema, &record); err != nil {
		log.Fatal(err)
	}
	fmt.Println("always there:", record.Required)
	// Output: always there: [id]
}

func ExampleConnector_Check() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	// Pylon has stopped accepting the token that Airbyte holds.
	box.Inject(sandbox.Fault{
		Route: sandbox.RouteConnectorCheck,
		Body:  `{"id": "` + conn.ID() + `", "status": "failed", "error_message": "Pylon answered 401"}`,
	})
	for range 2 {
		health, err := conn.Check(ctx)
		if err != nil {
			log.Fatal(err) // nothing is known about the connector
		}
		fmt.Println(health.OK, health.Message)
	}
	// Output:
	// false Pylon answered 401
	// true
}

// A sentinel says what kind of failure it is, the fields have the details.
func ExampleError() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	_, err := conn.Execute(ctx, "issues", "get", connector.Params{"id": "4711"})
	if errors.Is(err, connector.ErrNotFound) {
		fmt.Println(err)
	}

	_, err = conn.Execute(ctx, "issue", "get", connector.Params{"id": "1042"})
	if failure, ok := errors.AsType[*connector.Error](err); ok {
		fmt.Printf("%s: %s, did you mean %s?\n", failure.Kind, failure.Message, failure.DidYouMean)
	}
	// Output:
	// execute issues.get: Issue not found! (HTTP 404)
	// validation: unknown entity "issue", did you mean issues?
}

func ExampleLookupManifest() {
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		log.Fatal("not embedded")
	}
	fmt.Println(manifest.Title(), manifest.Version())
	// Output: Pylon 0.1.10
}
