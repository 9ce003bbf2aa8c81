package pylon_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// start runs the simulator that the examples talk to.
func start() *sandbox.Sandbox {
	box, err := sandbox.Start()
	if err != nil {
		log.Fatal(err)
	}
	return box
}

// demo opens a connector to the simulator. A program has pylon.Open(pylon.Auth{})
// in its place, and its token in PYLON_API_TOKEN.
func demo(box *sandbox.Sandbox) *pylon.Connector {
	conn, err := pylon.Open(pylon.Auth{APIToken: sandbox.PylonToken}, connector.WithBaseURL(box.PylonURL()))
	if err != nil {
		log.Fatal(err)
	}
	return conn
}

func ExampleOpen() {
	box := start()
	defer box.Close()

	// Without options it is the real service.
	conn, err := pylon.Open(pylon.Auth{APIToken: sandbox.PylonToken}, connector.WithBaseURL(box.PylonURL()))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()

	issue, err := conn.Issues.Get(context.Background(), "1042")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(issue.Number, issue.Title)
	// Output:
	// 1042 Please add a dark mode 🌙
}

func ExampleConnect() {
	ctx := context.Background()
	box := start()
	defer box.Close()

	// Without options it is the real platform, with AIRBYTE_CLIENT_ID and
	// AIRBYTE_CLIENT_SECRET from the environment.
	conn, err := pylon.Connect(
		ctx, "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()

	me, err := conn.Me.Get(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(me.Name)
	// Output:
	// Northlight Analytics
}

func ExampleNew() {
	ctx := context.Background()
	box := start()
	defer box.Close()

	untyped, err := connector.Connect(
		ctx, "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
	)
	if err != nil {
		log.Fatal(err)
	}
	conn := pylon.New(untyped)
	defer conn.Close()

	teams, err := conn.Teams.List(ctx, pylon.TeamsListParams{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(teams.Records[0].Name)
	// Output:
	// Frontline Support
}

func ExampleIssuesService_SearchAll() {
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	open := pylon.And(
		pylon.In("state", pylon.IssueStateNew, pylon.IssueStateWaitingOnYou),
		pylon.After("created_at", time.Now().AddDate(0, 0, -30)),
	)
	n := 0
	for issue, err := range conn.Issues.SearchAll(context.Background(), pylon.IssuesSearchParams{Filter: open}) {
		if err != nil {
			log.Fatal(err)
		}
		if issue.Assignee.ID == "" {
			n++
		}
	}
	fmt.Println("issues that nobody handles:", n > 0)
	// Output:
	// issues that nobody handles: true
}

func ExampleIssuesService_Update() {
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	// What is nil stays as it is; an empty text takes the assignee off.
	issue, err := conn.Issues.Update(context.Background(), "1042", pylon.IssuesUpdateParams{
		State:      new(pylon.IssueStateOnHold),
		AssigneeID: new(""),
		Tags:       []string{"billing", "export"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(issue.State, strings.Join(issue.Tags, "+"), issue.Assignee.ID == "")
	// Output:
	// on_hold billing+export true
}

func ExampleAttachmentsService_Create() {
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	file, err := conn.Attachments.Create(context.Background(), pylon.AttachmentsCreateParams{
		File: pylon.File{Name: "steps.txt", ContentType: "text/plain", Content: []byte("1. Open the report.")},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(file.Name, file.URL != "")
	// Output:
	// steps.txt true
}

// Raw has what the fields do not tell, such as whether a member was null or
// missing.
func ExampleIssue() {
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	issue, err := conn.Issues.Get(context.Background(), "1042")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(issue.SnoozedUntilTime.IsZero(), gjson.GetBytes(issue.Raw, "snoozed_until_time").Exists())
	// Output:
	// true false
}

func Example_errors() {
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	_, err := conn.Issues.Get(context.Background(), "999999")
	fmt.Println(errors.Is(err, connector.ErrNotFound))

	_, err = conn.Issues.Create(context.Background(), pylon.IssuesCreateParams{Title: "Export fails"})
	fmt.Println(errors.Is(err, connector.ErrValidation))
	// Output:
	// true
	// true
}

// show prints a filter as it is sent.
func show(filter pylon.Filter) {
	text, err := json.Marshal(filter)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text))
}

// Filters are values: build them where they are needed, and join them.
func ExampleAnd() {
	show(pylon.And(pylon.Equals("state", "new"), pylon.Or(pylon.IsSet("assignee_id"), pylon.IsUnset("team_id"))))
	show(pylon.And(pylon.Contains("tags", "billing"), pylon.NotContains("tags", "spam"), pylon.NotIn("state", "closed", "on_hold")))
	show(pylon.And(pylon.StringContains("title", "export"), pylon.StringNotContains("title", "import")))
	// Output:
	// {"operator":"and","subfilters":[{"field":"state","operator":"equals","value":"new"},{"operator":"or","subfilters":[{"field":"assignee_id","operator":"is_set"},{"field":"team_id","operator":"is_unset"}]}]}
	// {"operator":"and","subfilters":[{"field":"tags","operator":"contains","value":"billing"},{"field":"tags","operator":"does_not_contain","value":"spam"},{"field":"state","operator":"not_in","values":["closed","on_hold"]}]}
	// {"operator":"and","subfilters":[{"field":"title","operator":"string_contains","value":"export"},{"field":"title","operator":"string_does_not_contain","value":"import"}]}
}

func ExampleBetween() {
	start := time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC)
	end := start.AddDate(0, 1, 0)
	show(pylon.Between("created_at", start, end))
	show(pylon.Before("due_date", end))
	// Output:
	// {"field":"created_at","operator":"time_range","values":["2026-03-01T00:00:00Z","2026-04-01T00:00:00Z"]}
	// {"field":"due_date","operator":"time_is_before","value":"2026-04-01T00:00:00Z"}
}

// Pylon takes numbers as text, and the filters write them so.
func ExampleGreaterThan() {
	show(pylon.GreaterThan("seats", 100))
	show(pylon.AtLeast("seats", 100))
	show(pylon.LessThan("load", 12.5))
	show(pylon.AtMost("load", 12.5))
	show(pylon.NotEquals("plan", "trial"))
	// Output:
	// {"field":"seats","operator":"greater_than","value":"100"}
	// {"field":"seats","operator":"greater_than_or_equals","value":"100"}
	// {"field":"load","operator":"less_than","value":"12.5"}
	// {"field":"load","operator":"less_than_or_equals","value":"12.5"}
	// {"field":"plan","operator":"not_equals","value":"trial"}
}
