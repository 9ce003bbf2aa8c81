package examples_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/tools"
)

// The README shows the bodies of these functions, so they begin where a
// reader's program has a ctx, or a conn, already.

var (
	ctx  = context.Background()
	conn *connector.Connector // opened by TestMain
)

func Example_hosted() {
	conn, err := connector.Connect(ctx, "pylon", "default") // AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
	if err != nil {
		log.Fatal(err)
	}
	res, err := conn.Execute(ctx, "issues", "get", connector.Params{"id": "1042"})
	if err != nil {
		log.Fatal(err)
	}
	var issue struct{ Number int }
	err = res.Decode(&issue)
	fmt.Println(issue.Number, err)
	// Output: 1042 <nil>
}

func Example_openSource() {
	conn, err := pylon.Open(pylon.Auth{}) // PYLON_API_TOKEN
	if err != nil {
		log.Fatal(err)
	}
	res, err := conn.Execute(ctx, "issues", "get", connector.Params{"id": "1042"})
	if err != nil {
		log.Fatal(err)
	}
	var issue struct{ Number int }
	err = res.Decode(&issue)
	fmt.Println(issue.Number, err)
	// Output: 1042 <nil>
}

func Example_typed() {
	conn, err := pylon.Open(pylon.Auth{}) // or pylon.Connect(ctx, "default")
	if err != nil {
		log.Fatal(err)
	}
	issue, err := conn.Issues.Get(ctx, "1042")
	if err != nil {
		log.Fatal(err)
	}
	_, err = conn.Issues.Update(ctx, issue.ID, pylon.IssuesUpdateParams{State: new("on_hold"), Tags: append(issue.Tags, "billing")})
	fmt.Println(issue.Number, err)
	// Output: 1042 <nil>
}

func Example_fromPython() {
	type input struct {
		Entity string           `json:"entity"`
		Action string           `json:"action"`
		Params connector.Params `json:"params,omitempty"`
	}
	tool, err := tools.Func("pylon_execute", "Ask about our support data.",
		func(ctx context.Context, in input) (*connector.Result, error) {
			return conn.Execute(ctx, in.Entity, in.Action, in.Params)
		}, tools.WithCapabilities(conn))
	fmt.Println(tool.Name(), err)
	// Output: pylon_execute <nil>
}

func Example_function() {
	type input struct {
		Email string `json:"email" jsonschema:"description=Email address of the customer"`
	}
	plan, err := tools.Func("customer_plan", "Tells which plan a customer is on.",
		func(_ context.Context, in input) (string, error) {
			if in.Email == "ada@example.com" {
				return "enterprise", nil
			}
			return "", errors.New("no customer has this email address")
		})
	if err != nil {
		log.Fatal(err)
	}
	set, err := tools.NewSet(plan) // tools.Join(set, …) puts it beside a connector's
	if err != nil {
		log.Fatal(err)
	}
	out, err := set.Call(ctx, "customer_plan", json.RawMessage(`{"email": "ada@example.com"}`))
	fmt.Println(out.Text, err)
	// Output: {"data":"enterprise"} <nil>
}

func Example_execute() {
	res, err := conn.Execute(ctx, "issues", "get", connector.Params{"id": "1042"})
	if errors.Is(err, connector.ErrNotFound) {
		fmt.Println("no such issue")
		return
	}
	if err != nil {
		log.Fatal(err) // errors.As gives *connector.Error: kind, HTTP status, what to do
	}
	var issue struct{ Title string }
	err = res.Decode(&issue)
	fmt.Println(issue.Title, err)
	// Output: Please add a dark mode 🌙 <nil>
}

func Example_failure() {
	set, err := tools.New(conn, tools.WithAllow("issues.*", "messages.list"))
	if err != nil {
		log.Fatal(err)
	}
	out, err := set.Call(ctx, "pylon_execute", json.RawMessage(`{"entity": "issue", "action": "get"}`))
	fmt.Println(out.Text, err)
	// Output: {"error":{"kind":"validation","message":"unknown entity \"issue\"","hint":"use one of the allowed entities","retryable":false,"did_you_mean":"issues","allowed":["issues","messages"]}} <nil>
}
