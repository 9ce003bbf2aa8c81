package pylon

import (
	"slices"
	"strings"
)

func portalRoles() []string { return []string{"no_access", "member", "admin"} }

// contactInput is everything that the service takes for a new contact.
type contactInput struct {
	Name               string       `param:"name,required"`
	Email              string       `param:"email"`
	AccountID          *string      `param:"account_id"`
	AccountExternalID  *string      `param:"account_external_id"`
	AvatarURL          string       `param:"avatar_url"`
	PhoneNumbers       []string     `param:"phone_numbers"`
	PrimaryPhoneNumber *string      `param:"primary_phone_number"`
	PortalRole         *string      `param:"portal_role"`
	PortalRoleID       *string      `param:"portal_role_id"`
	ExternalIDs        []externalID `param:"external_ids"`
	CustomFields       []fieldInput `param:"custom_fields"`
}

func (o *Organization) makeContact(p contactInput) (*contact, error) {
	if err := o.checkEmail("", p.Email); err != nil {
		return nil, err
	}
	if err := o.checkContactParts("", p.PortalRole, p.PhoneNumbers, p.PrimaryPhoneNumber, p.ExternalIDs); err != nil {
		return nil, err
	}
	in, err := o.accountNamed(p.AccountID, p.AccountExternalID)
	if err != nil {
		return nil, err
	}
	fields, err := o.mergeFields("contact", nil, p.CustomFields)
	if err != nil {
		return nil, err
	}
	created := o.addContact(p.Name, p.Email, in)
	created.AvatarURL, created.CustomFields, created.ExternalIDs = p.AvatarURL, fields, p.ExternalIDs
	created.setPhones(p.PhoneNumbers, p.PrimaryPhoneNumber)
	set(&created.PortalRole, p.PortalRole)
	created.PortalRoleID = nonEmpty(p.PortalRoleID)
	return created, nil
}

// accountNamed returns the account that a write names by id or by external id,
// nil for none.
func (o *Organization) accountNamed(id, external *string) (*accountRef, error) {
	switch {
	case !blank(id) && !blank(external):
		return nil, badRequest("account_id and account_external_id exclude each other")
	case !blank(id):
		return accountRefTo(id), o.accounts.check("Account", id)
	case !blank(external):
		found, err := o.findAccount(pathID(*external))
		if err != nil {
			return nil, err
		}
		return &accountRef{ID: found.ID}, nil
	}
	return nil, nil //nolint:nilnil // no account is no failure
}

// emailInput is how an update sends an address; reads show plain strings.
type emailInput struct {
	Email     string `json:"email"`
	IsPrimary bool   `json:"is_primary"`
}

// contactChange is everything that the service lets a caller change in a
// contact: what the connector passes on, and the rest.
type contactChange struct {
	updateContactParams

	Emails             *[]emailInput `param:"emails"`
	AccountExternalID  *string       `param:"account_external_id"`
	AvatarURL          *string       `param:"avatar_url"`
	PhoneNumbers       *[]string     `param:"phone_numbers"`
	PrimaryPhoneNumber *string       `param:"primary_phone_number"`
	PortalRole         *string       `param:"portal_role"`
	PortalRoleID       *string       `param:"portal_role_id"`
	ExternalIDs        *[]externalID `param:"external_ids"`
	CustomFields       []fieldInput  `param:"custom_fields"`
}

func (o *Organization) changeContact(p contactChange) (*contact, error) {
	if p.Email != nil && p.Emails != nil {
		return nil, badRequest("email and emails exclude each other")
	}
	if err := checkNotBlank("name", p.Name); err != nil {
		return nil, err
	}
	found, err := o.findContact(p.ID)
	if err != nil {
		return nil, err
	}
	if err := o.checkContactChange(found, p); err != nil {
		return nil, err
	}
	in, err := o.accountNamed(p.AccountID, p.AccountExternalID)
	if err != nil {
		return nil, err
	}
	fields, err := o.mergeFields("contact", found.CustomFields, p.CustomFields)
	if err != nil {
		return nil, err
	}
	if p.AccountID != nil || p.AccountExternalID != nil {
		found.Account = in
	}
	found.apply(p)
	found.CustomFields = fields
	return found, nil
}

func (o *Organization) checkContactChange(found *contact, p contactChange) error {
	emails := optionalList(p.Emails)
	if p.Email != nil {
		emails = []emailInput{{Email: *p.Email}}
	}
	for _, e := range emails {
		if p.Emails != nil && e.Email == "" {
			return badRequest("emails: email is required")
		}
		if err := o.checkEmail(found.ID, e.Email); err != nil {
			return err
		}
	}
	phones := found.PhoneNumbers
	set(&phones, p.PhoneNumbers)
	return o.checkContactParts(found.ID, p.PortalRole, phones, p.PrimaryPhoneNumber, optionalList(p.ExternalIDs))
}

func (c *contact) apply(p contactChange) {
	set(&c.Name, p.Name)
	set(&c.AvatarURL, p.AvatarURL)
	set(&c.PortalRole, p.PortalRole)
	set(&c.ExternalIDs, p.ExternalIDs)
	if p.PortalRoleID != nil {
		c.PortalRoleID = nonEmpty(p.PortalRoleID)
	}
	if p.Email != nil {
		c.setEmail(*p.Email)
	}
	if p.Emails != nil {
		c.setEmails(*p.Emails)
	}
	if p.PhoneNumbers != nil || p.PrimaryPhoneNumber != nil {
		phones, primary := c.PhoneNumbers, p.PrimaryPhoneNumber
		set(&phones, p.PhoneNumbers)
		if primary == nil && c.PrimaryPhoneNumber != nil && slices.Contains(phones, *c.PrimaryPhoneNumber) {
			primary = c.PrimaryPhoneNumber
		}
		c.setPhones(phones, primary)
	}
	if len(c.ExternalIDs) == 0 {
		c.ExternalIDs = nil // the service sends none as null
	}
}

// setEmails takes the first address as the primary one unless one is marked.
func (c *contact) setEmails(emails []emailInput) {
	c.Email, c.Emails = nil, []string{}
	for _, e := range emails {
		c.Emails = append(c.Emails, e.Email)
		if c.Email == nil || e.IsPrimary {
			c.Email = new(e.Email)
		}
	}
}

// setPhones takes the first number as the primary one unless one is named.
func (c *contact) setPhones(numbers []string, primary *string) {
	c.PhoneNumbers, c.PrimaryPhoneNumber = append([]string{}, numbers...), nonEmpty(primary)
	if c.PrimaryPhoneNumber == nil && len(numbers) > 0 {
		c.PrimaryPhoneNumber = new(numbers[0])
	}
}

func (o *Organization) checkContactParts(own string, role *string, phones []string, primary *string, external []externalID) error {
	if role != nil && !slices.Contains(portalRoles(), *role) {
		return notOneOf("portal_role", *role, portalRoles())
	}
	for _, number := range phones {
		if number == "" || len(number) > 15 || strings.Trim(number, "0123456789") != "" {
			return badRequest("phone_numbers: %s must be 1 to 15 digits and nothing else", quoted(number))
		}
	}
	if !blank(primary) && !slices.Contains(phones, *primary) {
		return badRequest("primary_phone_number must be one of phone_numbers")
	}
	for _, e := range external {
		if e.ExternalID == "" {
			return badRequest("external_ids: external_id is required")
		}
		if clash, err := o.findContact(pathID(e.ExternalID)); err == nil && clash.ID != own {
			return duplicate(clash.ID, "a contact with the external id %s exists already", e.ExternalID)
		}
	}
	return nil
}
