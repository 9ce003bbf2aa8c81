// Package direct runs the operations of a connector manifest against the
// service itself, with the program's own credentials.
//
// A call goes through fixed steps: the client-side rate limit, credentials
// (package auth), the request (package request), the transport with its retries
// (package httpx), the answer (package response), and paging. Names, types and
// values of parameters are checked by the caller before; everything that only
// the manifest knows is checked here, before anything is sent.
//
// Credentials go to the origin of the manifest's address alone. Redirects to
// other origins and download addresses elsewhere get none.
package direct
