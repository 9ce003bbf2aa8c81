package pylon

// rowsOf turns records into store rows.
func rowsOf[T any](records []*T, row func(*T) storeRow) []storeRow {
	rows := make([]storeRow, 0, len(records))
	for _, record := range records {
		rows = append(rows, row(record))
	}
	return rows
}

// optional keeps a nil pointer from becoming a typed nil inside a row.
func optional(value *string) any {
	if value == nil {
		return nil
	}
	return *value
}

// issueRows start with the newest issue, as the list does; the other entities
// keep the order of their lists.
func issueRows(o *Organization) []storeRow {
	return rowsOf(o.newestIssues(), func(i *issue) storeRow {
		return storeRow{
			i.ID, i.Title, i.State, i.Source, i.Type, i.Number, i.CreatedAt, i.LatestMessageTime,
			optional(i.ResolutionTime), optional(i.SnoozedUntilTime), i.CustomerPortalVisible,
		}
	})
}

func accountRows(o *Organization) []storeRow {
	return rowsOf(o.accounts.all(), func(a *account) storeRow {
		return storeRow{a.ID, a.Name, a.Domain, a.PrimaryDomain, a.Type, a.IsDisabled, a.CreatedAt, a.LatestCustomerActivityTime}
	})
}

func contactRows(o *Organization) []storeRow {
	return rowsOf(o.contacts.all(), func(c *contact) storeRow {
		return storeRow{c.ID, c.Name, optional(c.Email), optional(c.PrimaryPhoneNumber), c.PortalRole}
	})
}

func teamRows(o *Organization) []storeRow {
	return rowsOf(o.teams.all(), func(t *team) storeRow { return storeRow{t.ID, t.Name} })
}

func tagRows(o *Organization) []storeRow {
	return rowsOf(o.tags.all(), func(t *tag) storeRow { return storeRow{t.ID, t.Value, t.ObjectType} })
}

func userRows(o *Organization) []storeRow {
	return rowsOf(o.users.all(), func(u *user) storeRow { return storeRow{u.ID, u.Name, u.Email, u.RoleID, u.Status} })
}

func customFieldRows(o *Organization) []storeRow {
	return rowsOf(o.customFields.all(), func(f *customField) storeRow {
		return storeRow{f.ID, f.Label, f.Slug, f.Type, f.ObjectType, f.IsReadOnly, f.CreatedAt}
	})
}

func ticketFormRows(o *Organization) []storeRow {
	return rowsOf(o.ticketForms.all(), func(f *ticketForm) storeRow { return storeRow{f.ID, f.Name, f.Slug, f.IsPublic} })
}

func roleRows(o *Organization) []storeRow {
	return rowsOf(o.roles.all(), func(r *role) storeRow { return storeRow{r.ID, r.Name, r.Slug} })
}
