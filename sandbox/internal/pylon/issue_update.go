package pylon

import (
	"slices"
	"time"
)

type updateIssueParams struct {
	ID         pathID    `param:"id,required"`
	State      *string   `param:"state"`
	AssigneeID *string   `param:"assignee_id"`
	TeamID     *string   `param:"team_id"`
	AccountID  *string   `param:"account_id"`
	Tags       *[]string `param:"tags"`
}

type assignIssueParams struct {
	ID         pathID  `param:"id,required"`
	AssigneeID *string `param:"assignee_id"`
	TeamID     *string `param:"team_id"`
}

type setIssueStateParams struct {
	ID    pathID `param:"id,required"`
	State string `param:"state,required"`
}

func assignIssue(o *Organization, p assignIssueParams) (Reply, error) {
	return updateIssue(o, updateIssueParams{ID: p.ID, AssigneeID: p.AssigneeID, TeamID: p.TeamID})
}

func setIssueState(o *Organization, p setIssueStateParams) (Reply, error) {
	return updateIssue(o, updateIssueParams{ID: p.ID, State: &p.State})
}

func updateIssue(o *Organization, p updateIssueParams) (Reply, error) {
	found, err := o.changeIssue(issueChange{
		ID: p.ID, State: p.State, AssigneeID: p.AssigneeID, TeamID: p.TeamID, AccountID: p.AccountID, Tags: p.Tags,
	})
	if err != nil {
		return Reply{}, err
	}
	return o.written(found)
}

// issueChange is everything that the service lets a caller change in an issue.
type issueChange struct {
	ID                    pathID       `param:"id,required"`
	Title                 *string      `param:"title"`
	State                 *string      `param:"state"`
	Type                  *string      `param:"type"`
	AssigneeID            *string      `param:"assignee_id"`
	TeamID                *string      `param:"team_id"`
	AccountID             *string      `param:"account_id"`
	RequesterID           *string      `param:"requester_id"`
	RequestorID           *string      `param:"requestor_id"` // the service's older spelling
	Tags                  *[]string    `param:"tags"`
	CustomerPortalVisible *bool        `param:"customer_portal_visible"`
	CustomFields          []fieldInput `param:"custom_fields"`
}

func (o *Organization) changeIssue(p issueChange) (*issue, error) {
	if p.RequesterID == nil {
		p.RequesterID = p.RequestorID
	}
	found, err := o.checkIssueChange(p)
	if err != nil {
		return nil, err
	}
	fields, err := o.mergeFields("issue", found.CustomFields, p.CustomFields)
	if err != nil {
		return nil, err
	}
	now := o.now()
	if p.State != nil {
		o.moveIssue(found, *p.State, now)
	}
	found.apply(p)
	found.CustomFields, found.UpdatedAt = fields, stamp(now)
	return found, nil
}

func (i *issue) apply(p issueChange) {
	set(&i.Title, p.Title)
	set(&i.Type, p.Type)
	set(&i.CustomerPortalVisible, p.CustomerPortalVisible)
	if p.AssigneeID != nil {
		i.Assignee = refTo(p.AssigneeID)
	}
	if p.TeamID != nil {
		i.Team = refTo(p.TeamID)
	}
	if p.AccountID != nil {
		i.Account = accountRefTo(p.AccountID)
	}
	if p.RequesterID != nil {
		i.Requester = refTo(p.RequesterID)
	}
	if p.Tags != nil {
		i.Tags = distinct(*p.Tags)
	}
}

// checkIssueChange validates everything before anything changes, so that a
// refused update leaves the issue as it was. Parameters come before the record,
// as the service checks them.
func (o *Organization) checkIssueChange(p issueChange) (*issue, error) {
	if err := o.checkIssueValues(p); err != nil {
		return nil, err
	}
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	if p.Type != nil && *p.Type == typeConversation && found.Type == typeTicket {
		return nil, badRequest("type can change from conversation to ticket only")
	}
	if err := o.accounts.check("Account", p.AccountID); err != nil {
		return nil, err
	}
	if err := o.contacts.check("Contact", p.RequesterID); err != nil {
		return nil, err
	}
	return found, o.checkOwners(p.AssigneeID, p.TeamID)
}

func (o *Organization) checkIssueValues(p issueChange) error {
	if p.State != nil {
		if err := o.checkState(*p.State); err != nil {
			return err
		}
	}
	if p.Type != nil && !slices.Contains(issueTypes(), *p.Type) {
		return notOneOf("type", *p.Type, issueTypes())
	}
	if p.AccountID != nil && *p.AccountID == "" && p.RequesterID == nil {
		return badRequest("account_id can only be cleared together with requester_id")
	}
	return checkNotBlank("title", p.Title)
}

func (o *Organization) checkOwners(assigneeID, teamID *string) error {
	if err := o.users.check("User", assigneeID); err != nil {
		return err
	}
	return o.teams.check("Team", teamID)
}

func (o *Organization) checkState(state string) error {
	var legal []string
	for _, status := range o.statuses {
		if status.archived {
			continue
		}
		if status.slug == state {
			return nil
		}
		legal = append(legal, status.slug)
	}
	return notOneOf("state", state, legal)
}

func (o *Organization) isClosed(state string) bool {
	for _, status := range o.statuses {
		if status.slug == state {
			return status.category == stateClosed
		}
	}
	return false
}

// moveIssue changes the state and keeps the books: the time spent in the old
// one, and the resolution, which closing sets and reopening takes back.
func (o *Organization) moveIssue(moved *issue, state string, now time.Time) {
	if moved.State == state {
		return
	}
	moved.spend(moved.State, now.Sub(moved.stateSince))
	wasClosed, closes := o.isClosed(moved.State), o.isClosed(state)
	moved.State, moved.stateSince = state, now
	switch {
	case closes && !wasClosed:
		moved.resolve(now)
	case wasClosed && !closes:
		moved.ResolutionTime, moved.ResolutionSeconds, moved.BusinessHoursResolutionSeconds = nil, nil, nil
	}
}

func (i *issue) spend(state string, spent time.Duration) {
	seconds := max(int64(spent/time.Second), 0)
	i.TimeInStatusSeconds[state] += seconds
	i.BusinessHoursTimeInStatusSeconds[state] += businessSeconds(seconds)
}

func (i *issue) resolve(now time.Time) {
	at := stamp(now)
	i.ResolutionTime = &at
	i.ResolutionSeconds, i.BusinessHoursResolutionSeconds = elapsed(i.created, now)
	if i.FirstResolutionTime == nil {
		first := at
		i.FirstResolutionTime = &first
	}
}

func (i *issue) respond(now time.Time) {
	i.NumberOfTouches++
	if i.FirstResponseTime != nil {
		return
	}
	at := stamp(now)
	i.FirstResponseTime = &at
	i.FirstResponseSeconds, i.BusinessHoursFirstResponseSeconds = elapsed(i.created, now)
}

func elapsed(from, to time.Time) (seconds, business *int64) {
	total := max(int64(to.Sub(from)/time.Second), 0)
	working := businessSeconds(total)
	return &total, &working
}

// businessSeconds spreads a 40-hour week evenly over the 168 hours of a
// calendar week; nobody should read more than an order of magnitude into it.
func businessSeconds(seconds int64) int64 { return seconds * 40 / 168 }
