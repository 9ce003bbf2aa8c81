// Package platform is a client of the Airbyte Agent API, which runs the
// actions of connectors and keeps their credentials.
//
//	client, err := platform.New(platform.WithCredentials(id, secret))
//	if err != nil {
//		return err
//	}
//	res, err := client.Execute(ctx, connectorID, platform.ExecuteRequest{
//		Entity: "issues",
//		Action: "get",
//		Params: json.RawMessage(`{"id": "1042"}`),
//	})
//
// A program that wants one connector by its name, checked parameters and pages
// of records uses package connector, which is built on this one.
//
// # Credentials
//
// [New] takes what its options give and looks up the rest in the environment
// and in ~/.airbyte-agent/settings.json. The client exchanges the pair for a
// token at its first call, shares it between all goroutines, renews it before
// it expires, and once more when the server refuses it.
//
// # Errors
//
// Every failed call is an [*Error]. Its Kind says what can be done about it
// and errors.Is matches it with [ErrAuth], [ErrNotFound] and the other
// sentinels. The HTTP status survives whatever the answer's body is. No text
// holds a secret. What only the program can mend is [ErrConfig]: missing
// settings, and credentials of several organizations without [WithOrganization].
// A client id or secret that the API refuses is [ErrCredentials].
//
// # Retries
//
// Reads are tried again after 429, 502, 503, 504 and network failures (a cut
// answer is one, an answer that came whole and is unreadable is not), with
// growing delays and as the server's Retry-After asks, up to a minute. A write
// is tried again only when it cannot have happened: no connection was made, or
// the server answered 429. A write that was sent and whose answer was lost is
// [ErrUnknownOutcome]: look before you repeat it.
//
// # Limits
//
// One attempt of an action, of a check and of creating a connector may take
// 300 seconds, of every other call 30; the context bounds all attempts
// together. An answer may have 64 MiB ([WithMaxResponseBytes]) and is held in
// memory once: the raw members of [ExecuteResponse] are parts of its Body.
// Redirects are not followed.
package platform
