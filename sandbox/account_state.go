package sandbox

import (
	"fmt"
	"net/http"
)

// Account is what the person who signs in through [Sandbox.KeycloakURL] has
// with the simulated service. The client credentials work in every one.
type Account int

// The accounts.
const (
	// AccountReady is enrolled and a member of every organization.
	AccountReady Account = iota
	// AccountRefused does not get past the sign-in page: access_denied.
	AccountRefused
	// AccountNotEnrolled has signed in and has no account of the service yet.
	AccountNotEnrolled
	// AccountWithoutOrganization is enrolled and a member of no organization.
	AccountWithoutOrganization
	// AccountInstanceAdmin is AccountWithoutOrganization for an administrator
	// of the whole service.
	AccountInstanceAdmin
	// AccountWithoutSubscription is a member of organizations whose
	// subscription has ended: no client credentials are made, 403.
	AccountWithoutSubscription
)

// WithAccount says who signs in. The default is [AccountReady].
func WithAccount(a Account) Option {
	return func(c *config) error {
		if a < AccountReady || a > AccountWithoutSubscription {
			return fmt.Errorf("WithAccount: %d is no account", a)
		}
		c.account = a
		return nil
	}
}

// memberships are the organizations that the holder of a token belongs to.
func (s *Sandbox) memberships(token claims) []*organization {
	if token.Kind != userToken {
		return s.organizations
	}
	switch s.config.account {
	case AccountNotEnrolled, AccountWithoutOrganization, AccountInstanceAdmin:
		return nil
	case AccountReady, AccountRefused, AccountWithoutSubscription:
	}
	return s.organizations
}

type enrollment struct {
	IsNewUser        bool    `json:"is_new_user"`
	IsEnrolled       bool    `json:"is_enrolled"`
	IsInstanceAdmin  bool    `json:"is_instance_admin"`
	OrganizationID   *string `json:"organization_id"`
	OrganizationName *string `json:"organization_name"`
}

// enrollmentStatus works without the organization header: who has just signed
// up belongs to none.
func (s *Sandbox) enrollmentStatus(c *call) (response, error) {
	enrolled := s.config.account != AccountNotEnrolled
	status := enrollment{
		IsNewUser:       !enrolled,
		IsEnrolled:      enrolled,
		IsInstanceAdmin: s.config.account == AccountInstanceAdmin,
	}
	if in := s.memberships(c.token); len(in) > 0 {
		status.OrganizationID, status.OrganizationName = &in[0].id, &in[0].name
	}
	return success(status)
}

type applicationReply struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
}

const applicationID = "5a4db0c0-0000-4000-8000-000000000401"

// makeApplication gives the person client credentials, the same ones however
// often it is asked.
func (s *Sandbox) makeApplication(c *call) (response, error) {
	if c.request.Header.Get(organizationHeader) == "" {
		return response{}, refuse(http.StatusBadRequest, "Specify target organization with the X-Organization-Id header")
	}
	if len(s.memberships(c.token)) == 0 {
		return response{}, refuse(http.StatusForbidden, "You are not a member of organization %s", c.org.id)
	}
	if s.config.account == AccountWithoutSubscription {
		return response{}, refuse(http.StatusForbidden, "Organization %s has no active subscription", c.org.id)
	}
	return success(applicationReply{
		ID:           applicationID,
		Name:         "Sandbox application",
		ClientID:     ClientID,
		ClientSecret: ClientSecret,
	})
}
