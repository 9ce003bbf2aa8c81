package pylon

import "strings"

func listContacts(o *Organization, p cursorParams) (Reply, error) {
	return listPage(o, "contacts", "", p.Cursor, o.contacts.all())
}

// findContact accepts the id or an external id of a contact.
func (o *Organization) findContact(id pathID) (*contact, error) {
	return o.contacts.findExternal("Contact", string(id), func(row *contact) []externalID { return row.ExternalIDs })
}

func getContact(o *Organization, p idParams) (Reply, error) {
	found, err := o.findContact(p.ID)
	if err != nil {
		return Reply{}, err
	}
	return plain(found)
}

type createContactParams struct {
	Name      string  `param:"name,required"`
	Email     string  `param:"email"`
	AccountID *string `param:"account_id"`
	AvatarURL string  `param:"avatar_url"`
}

func createContact(o *Organization, p createContactParams) (Reply, error) {
	created, err := o.makeContact(contactInput{Name: p.Name, Email: p.Email, AccountID: p.AccountID, AvatarURL: p.AvatarURL})
	if err != nil {
		return Reply{}, err
	}
	return o.written(created)
}

func (o *Organization) addContact(name, email string, in *accountRef) *contact {
	created := &contact{
		ID: o.newID("contact"), Name: name, Account: in, PortalRole: "no_access",
		PhoneNumbers: []string{}, IntegrationUserIDs: []integrationUserID{}, CustomFields: map[string]fieldValue{},
	}
	created.setEmail(email)
	o.contacts.add(created.ID, created)
	return created
}

type updateContactParams struct {
	ID        pathID  `param:"id,required"`
	Name      *string `param:"name"`
	Email     *string `param:"email"`
	AccountID *string `param:"account_id"`
}

func updateContact(o *Organization, p updateContactParams) (Reply, error) {
	found, err := o.changeContact(contactChange{updateContactParams: p})
	if err != nil {
		return Reply{}, err
	}
	return o.written(found)
}

func (c *contact) setEmail(email string) {
	c.Email, c.Emails = nil, []string{}
	if email != "" {
		c.Email, c.Emails = &email, []string{email}
	}
}

func (o *Organization) checkEmail(ownID, email string) error {
	if email == "" {
		return nil
	}
	if !strings.Contains(email, "@") {
		return badRequest("email must be an email address")
	}
	if clash := o.contactByEmail(email); clash != nil && clash.ID != ownID {
		return duplicate(clash.ID, "a contact with the email %s exists already", email)
	}
	return nil
}

func (o *Organization) contactByEmail(email string) *contact {
	if email == "" {
		return nil
	}
	for _, row := range o.contacts.all() {
		for _, known := range row.Emails {
			if strings.EqualFold(known, email) {
				return row
			}
		}
	}
	return nil
}
