// Package completion makes the shell offer the values of a flag.
package completion
