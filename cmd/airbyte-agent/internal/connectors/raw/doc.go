// Package raw calls routes of the Airbyte Agent API for commands that print the
// answer as the server sent it, in its order of keys and with all its digits.
package raw
