package pylon

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	stateNew    = "new"
	stateClosed = "closed"

	sourceManual = "manual"
	sourceEmail  = "email"
)

func priorities() []string { return []string{"urgent", "high", "medium", "low"} }

type listIssuesParams struct {
	StartTime string `param:"start_time,required"`
	EndTime   string `param:"end_time,required"`
	Cursor    string `param:"cursor"`
}

func listIssues(o *Organization, p listIssuesParams) (Reply, error) {
	start, end, err := o.parseWindow(p.StartTime, p.EndTime)
	if err != nil {
		return Reply{}, err
	}
	rows := slices.DeleteFunc(o.newestIssues(), func(i *issue) bool {
		return i.created.Before(start) || i.created.After(end)
	})
	scope := start.Format(time.RFC3339Nano) + "/" + end.Format(time.RFC3339Nano)
	return listPage(o, "issues", scope, p.Cursor, rows)
}

// parseWindow applies the service's rule for the span of a list of issues.
func (o *Organization) parseWindow(from, to string) (start, end time.Time, err error) {
	if start, err = parseInstant("start_time", from); err != nil {
		return start, end, err
	}
	if end, err = parseInstant("end_time", to); err != nil {
		return start, end, err
	}
	if end.Before(start) {
		return start, end, badRequest("end_time must not be before start_time")
	}
	if end.Sub(start) > o.window {
		return start, end, badRequest("the span from start_time to end_time must be at most %d days", int(o.window.Hours()/24))
	}
	return start, end, nil
}

func parseInstant(name, value string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return t, badRequest("%s must be an RFC3339 time with a zone, such as 2026-10-01T00:00:00Z", name)
	}
	return t.UTC(), nil
}

func (o *Organization) newestIssues() []*issue {
	rows := o.issues.all()
	slices.SortStableFunc(rows, func(a, b *issue) int {
		return cmp.Or(b.created.Compare(a.created), cmp.Compare(b.Number, a.Number))
	})
	return rows
}

// findIssue accepts the id or the number of an issue, as the service does.
func (o *Organization) findIssue(id pathID) (*issue, error) {
	if found, ok := o.issues.get(string(id)); ok {
		return found, nil
	}
	number, err := strconv.ParseInt(string(id), 10, 64)
	if err == nil {
		for _, row := range o.issues.rows {
			if row.Number == number {
				return row, nil
			}
		}
	}
	return nil, notFound("Issue")
}

func getIssue(o *Organization, p idParams) (Reply, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return Reply{}, err
	}
	return plain(found)
}

func deleteIssue(o *Organization, p idParams) (Reply, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return Reply{}, err
	}
	o.issues.remove(found.ID)
	return o.deleted()
}

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
	if err := o.checkIssue(p); err != nil {
		return Reply{}, err
	}
	now := o.now()
	created := &issue{
		ID: o.newID("issue"), Number: o.number, Title: p.Title, BodyHTML: p.BodyHTML,
		Link: issueLink(o.number), State: stateNew, Type: "conversation", Source: sourceManual,
		Assignee: refTo(p.AssigneeID), Team: refTo(p.TeamID), Tags: distinct(p.Tags),
		CustomFields: map[string]fieldValue{},
		CreatedAt:    stamp(now), UpdatedAt: stamp(now), LatestMessageTime: stamp(now),
		TimeInStatusSeconds: map[string]int64{}, BusinessHoursTimeInStatusSeconds: map[string]int64{},
		created: now, stateSince: now,
	}
	o.number++
	if p.Priority != "" {
		created.CustomFields["priority"] = textValue(p.Priority)
	}
	o.attachRequester(created, p)
	// Without a destination nothing leaves the service: the opening message is
	// a private note.
	created.messages = []*message{o.ownMessage(sourceManual, p.BodyHTML, true)}
	o.issues.add(created.ID, created)
	return o.written(created)
}

func (o *Organization) checkIssue(p createIssueParams) error {
	if p.RequesterEmail == "" && (p.AccountID == nil || *p.AccountID == "") {
		return badRequest("account_id or requester_email is required")
	}
	if p.RequesterEmail != "" && !strings.Contains(p.RequesterEmail, "@") {
		return badRequest("requester_email must be an email address")
	}
	if p.Priority != "" && !slices.Contains(priorities(), p.Priority) {
		return notOneOf("priority", p.Priority, priorities())
	}
	if err := o.accounts.check("Account", p.AccountID); err != nil {
		return err
	}
	if err := o.checkOwners(p.AssigneeID, p.TeamID); err != nil {
		return err
	}
	known := o.contactByEmail(p.RequesterEmail)
	if known == nil || known.Account == nil || p.AccountID == nil || *p.AccountID == "" || known.Account.ID == *p.AccountID {
		return nil
	}
	return badRequest("the requester %s does not belong to the account %s", p.RequesterEmail, *p.AccountID)
}

// attachRequester finds or creates the requester, and takes the account from
// the parameters, else from the requester, else from the email's domain.
func (o *Organization) attachRequester(created *issue, p createIssueParams) {
	if p.AccountID != nil && *p.AccountID != "" {
		created.Account = &accountRef{ID: *p.AccountID}
	}
	if p.RequesterEmail == "" {
		return
	}
	requester := o.contactByEmail(p.RequesterEmail)
	if requester == nil {
		if created.Account == nil {
			created.Account = o.accountByEmail(p.RequesterEmail)
		}
		requester = o.addContact(cmp.Or(p.RequesterName, p.RequesterEmail), p.RequesterEmail, created.Account)
	}
	created.Requester = &ref{ID: requester.ID}
	if created.Account == nil && requester.Account != nil {
		created.Account = &accountRef{ID: requester.Account.ID}
	}
}

func issueLink(number int64) string {
	return fmt.Sprintf("https://app.usepylon.com/issues?issueNumber=%d", number)
}

// refTo makes a reference out of an optional parameter; empty means none.
func refTo(id *string) *ref {
	if id == nil || *id == "" {
		return nil
	}
	return &ref{ID: *id}
}

// distinct drops repeated values, and returns nil for none: the service sends
// an empty set of tags as null.
func distinct(values []string) []string {
	var kept []string
	for _, value := range values {
		if value != "" && !slices.Contains(kept, value) {
			kept = append(kept, value)
		}
	}
	return kept
}

func textValue(value string) fieldValue { return fieldValue{Value: value} }
