// Package fields keeps the named parts of a JSON answer and drops the rest, as
// the --fields flag asks.
//
// It cuts raw JSON: the order of keys, the digits of numbers and the escapes of
// texts stay as the server sent them.
package fields
