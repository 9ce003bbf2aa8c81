// Package mcp serves tool sets over the Model Context Protocol, with the official
// SDK: to the assistants that people have, and to any program that speaks it. It
// is usually imported as mcptools.
//
// # A whole program
//
// A server that a client such as Claude Desktop starts, and talks to over
// standard input and output:
//
//	package main
//
//	import (
//		"context"
//		"log"
//		"os"
//		"os/signal"
//
//		"github.com/agentsdk-go/airbyte/connector"
//		"github.com/agentsdk-go/airbyte/tools"
//		mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
//	)
//
//	func main() {
//		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
//		defer stop()
//		conn, err := connector.Connect(ctx, "pylon", "default") // AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
//		if err != nil {
//			log.Fatal(err)
//		}
//		defer conn.Close()
//		set, err := tools.New(conn, tools.WithReadOnly())
//		if err != nil {
//			log.Fatal(err)
//		}
//		server, err := mcptools.NewServer(set)
//		if err != nil {
//			log.Fatal(err)
//		}
//		if err := server.Run(ctx, mcptools.Stdio(os.Stdin, os.Stdout)); err != nil && ctx.Err() == nil {
//			log.Fatal(err)
//		}
//	}
//
// [NewHandler] serves the same server over HTTP.
//
// # What a client gets
//
// [AddTools] adds the tools alone, to a server that a program has already.
// [NewServer] adds to them instructions for the model, a resource for each entity
// and one for the JSON Schema of its records
// (airbyte://pylon/entities/issues, airbyte://pylon/entities/issues/schema), one
// for the whole guidance (airbyte://pylon/guide), and the connector's example
// questions as prompts. All of it follows the policy of the set: what a tool
// cannot call is not shown.
//
// Clients cut long instructions, so that NewServer sends at most
// [MaxInstructions] bytes, the rules first: the set's own where they fit, else
// the rules, where the guide is, and the names of the entities.
//
// A tool says if it reads alone (readOnlyHint), if it can replace or delete
// something (destructiveHint: to create is not), and if a call may be repeated
// without a further effect (idempotentHint: reads, updates and deletions). An
// execute tool says the worst that its policy permits, so that
// [tools.WithReadOnly] makes it one that clients need not ask about.
//
// A result is the envelope that package tools describes, as text and as
// structured content, unless [WithoutStructured] leaves that out. A client that
// sends a progress token hears of each page of a read that is followed over
// several; see [tools.WithPages].
//
// # Failures
//
// Every failure of a call is a result with isError, the model's mistakes and
// unknown tools among them, because clients end a run on a protocol error. That
// holds for what is a Go error elsewhere too: a panic, a wrong set-up, a call that
// ran out of the program's own time. The model is told that it must not go on; what
// it is not told goes to [WithLogger]. Only a call that its client has cancelled
// ends in a protocol error, which [Stdio] does not send.
//
// # Standard input and output
//
// [Stdio] goes on after a line that is no message, where the SDK's own transport
// ends the session. When the input ends it finishes what it has read, so that a
// file of requests can be piped in. Nothing else may write to standard output
// while it runs. A program should ignore SIGPIPE, or the system ends it when its
// client goes away in the middle of an answer.
package mcp
