package pylon

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"
)

const (
	stateNew    = "new"
	stateClosed = "closed"

	typeConversation = "conversation"
	typeTicket       = "ticket"

	sourceManual = "manual"
	sourceEmail  = "email"
)

func issueTypes() []string { return []string{typeConversation, typeTicket} }

func priorities() []string { return []string{"urgent", "high", "medium", "low"} }

type listIssuesParams struct {
	StartTime string `param:"start_time,required"`
	EndTime   string `param:"end_time,required"`
	Cursor    string `param:"cursor"`
}

func listIssues(o *Organization, p listIssuesParams) (Reply, error) {
	rows, scope, err := o.issuesBetween(p.StartTime, p.EndTime)
	if err != nil {
		return Reply{}, err
	}
	return listPage(o, "issues", scope, p.Cursor, rows)
}

// issuesBetween returns the issues created in a window, newest first, and the
// scope of cursors into them.
func (o *Organization) issuesBetween(from, to string) (rows []*issue, scope string, err error) {
	start, end, err := o.parseWindow(from, to)
	if err != nil {
		return nil, "", err
	}
	rows = slices.DeleteFunc(o.newestIssues(), func(i *issue) bool {
		return i.created.Before(start) || i.created.After(end)
	})
	return rows, start.Format(time.RFC3339Nano) + "/" + end.Format(time.RFC3339Nano), nil
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

// accountRefTo is refTo for accounts.
func accountRefTo(id *string) *accountRef {
	if blank(id) {
		return nil
	}
	return &accountRef{ID: *id}
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
