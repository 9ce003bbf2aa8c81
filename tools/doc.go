// Package tools turns a connector into tools that a language model calls.
//
// [New] makes the tools of a connector; [Func] makes one out of a Go function.
// A [Set] of them is what the framework adapters take (tools/openai,
// tools/langchaingo), and what a program of its own calls directly:
//
//	set, err := tools.New(conn)
//	if err != nil {
//		return err
//	}
//	out, err := set.Call(ctx, "pylon_execute", json.RawMessage(
//		`{"entity": "issues", "action": "get", "params": {"id": "1042"}}`))
//	if err != nil {
//		return err // the run cannot go on: cancelled, or a bug
//	}
//	fmt.Println(out.Text) // for the model, also when out.IsError
//
// # Two channels
//
// What the model can mend or should know, such as a wrong name, a missing
// record, a rate limit or a refused credential, is an [Output] with IsError set
// and a text that says what to do. What only the program can mend, such as an
// ended context or a panic, is a Go error. A bad argument never ends a run.
//
// # What the model reads
//
// A success is {"data": …, "meta": …}, with meta only where there is something
// to say: has_more and cursor, or truncated with returned, total and a hint. A
// failure is {"error": {"kind", "message", "hint", "retryable"}} with allowed,
// did_you_mean, signature and retry_after_seconds where they help. The kind is a
// [connector.Kind], "too_large" for a result that cannot be brought under the
// limit, or "failed" for an error of a function's own. The data are the
// service's own bytes.
//
// # Several pages in one call
//
// With [WithPages] a read goes on by itself over the service's pages, as far as
// the output limit allows. [Set.CallWithProgress] tells how far it has come.
//
// # Limits
//
// A text holds at most 100,000 characters unless [WithMaxOutput] says otherwise;
// what does not fit is left out in whole rows, and where not even one row fits
// its long texts are cut and marked. A description holds at most 1,024
// characters unless [WithDescriptionBudget] says otherwise, because several
// OpenAI deployments refuse more; signatures go into the schema and advice into
// [Set.Instructions].
package tools
