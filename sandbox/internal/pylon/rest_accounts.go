package pylon

import (
	"slices"
	"time"
)

func restListAccounts(o *Organization, p pageParams) (any, error) {
	return restPage(o, cursorPages("accounts"), "", p, o.accounts.all())
}

func restGetAccount(o *Organization, p idParams) (any, error) {
	found, err := o.findAccount(p.ID)
	if err != nil {
		return nil, err
	}
	return restData(found)
}

func restCreateAccount(o *Organization, p accountInput) (any, error) {
	created, err := o.addAccount(p)
	if err != nil {
		return nil, err
	}
	return restData(created)
}

func restUpdateAccount(o *Organization, p accountChange) (any, error) {
	found, err := o.changeAccount(p)
	if err != nil {
		return nil, err
	}
	return restData(found)
}

func restDeleteAccount(o *Organization, p idParams) (any, error) {
	found, err := o.findAccount(p.ID)
	if err != nil {
		return nil, err
	}
	o.removeAccount(found, nil)
	return restDone()
}

// removeAccount takes an account away. What belonged to it moves to the heir,
// or belongs to nobody.
func (o *Organization) removeAccount(gone, heir *account) {
	for _, r := range o.relationships.all() {
		if r.ChildAccountID == gone.ID || r.ParentAccountID == gone.ID {
			o.unrelate(r)
		}
	}
	for _, row := range o.highlights.all() {
		if row.AccountID == gone.ID {
			o.highlights.remove(row.ID)
		}
	}
	o.accounts.remove(gone.ID)
	to := func(of **accountRef) {
		if *of == nil || (*of).ID != gone.ID {
			return
		}
		*of = nil
		if heir != nil {
			*of = &accountRef{ID: heir.ID}
		}
	}
	for _, row := range o.contacts.rows {
		to(&row.Account)
	}
	for _, row := range o.issues.rows {
		to(&row.Account)
	}
	for _, row := range o.tasks.rows {
		to(&row.Account)
	}
	for _, row := range o.projects.rows {
		to(&row.Account)
	}
	for _, row := range o.milestones.rows {
		to(&row.Account)
	}
}

const maxBulkAccounts = 100

type mergeAccountsParams struct {
	Into  string   `param:"merge_into_account_id,required"`
	Merge []string `param:"merge_account_ids,required"`
}

// restMergeAccounts works through the accounts one by one, and does not take
// back what it has done when it comes to one that does not exist. Their tags and
// custom fields are lost.
func restMergeAccounts(o *Organization, p mergeAccountsParams) (any, error) {
	if len(p.Merge) == 0 || len(p.Merge) > maxBulkAccounts {
		return nil, badRequest("merge_account_ids must hold from 1 to %d ids", maxBulkAccounts)
	}
	if slices.Contains(p.Merge, p.Into) {
		return nil, badRequest("merge_account_ids must not hold the account that the others are merged into")
	}
	survivor, err := o.accounts.find("Account", p.Into)
	if err != nil {
		return nil, err
	}
	for _, id := range distinct(p.Merge) {
		victim, err := o.accounts.find("Account", id)
		if err != nil {
			return nil, err
		}
		o.removeAccount(victim, survivor)
		survivor.absorb(victim)
		survivor.UpdatedAt = o.timestamp()
	}
	return restData(survivor)
}

func (a *account) absorb(victim *account) {
	a.setDomains(append(slices.Clone(a.Domains), victim.Domains...), a.PrimaryDomain)
	a.Channels = append(slices.Clone(a.Channels), victim.Channels...)
	a.ExternalIDs = append(slices.Clone(a.ExternalIDs), victim.ExternalIDs...)
	a.LatestCustomerActivityTime = max(a.LatestCustomerActivityTime, victim.LatestCustomerActivityTime)
}

func tagModes() []string { return []string{"append_only", "remove_only", "replace"} }

type bulkAccountsParams struct {
	AccountIDs   []string     `param:"account_ids,required"`
	Type         *string      `param:"account_type"`
	OwnerID      *string      `param:"owner_id"`
	Tags         *[]string    `param:"tags"`
	TagsMode     string       `param:"tags_apply_mode"`
	CustomFields []fieldInput `param:"custom_fields"`
}

// restUpdateAccounts does at once what the service only starts.
func restUpdateAccounts(o *Organization, p bulkAccountsParams) (any, error) {
	rows, err := o.bulkAccounts(p)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		change := accountChange{Type: p.Type, CustomFields: p.CustomFields}
		change.ID, change.OwnerID = pathID(row.ID), p.OwnerID
		if p.Tags != nil {
			change.Tags = new(applyTags(row.Tags, *p.Tags, p.TagsMode))
		}
		if _, err := o.changeAccount(change); err != nil {
			return nil, err
		}
	}
	return success{true}, nil
}

// bulkAccounts finds the accounts of a bulk update. The service declares no 404
// for it, so that an unknown id is a bad request.
func (o *Organization) bulkAccounts(p bulkAccountsParams) ([]*account, error) {
	if len(p.AccountIDs) == 0 || len(p.AccountIDs) > maxBulkAccounts {
		return nil, badRequest("account_ids must hold from 1 to %d ids", maxBulkAccounts)
	}
	if p.TagsMode != "" && !slices.Contains(tagModes(), p.TagsMode) {
		return nil, notOneOf("tags_apply_mode", p.TagsMode, tagModes())
	}
	var rows []*account
	for _, id := range distinct(p.AccountIDs) {
		row, ok := o.accounts.get(id)
		if !ok {
			return nil, badRequest("account_ids: there is no account %s", quoted(id))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func applyTags(current, tags []string, mode string) []string {
	switch mode {
	case "append_only":
		return append(slices.Clone(current), tags...)
	case "remove_only":
		return slices.DeleteFunc(slices.Clone(current), func(tag string) bool { return slices.Contains(tags, tag) })
	default:
		return tags
	}
}

type activityParams struct {
	ID         pathID  `param:"id,required"`
	Slug       string  `param:"slug,required"`
	BodyHTML   string  `param:"body_html"`
	HappenedAt *string `param:"happened_at"`
	Link       string  `param:"link"`
	LinkText   string  `param:"link_text"`
	ContactID  *string `param:"contact_id"`
	UserID     *string `param:"user_id"`
}

// restCreateActivity keeps only what can be read back: when a customer was
// last active.
func restCreateActivity(o *Organization, p activityParams) (any, error) {
	if !slices.ContainsFunc(o.activityTypes, func(t activityType) bool { return t.Slug == p.Slug }) {
		return nil, badRequest("slug %s is not the slug of an activity type: GET /activity-types lists them", quoted(p.Slug))
	}
	if err := checkInstant("happened_at", p.HappenedAt); err != nil {
		return nil, err
	}
	on, err := o.findAccount(p.ID)
	if err != nil {
		return nil, err
	}
	if err := o.contacts.check("Contact", p.ContactID); err != nil {
		return nil, err
	}
	if err := o.users.check("User", p.UserID); err != nil {
		return nil, err
	}
	if !blank(p.ContactID) {
		on.LatestCustomerActivityTime = max(on.LatestCustomerActivityTime, o.happenedAt(p.HappenedAt))
	}
	return restData(success{true})
}

func (o *Organization) happenedAt(at *string) string {
	if blank(at) {
		return o.timestamp()
	}
	t, err := time.Parse(time.RFC3339, *at)
	if err != nil {
		return o.timestamp() // the caller has checked it
	}
	return stamp(t)
}
