// Package fault holds the failure kinds that every layer shares, so that
// errors.Is gives one answer whichever layer an error comes from.
package fault

import (
	"errors"
	"net/http"
)

// Kind classifies a failure by what can be done about it.
type Kind string

// The kinds. Each but Canceled has a sentinel of the same name.
const (
	Config         Kind = "config"          // the program is set up wrongly
	Auth           Kind = "auth"            // credentials were refused
	Permission     Kind = "permission"      // credentials lack a right
	NotFound       Kind = "not_found"       // no such thing
	Ambiguous      Kind = "ambiguous"       // several things match
	Validation     Kind = "validation"      // the request is wrong
	RateLimited    Kind = "rate_limited"    // too many requests
	Unavailable    Kind = "unavailable"     // the service cannot answer now
	Unsupported    Kind = "unsupported"     // this connector cannot do that
	UnknownOutcome Kind = "unknown_outcome" // a write was sent and its answer lost
	Canceled       Kind = "canceled"        // the caller's context ended first
)

// The sentinels, matched by errors.Is.
var (
	ErrConfig         = errors.New("configuration error")
	ErrAuth           = errors.New("authentication failed")
	ErrPermission     = errors.New("permission denied")
	ErrNotFound       = errors.New("not found")
	ErrAmbiguous      = errors.New("ambiguous name")
	ErrValidation     = errors.New("invalid request")
	ErrRateLimited    = errors.New("rate limited")
	ErrUnavailable    = errors.New("service unavailable")
	ErrUnsupported    = errors.New("not supported")
	ErrUnknownOutcome = errors.New("outcome unknown")
)

var sentinels = map[Kind]error{
	Config:         ErrConfig,
	Auth:           ErrAuth,
	Permission:     ErrPermission,
	NotFound:       ErrNotFound,
	Ambiguous:      ErrAmbiguous,
	Validation:     ErrValidation,
	RateLimited:    ErrRateLimited,
	Unavailable:    ErrUnavailable,
	Unsupported:    ErrUnsupported,
	UnknownOutcome: ErrUnknownOutcome,
}

// Matches reports whether target is the sentinel of k. An unknown outcome is
// also an unavailable service: a caller that handles only the latter must not
// miss it.
func (k Kind) Matches(target error) bool {
	if target == nil {
		return false
	}
	return target == sentinels[k] || (k == UnknownOutcome && target == ErrUnavailable)
}

// Of returns the kind whose sentinel err matches, "" when it matches none.
func Of(err error) Kind {
	for _, kind := range kinds {
		if errors.Is(err, sentinels[kind]) {
			return kind
		}
	}
	return ""
}

// kinds in the order in which Of looks: an unknown outcome matches
// ErrUnavailable too, so it comes first.
var kinds = []Kind{
	UnknownOutcome, Config, Auth, Permission, NotFound, Ambiguous, Validation, RateLimited, Unavailable, Unsupported,
}

// OfStatus returns the kind of an HTTP status that is not a success.
func OfStatus(status int) Kind {
	switch {
	case status == http.StatusUnauthorized:
		return Auth
	case status == http.StatusForbidden:
		return Permission
	case status == http.StatusNotFound:
		return NotFound
	case status == http.StatusTooManyRequests:
		return RateLimited
	case status >= 400 && status < 500:
		return Validation
	default:
		return Unavailable
	}
}
