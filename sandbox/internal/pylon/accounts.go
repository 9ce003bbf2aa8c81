package pylon

import (
	"cmp"
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
	created, err := o.addAccount(accountInput{
		Name: p.Name, Domains: p.Domains, PrimaryDomain: p.PrimaryDomain, OwnerID: p.OwnerID, LogoURL: p.LogoURL, Tags: p.Tags,
	})
	if err != nil {
		return Reply{}, err
	}
	return o.written(created)
}

// accountInput is everything that the service takes for a new account.
type accountInput struct {
	Name          string       `param:"name,required"`
	Type          string       `param:"account_type"`
	Domain        string       `param:"domain"` // the service's older form of domains
	Domains       []string     `param:"domains"`
	PrimaryDomain string       `param:"primary_domain"`
	OwnerID       *string      `param:"owner_id"`
	LogoURL       string       `param:"logo_url"`
	Tags          []string     `param:"tags"`
	Channels      []channel    `param:"channels"`
	ExternalIDs   []externalID `param:"external_ids"`
	SubaccountIDs []string     `param:"subaccount_ids"`
	CustomFields  []fieldInput `param:"custom_fields"`
}

func (o *Organization) addAccount(p accountInput) (*account, error) {
	domains := append([]string{}, distinct(p.Domains)...)
	if p.Domain != "" && len(domains) == 0 {
		domains = []string{p.Domain}
	}
	if err := o.checkAccount(p, domains); err != nil {
		return nil, err
	}
	fields, err := o.mergeFields("account", nil, p.CustomFields)
	if err != nil {
		return nil, err
	}
	now := o.timestamp()
	created := &account{
		ID: o.newID("account"), Name: p.Name, LogoURL: p.LogoURL, Owner: refTo(p.OwnerID), Type: cmp.Or(p.Type, "customer"),
		Channels: append([]channel{}, p.Channels...), CreatedAt: now, UpdatedAt: now, Tags: distinct(p.Tags),
		SubaccountIDs: []string{}, ExternalIDs: p.ExternalIDs, CustomFields: fields, LatestCustomerActivityTime: now,
	}
	created.setDomains(domains, p.PrimaryDomain)
	o.accounts.add(created.ID, created)
	o.setSubaccounts(created, p.SubaccountIDs)
	return created, nil
}

func accountTypes() []string { return []string{"customer", "internal", "community", "partner"} }

func (o *Organization) checkAccount(p accountInput, domains []string) error {
	if p.Type != "" && !slices.Contains(accountTypes(), p.Type) {
		return notOneOf("account_type", p.Type, accountTypes())
	}
	if err := o.checkDomains("", domains, p.PrimaryDomain); err != nil {
		return err
	}
	if err := o.checkAccountParts("", p.ExternalIDs, p.Channels, p.SubaccountIDs); err != nil {
		return err
	}
	return o.users.check("User", p.OwnerID)
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
	found, err := o.changeAccount(accountChange{updateAccountParams: p})
	if err != nil {
		return Reply{}, err
	}
	return o.written(found)
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
	for _, domain := range domains {
		if strings.ContainsAny(domain, ":/@ ") {
			return badRequest("domains: %q must be a bare host such as example.com", domain)
		}
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
