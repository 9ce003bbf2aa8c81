package pylon

import (
	"slices"
	"strings"
)

func listAccounts(o *Organization, p cursorParams) (Reply, error) {
	return listPage(o, "accounts", "", p.Cursor, o.accounts.all())
}

// findAccount accepts the id or an external id of an account.
func (o *Organization) findAccount(id pathID) (*account, error) {
	return o.accounts.findExternal("Account", string(id), func(row *account) []externalID { return row.ExternalIDs })
}

func getAccount(o *Organization, p idParams) (Reply, error) {
	found, err := o.findAccount(p.ID)
	if err != nil {
		return Reply{}, err
	}
	return plain(found)
}

type createAccountParams struct {
	Name          string   `param:"name,required"`
	Domains       []string `param:"domains"`
	PrimaryDomain string   `param:"primary_domain"`
	OwnerID       *string  `param:"owner_id"`
	LogoURL       string   `param:"logo_url"`
	Tags          []string `param:"tags"`
}

func createAccount(o *Organization, p createAccountParams) (Reply, error) {
	domains := append([]string{}, distinct(p.Domains)...)
	if err := o.checkDomains("", domains, p.PrimaryDomain); err != nil {
		return Reply{}, err
	}
	if err := o.users.check("User", p.OwnerID); err != nil {
		return Reply{}, err
	}
	now := o.timestamp()
	created := &account{
		ID: o.newID("account"), Name: p.Name, LogoURL: p.LogoURL, Owner: refTo(p.OwnerID), Type: "customer",
		Channels: []channel{}, CreatedAt: now, UpdatedAt: now, Tags: distinct(p.Tags), SubaccountIDs: []string{},
		CustomFields: map[string]fieldValue{}, LatestCustomerActivityTime: now,
	}
	created.setDomains(domains, p.PrimaryDomain)
	o.accounts.add(created.ID, created)
	return o.written(created)
}

type updateAccountParams struct {
	ID            pathID    `param:"id,required"`
	Name          *string   `param:"name"`
	Domains       *[]string `param:"domains"`
	PrimaryDomain *string   `param:"primary_domain"`
	OwnerID       *string   `param:"owner_id"`
	LogoURL       *string   `param:"logo_url"`
	IsDisabled    *bool     `param:"is_disabled"`
	Tags          *[]string `param:"tags"`
}

func updateAccount(o *Organization, p updateAccountParams) (Reply, error) {
	if err := checkNotBlank("name", p.Name); err != nil {
		return Reply{}, err
	}
	found, err := o.findAccount(p.ID)
	if err != nil {
		return Reply{}, err
	}
	domains, primary := found.domainsAfter(p)
	if err := o.checkDomains(found.ID, domains, primary); err != nil {
		return Reply{}, err
	}
	if err := o.users.check("User", p.OwnerID); err != nil {
		return Reply{}, err
	}
	found.setDomains(domains, primary)
	found.apply(p)
	found.UpdatedAt = o.timestamp()
	return o.written(found)
}

func (a *account) apply(p updateAccountParams) {
	set(&a.Name, p.Name)
	set(&a.LogoURL, p.LogoURL)
	set(&a.IsDisabled, p.IsDisabled)
	if p.OwnerID != nil {
		a.Owner = refTo(p.OwnerID)
	}
	if p.Tags != nil {
		a.Tags = distinct(*p.Tags)
	}
}

// domainsAfter returns the domains as the update would leave them. A primary
// domain that is dropped with its list gives way to the first of the new one.
func (a *account) domainsAfter(p updateAccountParams) (domains []string, primary string) {
	domains, primary = a.Domains, a.PrimaryDomain
	if p.Domains != nil {
		domains = append([]string{}, distinct(*p.Domains)...)
		if !slices.Contains(domains, primary) {
			primary = ""
		}
	}
	set(&primary, p.PrimaryDomain)
	return domains, primary
}

// setDomains falls back to the first domain as the primary one, and keeps the
// older domain key in step with it.
func (a *account) setDomains(domains []string, primary string) {
	if primary == "" && len(domains) > 0 {
		primary = domains[0]
	}
	a.Domains, a.PrimaryDomain, a.Domain = domains, primary, primary
}

func (o *Organization) checkDomains(ownID string, domains []string, primary string) error {
	if primary != "" && !slices.Contains(domains, primary) {
		return badRequest("primary_domain %q must be one of domains", primary)
	}
	for _, row := range o.accounts.all() {
		for _, domain := range domains {
			if row.ID != ownID && slices.Contains(row.Domains, domain) {
				return duplicate(row.ID, "an account with the domain %s exists already", domain)
			}
		}
	}
	return nil
}

func (o *Organization) accountByEmail(email string) *accountRef {
	_, domain, _ := strings.Cut(email, "@")
	for _, row := range o.accounts.all() {
		if slices.Contains(row.Domains, strings.ToLower(domain)) {
			return &accountRef{ID: row.ID}
		}
	}
	return nil
}

// set copies an optional parameter; nil leaves the target as it is.
func set[T any](target, value *T) {
	if value != nil {
		*target = *value
	}
}
