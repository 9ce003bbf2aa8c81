// Package definition shows what a model gets: the tool definitions of a set in
// the exact JSON that each framework sends, and how large they are.
//
// The definitions for OpenAI and langchaingo are written here instead of by
// these libraries, which would make the command 22 MB larger and slower to start
// for the sake of one struct each. The tests hold that the libraries write the
// same bytes.
package definition
