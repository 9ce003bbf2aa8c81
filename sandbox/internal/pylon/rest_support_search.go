package pylon

func restSearchIssues(o *Organization, p findParams) (any, error) {
	return restFind(o, cursorPages("issues"), issueTable(), p, o.newestIssues())
}

func issueTable() searchTable[issue] {
	type field = searchField[issue]
	ofTime, ofID, ofRef := operatorsOfTime(), operatorsOfID(), operatorsOfOptionalID()
	texts := []string{"string_contains", "string_does_not_contain"}
	return searchTable[issue]{
		object: "issue",
		custom: func(i *issue) map[string]fieldValue { return i.CustomFields },
		text:   func(i *issue) []string { return []string{i.Title, i.BodyHTML} },
		fields: map[string]field{
			"created_at":                 {ofTime, func(i *issue) []string { return one(i.CreatedAt) }},
			"updated_at":                 {ofTime, func(i *issue) []string { return one(i.UpdatedAt) }},
			"resolved_at":                {ofTime, func(i *issue) []string { return maybe(i.ResolutionTime) }},
			"latest_message_activity_at": {ofTime, func(i *issue) []string { return one(i.LatestMessageTime) }},
			"account_id":                 {ofRef, func(i *issue) []string { return accountID(i.Account) }},
			"requester_id":               {ofRef, func(i *issue) []string { return refID(i.Requester) }},
			"assignee_id":                {ofRef, func(i *issue) []string { return refID(i.Assignee) }},
			"ticket_form_id":             {ofRef, func(*issue) []string { return nil }}, // no issue here came through a form of its own
			"follower_user_id":           {ofID, func(i *issue) []string { return i.followerIDs(followUser) }},
			"follower_contact_id":        {ofID, func(i *issue) []string { return i.followerIDs(followContact) }},
			"team_id":                    {ofID, func(i *issue) []string { return refID(i.Team) }},
			"slack_channel_id":           {ofID, slackChannel},
			"state":                      {ofID, func(i *issue) []string { return one(i.State) }},
			"tags":                       {operatorsOfSet(), func(i *issue) []string { return i.Tags }},
			"title":                      {texts, func(i *issue) []string { return one(i.Title) }},
			"body_html":                  {texts, func(i *issue) []string { return one(i.BodyHTML) }},
			"issue_type":                 {ofRef, func(i *issue) []string { return one(i.Type) }},
		},
	}
}

func slackChannel(i *issue) []string {
	if i.Slack == nil {
		return nil
	}
	return one(i.Slack.ChannelID)
}

func restSearchAccounts(o *Organization, p findParams) (any, error) {
	return restFind(o, cursorPages("accounts"), accountTable(), p, o.accounts.all())
}

func accountTable() searchTable[account] {
	type field = searchField[account]
	return searchTable[account]{
		object: "account",
		custom: func(a *account) map[string]fieldValue { return a.CustomFields },
		text:   func(a *account) []string { return append([]string{a.Name}, a.Domains...) },
		fields: map[string]field{
			"id":           {operatorsOfID(), func(a *account) []string { return one(a.ID) }},
			"domains":      {operatorsOfSet(), func(a *account) []string { return a.Domains }},
			"tags":         {operatorsOfSet(), func(a *account) []string { return a.Tags }},
			"name":         {operatorsOfName(), func(a *account) []string { return one(a.Name) }},
			"external_ids": {operatorsOfOptionalID(), func(a *account) []string { return externalTexts(a.ExternalIDs) }},
			"owner_id":     {operatorsOfOptionalID(), func(a *account) []string { return refID(a.Owner) }},
		},
	}
}

func externalTexts(ids []externalID) []string {
	var texts []string
	for _, id := range ids {
		texts = append(texts, id.ExternalID)
	}
	return texts
}

func restSearchContacts(o *Organization, p findParams) (any, error) {
	return restFind(o, cursorPages("contacts"), contactTable(), p, o.contacts.all())
}

func contactTable() searchTable[contact] {
	type field = searchField[contact]
	return searchTable[contact]{
		object: "contact",
		custom: func(c *contact) map[string]fieldValue { return c.CustomFields },
		text:   func(c *contact) []string { return append([]string{c.Name}, c.Emails...) },
		fields: map[string]field{
			"id":         {operatorsOfID(), func(c *contact) []string { return one(c.ID) }},
			"account_id": {operatorsOfID(), func(c *contact) []string { return accountID(c.Account) }},
			"email":      {operatorsOfName(), func(c *contact) []string { return c.Emails }},
			"name":       {operatorsOfName(), func(c *contact) []string { return one(c.Name) }},
		},
	}
}

func restSearchUsers(o *Organization, p findParams) (any, error) {
	table := searchTable[user]{fields: map[string]searchField[user]{
		"email": {operatorsOfID(), func(u *user) []string { return u.Emails }},
	}}
	return restFind(o, cursorPages("users"), table, p, o.users.all())
}
