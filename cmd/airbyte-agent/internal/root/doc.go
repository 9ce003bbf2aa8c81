// Package root is the whole tree of commands and the way one of them is run.
package root
