package pylon

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

func importRoutes() []Route {
	return []Route{
		restWrite(http.MethodPost, "/import/contacts", perMinuteSome, restImportContact),
		restWrite(http.MethodPost, "/import/issues", perMinuteSome, restImportIssue),
		restWrite(http.MethodPost, "/import/issues/{id}/messages", perMinuteSome, restImportMessages),
		restWrite(http.MethodPost, "/integrations/devin/disconnect", perMinuteFew, restDisconnectDevin),
	}
}

type importContactParams struct {
	Name               string       `param:"name,required"`
	Email              string       `param:"email,required"`
	AccountID          *string      `param:"account_id"`
	AvatarURL          string       `param:"avatar_url"`
	PhoneNumbers       []string     `param:"phone_numbers"`
	PrimaryPhoneNumber *string      `param:"primary_phone_number"`
	PortalRole         *string      `param:"portal_role"`
	CustomFields       []fieldInput `param:"custom_fields"`
}

func restImportContact(o *Organization, p importContactParams) (any, error) {
	created, err := o.makeContact(contactInput{
		Name: p.Name, Email: p.Email, AccountID: p.AccountID, AvatarURL: p.AvatarURL, PhoneNumbers: p.PhoneNumbers,
		PrimaryPhoneNumber: p.PrimaryPhoneNumber, PortalRole: p.PortalRole, CustomFields: p.CustomFields,
	})
	if err != nil {
		return nil, err
	}
	return restData(created)
}

// importMessage is one message of an imported conversation.
type importMessage struct {
	BodyHTML       string   `json:"body_html"`
	IsPrivate      *bool    `json:"is_private"`
	UserID         string   `json:"user_id"`
	ContactID      string   `json:"contact_id"`
	CreatedAt      string   `json:"created_at"`
	AttachmentURLs []string `json:"attachment_urls"`
}

// importWarnings tells what an import left out.
type importWarnings struct {
	SkippedAttachments []string `json:"skipped_attachments"`
}

// importBody is the service's answer to an import of messages.
type importBody struct {
	Data     *issue          `json:"data"`
	Warnings *importWarnings `json:"warnings,omitempty"`
}

func imported(into *issue, skipped []string) (any, error) {
	body := importBody{Data: into}
	if len(skipped) > 0 {
		body.Warnings = &importWarnings{SkippedAttachments: skipped}
	}
	return body, nil
}

// reachable splits attachment URLs into those that can be fetched and those
// that cannot: an absolute http or https URL is taken to be there.
func reachable(urls []string) (kept, skipped []string) {
	kept = []string{}
	for _, raw := range urls {
		u, err := url.Parse(raw)
		if err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") {
			kept = append(kept, raw)
			continue
		}
		skipped = append(skipped, raw)
	}
	return kept, skipped
}

// readMessages checks all messages before the first of them is stored.
func (o *Organization) readMessages(inputs []importMessage) (messages []*message, skipped []string, err error) {
	if len(inputs) == 0 {
		return nil, nil, badRequest("messages must hold at least one message")
	}
	for i, in := range inputs {
		m, left, err := o.readMessage(fmt.Sprintf("messages[%d]", i), in)
		if err != nil {
			return nil, nil, err
		}
		messages, skipped = append(messages, m), append(skipped, left...)
	}
	for _, m := range messages {
		m.ID = o.newID("message")
	}
	return messages, skipped, nil
}

func (o *Organization) readMessage(where string, in importMessage) (m *message, skipped []string, err error) {
	switch {
	case in.BodyHTML == "":
		return nil, nil, badRequest("%s: body_html is required", where)
	case in.IsPrivate == nil:
		return nil, nil, badRequest("%s: is_private is required", where)
	case in.UserID != "" && in.ContactID != "":
		return nil, nil, badRequest("%s: user_id and contact_id exclude each other", where)
	}
	at, err := instantOr(where+": created_at", in.CreatedAt, o.now())
	if err != nil {
		return nil, nil, err
	}
	author, err := o.author(in.UserID, in.ContactID)
	if err != nil {
		return nil, nil, err
	}
	if author == nil {
		author = &messageAuthor{Name: "API", User: &ref{ID: o.apiUserID}}
	}
	m = &message{MessageHTML: in.BodyHTML, Timestamp: stamp(at), IsPrivate: *in.IsPrivate, Source: sourceManual, Author: author}
	m.FileURLs, skipped = reachable(in.AttachmentURLs)
	return m, skipped, nil
}

// instantOr parses an optional time.
func instantOr(name, value string, absent time.Time) (time.Time, error) {
	if value == "" {
		return absent, nil
	}
	return parseInstant(name, value)
}

// takeIn adds messages where they belong in time.
func (i *issue) takeIn(messages []*message) {
	i.messages = append(i.messages, messages...)
	slices.SortStableFunc(i.messages, func(a, b *message) int { return cmp.Compare(a.Timestamp, b.Timestamp) })
	i.LatestMessageTime = i.messages[len(i.messages)-1].Timestamp
}

type importMessagesParams struct {
	ID       pathID          `param:"id,required"`
	Messages []importMessage `param:"messages,required"`
}

func restImportMessages(o *Organization, p importMessagesParams) (any, error) {
	if len(p.Messages) == 0 {
		return nil, badRequest("messages must hold at least one message")
	}
	into, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	messages, skipped, err := o.readMessages(p.Messages)
	if err != nil {
		return nil, err
	}
	into.takeIn(messages)
	into.UpdatedAt = o.timestamp()
	return imported(into, skipped)
}

// disconnected is what the service answers about the one integration that can
// be cut off through its API.
type disconnected struct {
	Disconnected bool `json:"disconnected"`
}

// restDisconnectDevin reports whether there was a connection to cut. The
// service keeps this route to the partner's own tokens; here any token will do.
func restDisconnectDevin(o *Organization, _ noParams) (any, error) {
	cut := !o.insight.devinDisconnected
	o.insight.devinDisconnected = true
	return restData(disconnected{Disconnected: cut})
}
