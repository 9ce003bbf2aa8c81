// Package sandboxcmd has the command sandbox, which runs the simulators in the
// foreground.
package sandboxcmd
