package pylon

import "slices"

// accountChange is everything that the service lets a caller change in an
// account: what the connector passes on, and the rest.
type accountChange struct {
	updateAccountParams

	Type          *string       `param:"account_type"`
	Channels      *[]channel    `param:"channels"`
	ExternalIDs   *[]externalID `param:"external_ids"`
	SubaccountIDs *[]string     `param:"subaccount_ids"`
	CustomFields  []fieldInput  `param:"custom_fields"`
}

func (o *Organization) changeAccount(p accountChange) (*account, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	found, err := o.findAccount(p.ID)
	if err != nil {
		return nil, err
	}
	domains, primary := found.domainsAfter(p.updateAccountParams)
	if err := o.checkDomains(found.ID, domains, primary); err != nil {
		return nil, err
	}
	if err := o.checkAccountParts(found.ID, optionalList(p.ExternalIDs), optionalList(p.Channels), optionalList(p.SubaccountIDs)); err != nil {
		return nil, err
	}
	if err := o.users.check("User", p.OwnerID); err != nil {
		return nil, err
	}
	fields, err := o.mergeFields("account", found.CustomFields, p.CustomFields)
	if err != nil {
		return nil, err
	}
	found.setDomains(domains, primary)
	found.apply(p)
	if p.SubaccountIDs != nil {
		o.setSubaccounts(found, *p.SubaccountIDs)
	}
	found.CustomFields, found.UpdatedAt = fields, o.timestamp()
	return found, nil
}

// changedAccountTypes is shorter than what a new account may be.
func changedAccountTypes() []string { return []string{"customer", "partner"} }

func (p accountChange) check() error {
	if p.Type != nil && !slices.Contains(changedAccountTypes(), *p.Type) {
		return notOneOf("account_type", *p.Type, changedAccountTypes())
	}
	return checkNotBlank("name", p.Name)
}

func (a *account) apply(p accountChange) {
	set(&a.Name, p.Name)
	set(&a.LogoURL, p.LogoURL)
	set(&a.IsDisabled, p.IsDisabled)
	set(&a.Type, p.Type)
	set(&a.Channels, p.Channels)
	set(&a.ExternalIDs, p.ExternalIDs)
	if p.OwnerID != nil {
		a.Owner = refTo(p.OwnerID)
	}
	if p.Tags != nil {
		a.Tags = distinct(*p.Tags)
	}
	if len(a.ExternalIDs) == 0 {
		a.ExternalIDs = nil // the service sends none as null
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

func channelSources() []string { return []string{sourceSlack, "microsoft_teams", "discord"} }

// checkAccountParts checks what creates and updates share. Own is the id of the
// account that is updated, or "".
func (o *Organization) checkAccountParts(own string, external []externalID, channels []channel, subaccounts []string) error {
	for _, c := range channels {
		if !slices.Contains(channelSources(), c.Source) {
			return notOneOf("channels: source", c.Source, channelSources())
		}
	}
	for _, e := range external {
		if e.ExternalID == "" {
			return badRequest("external_ids: external_id is required")
		}
		if clash, err := o.findAccount(pathID(e.ExternalID)); err == nil && clash.ID != own {
			return duplicate(clash.ID, "an account with the external id %s exists already", e.ExternalID)
		}
	}
	for _, id := range subaccounts {
		if id == own {
			return badRequest("subaccount_ids: an account cannot be its own subaccount")
		}
		if _, err := o.accounts.find("Account", id); err != nil {
			return err
		}
	}
	return nil
}

func optionalList[T any](values *[]T) []T {
	if values == nil {
		return nil
	}
	return *values
}
