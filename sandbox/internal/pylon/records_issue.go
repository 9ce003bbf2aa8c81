package pylon

import "time"

// ref is a mini object: the id of another record, and its email where the
// service sends one.
type ref struct {
	ID    string `json:"id"`
	Email string `json:"email,omitempty"`
}

type externalID struct {
	ExternalID string `json:"external_id"`
	Label      string `json:"label"`
}

// accountRef sends external_ids as null, as the service was seen to do.
type accountRef struct {
	ID          string       `json:"id"`
	ExternalIDs []externalID `json:"external_ids"`
}

// fieldValue is one value in a custom_fields map: a string, but for the one
// account field that is an int64.
type fieldValue struct {
	Value  any      `json:"value"`
	Values []string `json:"values,omitempty"`
}

type slackInfo struct {
	MessageTS   string `json:"message_ts"`
	ChannelID   string `json:"channel_id"`
	WorkspaceID string `json:"workspace_id"`
}

type chatWidgetInfo struct {
	PageURL string `json:"page_url"`
}

type externalIssue struct {
	Source     string `json:"source"`
	ExternalID string `json:"external_id"`
	Link       string `json:"link"`
}

type csatResponse struct {
	Comment string `json:"comment"`
	Score   int64  `json:"score"`
}

// issue keeps the split of the live service: keys that are always there, keys
// that may be null, and keys that are left out when they do not apply.
type issue struct {
	ID                               string                `json:"id"`
	Number                           int64                 `json:"number"`
	Title                            string                `json:"title"`
	Link                             string                `json:"link"`
	BodyHTML                         string                `json:"body_html"`
	State                            string                `json:"state"`
	Type                             string                `json:"type"`
	Source                           string                `json:"source"`
	Account                          *accountRef           `json:"account"`
	Requester                        *ref                  `json:"requester"`
	Assignee                         *ref                  `json:"assignee"`
	Team                             *ref                  `json:"team"`
	Tags                             []string              `json:"tags"`
	CustomFields                     map[string]fieldValue `json:"custom_fields"`
	CreatedAt                        string                `json:"created_at"`
	UpdatedAt                        string                `json:"updated_at"`
	LatestMessageTime                string                `json:"latest_message_time"`
	FirstResponseTime                *string               `json:"first_response_time"`
	ResolutionTime                   *string               `json:"resolution_time"`
	FirstResolutionTime              *string               `json:"first_resolution_time"`
	CustomerPortalVisible            bool                  `json:"customer_portal_visible"`
	IsIssueGroup                     bool                  `json:"is_issue_group"`
	AuthorUnverified                 bool                  `json:"author_unverified"`
	NumberOfTouches                  int64                 `json:"number_of_touches"`
	TimeInStatusSeconds              map[string]int64      `json:"time_in_status_seconds"`
	BusinessHoursTimeInStatusSeconds map[string]int64      `json:"business_hours_time_in_status_seconds"`

	FirstResponseSeconds              *int64          `json:"first_response_seconds,omitempty"`
	BusinessHoursFirstResponseSeconds *int64          `json:"business_hours_first_response_seconds,omitempty"`
	ResolutionSeconds                 *int64          `json:"resolution_seconds,omitempty"`
	BusinessHoursResolutionSeconds    *int64          `json:"business_hours_resolution_seconds,omitempty"`
	SnoozedUntilTime                  *string         `json:"snoozed_until_time,omitempty"`
	Slack                             *slackInfo      `json:"slack,omitempty"`
	WorkspaceEmail                    string          `json:"workspace_email,omitempty"`
	ChatWidgetInfo                    *chatWidgetInfo `json:"chat_widget_info,omitempty"`
	ExternalIssues                    []externalIssue `json:"external_issues,omitempty"`
	CSATResponses                     []csatResponse  `json:"csat_responses,omitempty"`
	AttachmentURLs                    []string        `json:"attachment_urls,omitempty"`

	created    time.Time
	stateSince time.Time
	messages   []*message
	threads    []*thread
	followers  []follower
	voiceCalls []voiceCall
}

type messageAuthor struct {
	AvatarURL string `json:"avatar_url"`
	Name      string `json:"name"`
	User      *ref   `json:"user,omitempty"`
	Contact   *ref   `json:"contact,omitempty"`
}

type emailInfo struct {
	FromEmail string   `json:"from_email"`
	ToEmails  []string `json:"to_emails"`
	CCEmails  []string `json:"cc_emails"`
	BCCEmails []string `json:"bcc_emails"`
	MessageID string   `json:"message_id"`
}

type message struct {
	ID          string         `json:"id"`
	MessageHTML string         `json:"message_html"`
	Timestamp   string         `json:"timestamp"`
	IsPrivate   bool           `json:"is_private"`
	Source      string         `json:"source"`
	ThreadID    string         `json:"thread_id,omitempty"`
	Author      *messageAuthor `json:"author"`
	EmailInfo   *emailInfo     `json:"email_info,omitempty"`
	FileURLs    []string       `json:"file_urls"`
}

// thread is an internal discussion. ThreadID is the chat tool's id, not ours.
type thread struct {
	ID        string  `json:"id"`
	IssueID   string  `json:"issue_id"`
	Name      string  `json:"name"`
	Source    *string `json:"source"`
	ChannelID *string `json:"channel_id"`
	ThreadID  *string `json:"thread_id"`
}

// issueStatus is read only inside the package: no operation lists statuses.
type issueStatus struct {
	slug, category string
	archived       bool
}
