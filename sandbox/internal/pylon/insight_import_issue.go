package pylon

import (
	"slices"
	"time"
)

type externalInput struct {
	Source          string `json:"source"`
	ExternalIssueID string `json:"external_issue_id"`
}

// externalRefs are the conversation's ids in the tool that it comes from.
type externalRefs struct {
	IntercomConversationID string `json:"intercom_conversation_id"`
	ZendeskTicketID        string `json:"zendesk_ticket_id"`
}

type importIssueParams struct {
	Title             string          `param:"title,required"`
	State             string          `param:"state,required"`
	Messages          []importMessage `param:"messages,required"`
	IssueNumber       *int64          `param:"issue_number"`
	AccountID         *string         `param:"account_id"`
	RequesterID       *string         `param:"requester_id"`
	AssigneeID        *string         `param:"assignee_id"`
	TeamID            *string         `param:"team_id"`
	Tags              []string        `param:"tags"`
	CustomFields      []fieldInput    `param:"custom_fields"`
	AttachmentURLs    []string        `param:"attachment_urls"`
	ExternalIssues    []externalInput `param:"external_issues"`
	ExternalRefs      externalRefs    `param:"external_refs"`
	CreatedAt         string          `param:"created_at"`
	UpdatedAt         string          `param:"updated_at"`
	FirstResponseTime string          `param:"first_response_time"`
	ResolutionTime    string          `param:"resolution_time"`
}

// importTimes are the times of an imported issue; the last two may be zero.
type importTimes struct {
	created, updated, responded, resolved time.Time
}

func (o *Organization) importTimes(p importIssueParams) (at importTimes, err error) {
	if at.created, err = instantOr("created_at", p.CreatedAt, o.now()); err != nil {
		return at, err
	}
	if at.updated, err = instantOr("updated_at", p.UpdatedAt, o.now()); err != nil {
		return at, err
	}
	if at.responded, err = instantOr("first_response_time", p.FirstResponseTime, time.Time{}); err != nil {
		return at, err
	}
	at.resolved, err = instantOr("resolution_time", p.ResolutionTime, time.Time{})
	return at, err
}

// restImportIssue stores external_refs nowhere: no read shows them.
func restImportIssue(o *Organization, p importIssueParams) (any, error) {
	at, err := o.importTimes(p)
	if err != nil {
		return nil, err
	}
	if err := o.checkImport(p); err != nil {
		return nil, err
	}
	fields, err := o.mergeFields("issue", nil, p.CustomFields)
	if err != nil {
		return nil, err
	}
	messages, skipped, err := o.readMessages(p.Messages)
	if err != nil {
		return nil, err
	}
	files, left := reachable(p.AttachmentURLs)
	created := o.importedIssue(p, at, fields)
	created.takeIn(messages)
	if len(files) > 0 {
		created.AttachmentURLs = files
	}
	o.issues.add(created.ID, created)
	return imported(created, append(left, skipped...))
}

func (o *Organization) checkImport(p importIssueParams) error {
	if err := o.checkState(p.State); err != nil {
		return err
	}
	for _, e := range p.ExternalIssues {
		if e.ExternalIssueID == "" {
			return badRequest("external_issues: external_issue_id is required")
		}
		if !slices.Contains(trackers(), e.Source) {
			return notOneOf("external_issues: source", e.Source, trackers())
		}
	}
	if err := o.checkImportNumber(p.IssueNumber); err != nil {
		return err
	}
	if err := o.accounts.check("Account", p.AccountID); err != nil {
		return err
	}
	if err := o.contacts.check("Contact", p.RequesterID); err != nil {
		return err
	}
	return o.checkOwners(p.AssigneeID, p.TeamID)
}

func (o *Organization) checkImportNumber(number *int64) error {
	if number == nil {
		return nil
	}
	if *number < 1 || *number >= o.number {
		return badRequest("issue_number must be from 1 to %d, below the number of the next issue", o.number-1)
	}
	for _, row := range o.issues.rows {
		if row.Number == *number {
			return duplicate(row.ID, "an issue with the number %d exists already", *number)
		}
	}
	return nil
}

// importedIssue takes the next number where the import names none.
func (o *Organization) importedIssue(p importIssueParams, at importTimes, fields map[string]fieldValue) *issue {
	created := &issue{
		ID: o.newID("issue"), Number: o.number, Title: p.Title, BodyHTML: p.Messages[0].BodyHTML, State: p.State,
		Type: "conversation", Source: sourceManual, Account: accountRefTo(p.AccountID), Requester: refTo(p.RequesterID),
		Assignee: refTo(p.AssigneeID), Team: refTo(p.TeamID), Tags: distinct(p.Tags), CustomFields: fields,
		CreatedAt: stamp(at.created), UpdatedAt: stamp(at.updated),
		TimeInStatusSeconds: map[string]int64{}, BusinessHoursTimeInStatusSeconds: map[string]int64{},
		created: at.created, stateSince: at.updated,
	}
	if p.IssueNumber != nil {
		created.Number = *p.IssueNumber
	} else {
		o.number++
	}
	created.Link = issueLink(created.Number)
	o.inheritAccount(created)
	for _, e := range p.ExternalIssues {
		created.ExternalIssues = append(created.ExternalIssues, externalIssue{
			Source: e.Source, ExternalID: e.ExternalIssueID, Link: "https://" + e.Source + ".northlight.test/issue/" + slugify(e.ExternalIssueID),
		})
	}
	if !at.responded.IsZero() {
		created.respond(at.responded)
	}
	switch {
	case !at.resolved.IsZero():
		created.resolve(at.resolved)
	case o.isClosed(p.State):
		created.resolve(at.updated)
	}
	return created
}

// inheritAccount takes the requester's account where the import names none.
func (o *Organization) inheritAccount(created *issue) {
	if created.Account != nil || created.Requester == nil {
		return
	}
	if from, _ := o.contacts.get(created.Requester.ID); from.Account != nil {
		created.Account = &accountRef{ID: from.Account.ID}
	}
}
