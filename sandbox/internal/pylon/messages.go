package pylon

import "time"

type listMessagesParams struct {
	ID     pathID `param:"id,required"`
	Cursor string `param:"cursor"`
}

func listMessages(o *Organization, p listMessagesParams) (Reply, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return Reply{}, err
	}
	return listPage(o, "messages", found.ID, p.Cursor, found.messages)
}

func (i *issue) message(id string) (*message, bool) {
	for _, m := range i.messages {
		if m.ID == id {
			return m, true
		}
	}
	return nil, false
}

func (i *issue) hasPublicMessage() bool {
	for _, m := range i.messages {
		if !m.IsPrivate {
			return true
		}
	}
	return false
}

func (i *issue) thread(id string) (*thread, bool) {
	for _, t := range i.threads {
		if t.ID == id {
			return t, true
		}
	}
	return nil, false
}

// ownMessage makes a message of the token's own user.
func (o *Organization) ownMessage(source, html string, private bool) *message {
	return &message{
		ID: o.newID("message"), MessageHTML: html, Timestamp: o.timestamp(), IsPrivate: private, Source: source,
		Author: &messageAuthor{Name: "API", User: &ref{ID: o.apiUserID}}, FileURLs: []string{},
	}
}

// posted is what replies and notes answer: the new message's id, not the message.
type posted struct {
	ID      string `json:"id"`
	IssueID string `json:"issue_id"`
}

func (o *Organization) post(to *issue, m *message, now time.Time) posted {
	to.messages = append(to.messages, m)
	to.UpdatedAt = stamp(now)
	to.LatestMessageTime = stamp(now)
	return posted{ID: m.ID, IssueID: to.ID}
}
