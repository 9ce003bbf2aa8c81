package pylon

import (
	"fmt"
	"log/slog"
)

// TokenVariable is the environment variable that holds the API token when Auth
// does not.
const TokenVariable = "PYLON_API_TOKEN"

// HostVariable is the environment variable that holds the address of Pylon's
// API, such as that of a simulator, when neither Auth.Region nor
// connector.WithBaseURL says it.
const HostVariable = "PYLON_API_HOST"

// Auth is what Pylon asks of a program in open source mode. Printing or logging
// it shows only whether it has a token.
type Auth struct {
	// APIToken is the token of the organization, which an admin makes under
	// Settings, API tokens. Default: the variable PYLON_API_TOKEN.
	APIToken string
	// Region is where the organization's data is. A token works in its own region
	// alone. Default: the address in PYLON_API_HOST, or else US. Given together
	// with connector.WithBaseURL, the address of the latter is called and the
	// region makes no difference.
	Region Region
}

// Region is a place where Pylon keeps data.
type Region string

// The regions.
const (
	US Region = "us"
	EU Region = "eu"
)

// hosts are the addresses of the regions' APIs.
var hosts = map[Region]string{US: "api.usepylon.com", EU: "api.eu.usepylon.com"}

// String tells whether there is a token, and the region.
func (a Auth) String() string {
	token := "unset"
	if a.APIToken != "" {
		token = "set"
	}
	return fmt.Sprintf("pylon.Auth{APIToken: %s, Region: %q}", token, string(a.Region))
}

// GoString is String, for %#v.
func (a Auth) GoString() string { return a.String() }

// LogValue is String, for package slog.
func (a Auth) LogValue() slog.Value { return slog.StringValue(a.String()) }
