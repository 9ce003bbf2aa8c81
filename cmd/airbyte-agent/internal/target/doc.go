// Package target opens the connector that a command is about, in either mode:
// hosted, where the Airbyte Agent API holds the service's credentials, or
// direct, where this process does.
package target
