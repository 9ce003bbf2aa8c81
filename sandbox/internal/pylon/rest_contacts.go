package pylon

func restListContacts(o *Organization, p pageParams) (any, error) {
	return restPage(o, cursorPages("contacts"), "", p, o.contacts.all())
}

func restGetContact(o *Organization, p idParams) (any, error) {
	found, err := o.findContact(p.ID)
	if err != nil {
		return nil, err
	}
	return restData(found)
}

func restCreateContact(o *Organization, p contactInput) (any, error) {
	created, err := o.makeContact(p)
	if err != nil {
		return nil, err
	}
	return restData(created)
}

func restUpdateContact(o *Organization, p contactChange) (any, error) {
	found, err := o.changeContact(p)
	if err != nil {
		return nil, err
	}
	return restData(found)
}

// restDeleteContact leaves the contact's issues without a requester.
func restDeleteContact(o *Organization, p idParams) (any, error) {
	found, err := o.findContact(p.ID)
	if err != nil {
		return nil, err
	}
	o.contacts.remove(found.ID)
	for _, row := range o.issues.rows {
		if row.Requester != nil && row.Requester.ID == found.ID {
			row.Requester = nil
		}
		row.unfollow(func(f follower) bool { return f.ID == found.ID })
	}
	return restDone()
}
