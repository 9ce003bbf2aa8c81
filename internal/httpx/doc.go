// Package httpx sends HTTP requests for the platform client and for direct
// mode: bounded answers, retries that never repeat a write that may have
// happened, and errors that say what the server said without any secret in it.
//
// A request says whether it writes. A read is tried again after 429, 502, 503,
// 504 and network failures, a cut answer among them, but not after an answer
// that came whole and could not be read. A write is tried again only after 429 or when no
// connection was made; once it was sent, a lost answer is
// [fault.UnknownOutcome].
package httpx
