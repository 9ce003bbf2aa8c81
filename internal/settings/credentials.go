package settings

import (
	"cmp"
	"errors"
)

// The environment variables.
const (
	EnvClientID     = "AIRBYTE_CLIENT_ID"
	EnvClientSecret = "AIRBYTE_CLIENT_SECRET"
	EnvOrganization = "AIRBYTE_ORGANIZATION_ID"
	EnvWorkspace    = "AIRBYTE_WORKSPACE"
	EnvHost         = "AIRBYTE_API_HOST"
)

// Credentials say who calls.
type Credentials struct {
	ClientID     string
	ClientSecret string
	Token        string // a ready bearer token; no pair is needed then
	Organization string // "" when it is left to the server
}

// pair is a client id and secret, and how their source calls them.
type pair struct {
	id, secret         string
	idName, secretName string
	where              string
}

func (p pair) empty() bool { return p.id == "" && p.secret == "" }

// check refuses half a pair: taking the other half from the next source would
// mix two accounts.
func (p pair) check() error {
	switch {
	case p.id == "" && p.secret != "":
		return configError("%s %s is missing: %s is there, give both", p.where, p.idName, p.secretName)
	case p.id != "" && p.secret == "":
		return configError("%s %s is missing: %s is there, give both", p.where, p.secretName, p.idName)
	default:
		return nil
	}
}

// Resolve completes what the program gave from the environment, then from the
// settings file. The pair comes from one source, never mixed. The file's
// organization belongs to the file's pair and is used only with it. The file
// is not read when the pair is known before.
//
// Every error matches fault.ErrConfig.
func (s System) Resolve(given Credentials) (Credentials, error) {
	option := pair{given.ClientID, given.ClientSecret, "client id", "client secret", "in the credentials given,"}
	if err := option.check(); err != nil {
		return Credentials{}, err
	}
	given.Organization = cmp.Or(given.Organization, s.Getenv(EnvOrganization))
	if given.Token != "" || !option.empty() {
		return given, nil
	}
	env := pair{s.Getenv(EnvClientID), s.Getenv(EnvClientSecret), EnvClientID, EnvClientSecret, "in the environment,"}
	if err := env.check(); err != nil {
		return Credentials{}, err
	}
	if !env.empty() {
		given.ClientID, given.ClientSecret = env.id, env.secret
		return given, nil
	}
	return s.fromFile(given)
}

func (s System) fromFile(given Credentials) (Credentials, error) {
	file, path, err := s.read()
	if err != nil {
		return Credentials{}, err
	}
	stored := pair{
		file.Credentials.ClientID, file.Credentials.ClientSecret,
		"settings.credentials.client_id", "settings.credentials.client_secret", "in " + path + ",",
	}
	if err := stored.check(); err != nil {
		return Credentials{}, err
	}
	if stored.empty() {
		return Credentials{}, missing(path)
	}
	given.ClientID, given.ClientSecret = stored.id, stored.secret
	given.Organization = cmp.Or(given.Organization, file.OrganizationID)
	return given, nil
}

// ErrNone is matched by the error of Resolve when there are no credentials at
// all.
var ErrNone = errors.New("no credentials")

func missing(path string) error {
	return configError("%w: give them with WithCredentials, set %s and %s, or log in with the "+
		"airbyte-agent command line, which writes %s",
		ErrNone, EnvClientID, EnvClientSecret, cmp.Or(path, "~/.airbyte-agent/settings.json"))
}
