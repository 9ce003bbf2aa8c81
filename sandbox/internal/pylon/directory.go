package pylon

import "slices"

// fieldObjects is shorter than what the service accepts: the connector declares
// these three.
func fieldObjects() []string { return []string{"account", "issue", "contact"} }

func listUsers(o *Organization, p cursorParams) (Reply, error) {
	return listPage(o, "users", "", p.Cursor, o.users.all())
}

func getUser(o *Organization, p idParams) (Reply, error) {
	found, err := o.users.find("User", string(p.ID))
	if err != nil {
		return Reply{}, err
	}
	return plain(found)
}

func listRoles(o *Organization, p cursorParams) (Reply, error) {
	return listPage(o, "user_roles", "", p.Cursor, o.roles.all())
}

func listTicketForms(o *Organization, p cursorParams) (Reply, error) {
	return listPage(o, "ticket_forms", "", p.Cursor, o.ticketForms.all())
}

type listCustomFieldsParams struct {
	ObjectType string `param:"object_type,required"`
	Cursor     string `param:"cursor"`
}

func listCustomFields(o *Organization, p listCustomFieldsParams) (Reply, error) {
	if !slices.Contains(fieldObjects(), p.ObjectType) {
		return Reply{}, notOneOf("object_type", p.ObjectType, fieldObjects())
	}
	rows := slices.DeleteFunc(o.customFields.all(), func(f *customField) bool { return f.ObjectType != p.ObjectType })
	return listPage(o, "custom_fields", p.ObjectType, p.Cursor, rows)
}

func getCustomField(o *Organization, p idParams) (Reply, error) {
	found, err := o.customFields.find("Custom field", string(p.ID))
	if err != nil {
		return Reply{}, err
	}
	return plain(found)
}

func getMe(o *Organization, _ noParams) (Reply, error) {
	return plain(o.profile())
}
