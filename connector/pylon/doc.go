// Package pylon is the typed Pylon connector: a service for each entity, a
// struct for the parameters of each action, a type for each record.
//
//	conn, err := pylon.Open(pylon.Auth{}) // the token is in PYLON_API_TOKEN
//	if err != nil {
//		return err
//	}
//	defer conn.Close()
//
//	urgent := pylon.And(pylon.Equals("state", pylon.IssueStateNew), pylon.Contains("tags", "billing"))
//	for issue, err := range conn.Issues.SearchAll(ctx, pylon.IssuesSearchParams{Filter: urgent}) {
//		if err != nil {
//			return err
//		}
//		fmt.Println(issue.Number, issue.Title, issue.CreatedAt)
//	}
//
// # Modes
//
// [Open] calls Pylon itself with an API token and has every action. [Connect]
// goes through Airbyte's hosted platform, which holds the token, and has the
// actions that the platform offers; the comment of an action says when it is
// missing there. [New] makes any connector of Pylon typed, and the untyped one is
// embedded in each [Connector]: package tools takes conn.Connector.
//
// # Parameters
//
// Values of the path are arguments, all others are fields of one struct. A field
// that may be left out is a pointer, so that empty and absent differ: Go's new
// makes one of a value, as in AssigneeID: new(""), which takes the assignee off.
// A nil slice is left out, an empty one is sent. A wrong call, such as one with
// text that is not UTF-8, ends before the network, in an error that matches
// connector.ErrValidation.
//
// # Records
//
// Pylon leaves out or nulls most members now and then; both give the zero value.
// Decoding is lenient: members that are new or of an unexpected type never fail a
// record, and values of enumerations are plain strings with constants for the
// known ones. Raw has the bytes of the record, for all that the fields do not
// tell.
//
// A [Page] has the remark that came with it. To see the remark on any other
// answer, Meta.Warning, call Execute of the embedded connector.
//
// # Errors
//
// All errors are of type *connector.Error. An answer that is no record at all
// matches connector.ErrUnavailable, and for a write connector.ErrUnknownOutcome
// too: look whether it happened before you repeat it.
package pylon

//go:generate go run ../../internal/typegen
