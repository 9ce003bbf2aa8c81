// Package connector gives a Go program a customer's data in a service that
// Airbyte's agent connectors reach.
//
// [Connect] opens a connector that the hosted Airbyte Agent API runs, which
// keeps the service's credentials:
//
//	conn, err := connector.Connect(ctx, "pylon", "default")
//	if err != nil {
//		return err
//	}
//	defer conn.Close()
//
//	issue, err := conn.Execute(ctx, "issues", "get", connector.Params{"id": "1042"})
//
// # Credentials
//
// The client id and secret come from [WithCredentials], else from the variables
// AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET, else from
// ~/.airbyte-agent/settings.json. Half a pair is an error that names the
// missing half. The workspace is Connect's argument, else AIRBYTE_WORKSPACE,
// else the settings file's, else "default".
//
// # Calls
//
// Every operation is one (entity, action, params) triple. [Connector.Entities]
// lists them with their parameters. A call that cannot be right is answered
// without a network call, with the legal values and the operation's signature.
// [Connector.Records] walks all pages of a list.
//
// # Results
//
// [Result] holds the service's own bytes: integers keep every digit and keys
// their order. Paging is brought to one form, [Meta].
//
// # Errors
//
// Every error is an [*Error] with a [Kind] and matches one of the sentinels by
// errors.Is. Its text says what to do and never holds a secret. Reads are
// repeated after passing failures. A write is repeated only when it cannot have
// happened; one whose answer was lost is [ErrUnknownOutcome].
//
// What an answer costs in memory: its body is read once, into one buffer of at
// most 64 MiB, and Result.Data is a part of that buffer.
package connector
