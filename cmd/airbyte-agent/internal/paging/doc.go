// Package paging reads lists of the Airbyte Agent API page by page, for commands
// that print the rows as the server sent them.
package paging
