// Package output writes what a command prints: JSON for programs, tables for
// people, and files that are either complete or not touched.
//
// Answers of services go through it, so nothing that it writes for a terminal
// can drive the terminal.
package output
