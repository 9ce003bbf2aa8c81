// Package login gets and keeps the credentials of the command line: through the
// browser, from prompts, or from a file and the environment.
//
// The browser way is OAuth's code flow with PKCE and a redirect to loopback.
// The token that it ends with serves for three requests, which lead to a client
// id and secret, and is then forgotten.
package login
