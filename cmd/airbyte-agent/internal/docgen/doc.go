// Command docgen writes docs/cli.md, the manual of airbyte-agent: texts of its
// own folder, and a reference of every command from the tree of commands itself.
// go generate runs it in cmd/airbyte-agent.
package main
