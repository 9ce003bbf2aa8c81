// Package selector finds the connector that a command is about: by its id, or
// by its name, the name of its type or the type's slug in a workspace.
package selector
