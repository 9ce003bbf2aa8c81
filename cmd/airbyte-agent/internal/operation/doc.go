// Package operation describes a command by its parameters, and makes of that
// the command with its flags, the reading of --json, the checks before any
// request, and what the schema command tells.
package operation
