// Package envelope is the JSON boundary: it opens the answers of the hosted
// platform and writes what a language model reads.
//
// Both directions work on raw bytes. An answer is checked and cut in one pass;
// its records are never turned into Go values and back, so large integers,
// unusual Unicode and key order stay as the service sent them.
package envelope
