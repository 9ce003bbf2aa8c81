// Package rest serves a simulated Pylon organization over HTTP the way Pylon
// serves a real one: the same paths, status codes, error bodies and headers.
//
// [NewHandler] makes the handler. A request is checked in this order: its route
// (404 or 405), its token (401), the rate limit (429), its body and parameters
// (400), the records it names (404). The records are those of the organization,
// so that what is written here shows in the hosted operations at once, and the
// other way round.
package rest
