package tools_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// The fields of the input are the arguments; their tags tell the model about them.
func ExampleFunc() {
	ctx := context.Background()
	type input struct {
		Plan  string `json:"plan" jsonschema:"enum=starter,enum=team,description=The plan the customer asks about"`
		Seats int    `json:"seats,omitempty" jsonschema:"minimum=1,default=1"`
	}
	type quote struct {
		Dollars int `json:"dollars"`
	}
	tool, err := tools.Func(
		"price", "The monthly price of a plan.",
		func(_ context.Context, in input) (quote, error) {
			if in.Plan == "starter" && in.Seats > 5 {
				return quote{}, errors.New("the starter plan has at most 5 seats")
			}
			return quote{Dollars: max(in.Seats, 1) * map[string]int{"starter": 10, "team": 25}[in.Plan]}, nil
		},
		tools.WithEffect(connector.Read),
	)
	if err != nil {
		log.Fatal(err)
	}

	for _, args := range []string{
		`{"plan": "team", "seats": 4}`,
		`{"plan": "starter", "seats": 40}`, // the function refuses
		`{"plan": "gold"}`,                 // the schema refuses
	} {
		out, err := tool.Call(ctx, json.RawMessage(args))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(out.Text)
	}
	// Output:
	// {"data":{"dollars":100}}
	// {"error":{"kind":"failed","message":"the starter plan has at most 5 seats","retryable":false}}
	// {"error":{"kind":"validation","message":"arguments do not fit: plan: value must be one of 'starter', 'team'","hint":"correct the arguments and call again","retryable":false}}
}

// A function of one's own around a connector, with the checks, the logging or
// the filtering that the program wants. The model is told what the connector
// can do: in the description, and in the schema of entity, action and params.
func ExampleWithCapabilities() {
	ctx := context.Background()
	conn, box := demo()
	defer box.Close()

	type input struct {
		Entity string           `json:"entity"`
		Action string           `json:"action"`
		Params connector.Params `json:"params,omitempty"`
	}
	tool, err := tools.Func(
		"support_desk", "Answer questions about our support desk.",
		func(ctx context.Context, in input) (*connector.Result, error) {
			fmt.Println("the model wants", in.Entity, in.Action)
			return conn.Execute(ctx, in.Entity, in.Action, in.Params)
		},
		tools.WithCapabilities(conn),
	)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.Join(strings.SplitAfter(tool.Description(), ".")[:2], ""))

	for _, args := range []string{
		`{"entity": "me", "action": "get"}`,
		`{"entity": "tags", "action": "get"}`,
	} {
		out, err := tool.Call(ctx, json.RawMessage(args))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(out.Text)
	}
	// Output:
	// Answer questions about our support desk.
	// Read and change the customer's data in Pylon.
	// the model wants me get
	// {"data":{"id":"6d497734-d4cc-4234-8425-8522cddf5bda","name":"Northlight Analytics","user":{"id":"9102d5b5-0f01-4913-abf9-defa91526e50"}}}
	// the model wants tags get
	// {"error":{"kind":"validation","message":"required parameter \"id\" is missing (Tag id (UUID), from tags.list; not the text of the tag)","hint":"correct the arguments as the message says, then call again","retryable":false,"signature":"tags.get(id: string)"}}
}

// What a tool may do tells a program which calls to confirm.
func ExampleWithEffect() {
	tool, err := tools.Func(
		"page_on_call", "Wake the engineer on call.",
		func(context.Context, struct{}) (string, error) { return "paged", nil },
		tools.WithEffect(connector.Write),
	)
	if err != nil {
		log.Fatal(err)
	}
	if tool.Effect() != connector.Read {
		fmt.Printf("Let the model call %s? [y/N]\n", tool.Name())
	}
	// Output: Let the model call page_on_call? [y/N]
}
