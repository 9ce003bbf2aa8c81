package tools_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"

	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// One call of the model reads the pages that it would ask for one by one.
func ExampleWithPages() {
	conn, box := demo(sandbox.WithPageSize("contacts", 50))
	defer box.Close()

	set, err := tools.New(conn, tools.WithPages(2))
	if err != nil {
		log.Fatal(err)
	}
	out, err := set.Call(context.Background(), "pylon_execute", json.RawMessage(
		`{"entity": "contacts", "action": "list"}`))
	if err != nil {
		log.Fatal(err)
	}
	var answer struct {
		Data []struct{ Name string }
		Meta struct {
			HasMore bool `json:"has_more"`
		}
	}
	if err := json.Unmarshal([]byte(out.Text), &answer); err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(answer.Data), "contacts, more:", answer.Meta.HasMore)
	// Output: 100 contacts, more: true
}

// A program that shows its user how a long call gets on.
func ExampleSet_CallWithProgress() {
	conn, box := demo(sandbox.WithPageSize("contacts", 50))
	defer box.Close()

	set, err := tools.New(conn, tools.WithPages(3))
	if err != nil {
		log.Fatal(err)
	}
	out, err := set.CallWithProgress(context.Background(), "pylon_execute", json.RawMessage(
		`{"entity": "contacts", "action": "list"}`),
		func(p tools.Progress) { fmt.Println("page", p.Pages, "-", p.Records, "records") })
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("failed:", out.IsError)
	// Output:
	// page 1 - 50 records
	// page 2 - 100 records
	// page 3 - 132 records
	// failed: false
}

// What a tool can call, as the policy leaves it.
func ExampleTool_Entities() {
	conn, box := demo()
	defer box.Close()

	set, err := tools.New(conn, tools.WithAllow("tags.*", "teams.*"), tools.WithReadOnly())
	if err != nil {
		log.Fatal(err)
	}
	tool := set.Tools()[0]
	for _, entity := range tool.Entities() {
		for _, action := range entity.Actions {
			fmt.Println(tool.Connector(), action.Signature(entity.Name))
		}
		_, known := tool.EntitySchema(entity.Name)
		fmt.Println("schema known:", known)
	}
	// Output:
	// pylon teams.list(cursor?: string)
	// pylon teams.get(id: string)
	// pylon teams.context_store_search(query: object, limit?: integer, cursor?: string, fields?: array)
	// schema known: true
	// pylon tags.list(cursor?: string)
	// pylon tags.get(id: string)
	// pylon tags.context_store_search(query: object, limit?: integer, cursor?: string, fields?: array)
	// schema known: true
}
