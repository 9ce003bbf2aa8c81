// Package auth puts a service's own credentials on requests, as the manifest's
// security schemes say: a bearer token, a user name and password, an API key
// in a header, the query or a cookie, or OAuth 2.0 tokens that it gets and
// renews itself.
//
// [New] checks everything that can be known without asking anybody, so that a
// program with wrong credentials fails at the line that gave them. A request
// then takes a [Grant], sends what it says, and after a 401 asks
// [Authenticator.Renew] once for a newer one:
//
//	grant, err := a.Grant(ctx)
//	// …
//	query := grant.Apply(header, query)
//	// send; on a 401, once:
//	grant, renewed, err := a.Renew(ctx, grant)
//
// No lock is held while anything is sent: a grant knows the generation of its
// token, and a caller whose token is older than the current one gets the
// current one without a request. All callers that need a new token at the same
// time wait for one token request, because many services accept a refresh
// token only once.
package auth
