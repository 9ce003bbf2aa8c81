package pylon

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

type createIssueParams struct {
	Title          string   `param:"title,required"`
	BodyHTML       string   `param:"body_html,required"`
	Priority       string   `param:"priority"`
	RequesterEmail string   `param:"requester_email"`
	RequesterName  string   `param:"requester_name"`
	AccountID      *string  `param:"account_id"`
	AssigneeID     *string  `param:"assignee_id"`
	TeamID         *string  `param:"team_id"`
	Tags           []string `param:"tags"`
}

func createIssue(o *Organization, p createIssueParams) (Reply, error) {
	created, err := o.openIssue(issueInput{
		Title: p.Title, BodyHTML: p.BodyHTML, Priority: p.Priority, RequesterEmail: p.RequesterEmail,
		RequesterName: p.RequesterName, AccountID: p.AccountID, AssigneeID: p.AssigneeID, TeamID: p.TeamID, Tags: p.Tags,
	})
	if err != nil {
		return Reply{}, err
	}
	return o.written(created)
}

// issueInput is everything that the service takes to open an issue.
type issueInput struct {
	Title                 string       `param:"title,required"`
	BodyHTML              string       `param:"body_html,required"`
	Priority              string       `param:"priority"`
	RequesterID           *string      `param:"requester_id"`
	RequesterEmail        string       `param:"requester_email"`
	RequesterName         string       `param:"requester_name"`
	RequesterAvatarURL    string       `param:"requester_avatar_url"`
	AccountID             *string      `param:"account_id"`
	AssigneeID            *string      `param:"assignee_id"`
	TeamID                *string      `param:"team_id"`
	UserID                string       `param:"user_id"`
	ContactID             string       `param:"contact_id"`
	Tags                  []string     `param:"tags"`
	AttachmentURLs        []string     `param:"attachment_urls"`
	AuthorUnverified      bool         `param:"author_unverified"`
	CustomerPortalVisible bool         `param:"customer_portal_visible"`
	CreatedAt             string       `param:"created_at"`
	CustomFields          []fieldInput `param:"custom_fields"`
	Destination           *destination `param:"destination_metadata"`
}

func (o *Organization) openIssue(p issueInput) (*issue, error) {
	if err := o.checkIssue(p); err != nil {
		return nil, err
	}
	opened, err := o.openedAt(p.CreatedAt)
	if err != nil {
		return nil, err
	}
	fields, err := o.mergeFields("issue", nil, p.CustomFields)
	if err != nil {
		return nil, err
	}
	author, err := o.author(p.UserID, p.ContactID)
	if err != nil {
		return nil, err
	}
	created := o.draftIssue(p, opened, fields)
	o.attachRequester(created, p)
	opening := o.ownMessage(created.Source, p.BodyHTML, !p.Destination.leaves())
	opening.Timestamp = stamp(opened)
	opening.FileURLs = append(opening.FileURLs, p.AttachmentURLs...)
	if author != nil {
		opening.Author = author
	}
	created.messages = []*message{opening}
	o.issues.add(created.ID, created)
	return created, nil
}

// draftIssue takes the next number.
func (o *Organization) draftIssue(p issueInput, opened time.Time, fields map[string]fieldValue) *issue {
	at := stamp(opened)
	created := &issue{
		ID: o.newID("issue"), Number: o.number, Title: p.Title, BodyHTML: p.BodyHTML,
		Link: issueLink(o.number), State: stateNew, Type: typeConversation, Source: p.Destination.source(),
		Assignee: refTo(p.AssigneeID), Team: refTo(p.TeamID), Tags: distinct(p.Tags), CustomFields: fields,
		CreatedAt: at, UpdatedAt: o.timestamp(), LatestMessageTime: at,
		CustomerPortalVisible: p.CustomerPortalVisible, AuthorUnverified: p.AuthorUnverified, AttachmentURLs: p.AttachmentURLs,
		TimeInStatusSeconds: map[string]int64{}, BusinessHoursTimeInStatusSeconds: map[string]int64{},
		created: opened, stateSince: opened,
	}
	if p.Priority != "" {
		created.CustomFields["priority"] = textValue(p.Priority)
	}
	if created.Source == sourceEmail {
		created.WorkspaceEmail = p.Destination.Email
	}
	o.number++
	return created
}

// openedAt is the time of a new issue: now, unless it is back-dated.
func (o *Organization) openedAt(createdAt string) (time.Time, error) {
	if createdAt == "" {
		return o.now(), nil
	}
	return parseInstant("created_at", createdAt)
}

func (o *Organization) checkIssue(p issueInput) error {
	if p.RequesterEmail == "" && blank(p.RequesterID) && blank(p.AccountID) {
		return badRequest("requester_id, account_id or requester_email is required")
	}
	if p.RequesterEmail != "" && !strings.Contains(p.RequesterEmail, "@") {
		return badRequest("requester_email must be an email address")
	}
	if p.Priority != "" && !slices.Contains(priorities(), p.Priority) {
		return notOneOf("priority", p.Priority, priorities())
	}
	if err := p.checkAuthor(); err != nil {
		return err
	}
	if err := o.accounts.check("Account", p.AccountID); err != nil {
		return err
	}
	if err := o.contacts.check("Contact", p.RequesterID); err != nil {
		return err
	}
	if err := o.checkOwners(p.AssigneeID, p.TeamID); err != nil {
		return err
	}
	if err := o.checkRequesterAccount(p); err != nil {
		return err
	}
	return o.checkDestination(p)
}

func (p issueInput) checkAuthor() error {
	switch {
	case p.UserID != "" && p.ContactID != "":
		return badRequest("user_id and contact_id exclude each other")
	case p.ContactID != "" && !p.Destination.leaves():
		return badRequest("contact_id needs destination_metadata with a destination other than internal: a contact cannot write an internal note")
	}
	return nil
}

// knownRequester returns the contact that the input names, nil for a new one.
func (o *Organization) knownRequester(p issueInput) *contact {
	if !blank(p.RequesterID) {
		known, _ := o.contacts.get(*p.RequesterID)
		return known
	}
	return o.contactByEmail(p.RequesterEmail)
}

func (o *Organization) checkRequesterAccount(p issueInput) error {
	known := o.knownRequester(p)
	if known == nil || known.Account == nil || blank(p.AccountID) || known.Account.ID == *p.AccountID {
		return nil
	}
	return badRequest("the requester %s does not belong to the account %s", cmp.Or(p.RequesterEmail, known.ID), *p.AccountID)
}

// attachRequester finds or creates the requester, and takes the account from
// the parameters, else from the requester, else from the email's domain.
func (o *Organization) attachRequester(created *issue, p issueInput) {
	if !blank(p.AccountID) {
		created.Account = &accountRef{ID: *p.AccountID}
	}
	requester := o.knownRequester(p)
	if requester == nil {
		if p.RequesterEmail == "" {
			return
		}
		if created.Account == nil {
			created.Account = o.accountByEmail(p.RequesterEmail)
		}
		requester = o.addContact(cmp.Or(p.RequesterName, p.RequesterEmail), p.RequesterEmail, created.Account)
		requester.AvatarURL = p.RequesterAvatarURL
	}
	created.Requester = &ref{ID: requester.ID}
	if created.Account == nil && requester.Account != nil {
		created.Account = &accountRef{ID: requester.Account.ID}
	}
}

// blank reports whether an optional parameter is absent or empty.
func blank(value *string) bool { return value == nil || *value == "" }
