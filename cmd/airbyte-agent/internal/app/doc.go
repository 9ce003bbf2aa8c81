// Package app is what every command runs in: the streams, the flags that all
// commands have, the client of the Airbyte Agent API, questions to the user and
// the way results are written.
//
// Standard output holds the result alone, one JSON value unless a person looks
// at a terminal. Standard error holds at most one JSON value, the failure, so
// that a program can read it; notices go there on a terminal alone. Exceptions
// are what nobody can go on without: the page to open of login and connectors
// create, the questions, and that a sandbox is a simulator.
package app
