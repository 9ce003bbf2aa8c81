package manifest

// Scheme is one way to authenticate. A manifest without any has none here: the
// service is called without credentials.
type Scheme struct {
	Name        string `json:"name"`
	Type        string `json:"type"`            // "bearer", "basic", "api_key" or "oauth2"
	In          string `json:"in,omitempty"`    // api_key: "header", "query" or "cookie"
	Key         string `json:"key,omitempty"`   // api_key: name of the header, query parameter or cookie
	Title       string `json:"title,omitempty"` // for people
	Description string `json:"description,omitempty"`

	// What the program gives, and how the scheme's own parts are made of it:
	// token (bearer), username and password (basic), api_key, access_token,
	// refresh_token, client_id and client_secret (oauth2). A Value of Mapping is
	// text with ${credential} in it.
	Fields      []CredentialField `json:"fields,omitempty"`
	Required    []string          `json:"required,omitempty"`     // names of Fields
	AllRequired bool              `json:"all_required,omitempty"` // the manifest has no list: every mapped one is
	Mapping     []Pair            `json:"mapping,omitempty"`
	Headers     []Pair            `json:"headers,omitempty"` // further headers; a Value is a template over the credentials

	OAuth *OAuth `json:"oauth,omitempty"` // of an oauth2 scheme
}

// CredentialField is one value that the program gives.
type CredentialField struct {
	Name        string `json:"name"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
}

// OAuth says how an oauth2 scheme gets access tokens.
type OAuth struct {
	Flow       string   `json:"flow"`                  // "authorizationCode", "clientCredentials", "password" or "implicit"
	TokenURL   string   `json:"token_url,omitempty"`   // template over configuration and client_id
	RefreshURL string   `json:"refresh_url,omitempty"` // template over configuration and client_id; "": tokens are not renewed
	AuthStyle  string   `json:"auth_style"`            // "body", "basic" or "none": where client id and secret go
	BodyFormat string   `json:"body_format"`           // "form" or "json"
	Extract    []string `json:"extract,omitempty"`     // members of a token answer that become configuration values
}
