package auth

// QueryKey is the name of the query parameter that carries the credential,
// escaped; "" when none does.
func (a *Authenticator) QueryKey() string {
	if at := a.current.Load(); at != nil {
		return at.proof.query.name
	}
	return ""
}
