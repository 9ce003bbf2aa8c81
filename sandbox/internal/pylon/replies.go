package pylon

type createReplyParams struct {
	ID             pathID   `param:"id,required"`
	BodyHTML       string   `param:"body_html,required"`
	MessageID      string   `param:"message_id,required"`
	UserID         string   `param:"user_id"`
	ContactID      string   `param:"contact_id"`
	AttachmentURLs []string `param:"attachment_urls"`
}

// createReply cannot answer email conversations: their recipients travel in
// email_info, which the connector does not declare.
func createReply(o *Organization, p createReplyParams) (Reply, error) {
	sent, err := o.reply(replyInput{
		ID: p.ID, BodyHTML: p.BodyHTML, MessageID: p.MessageID,
		UserID: p.UserID, ContactID: p.ContactID, AttachmentURLs: p.AttachmentURLs,
	})
	if err != nil {
		return Reply{}, err
	}
	return o.written(sent)
}

// replyInput is everything that the service takes for a reply.
type replyInput struct {
	ID             pathID        `param:"id,required"`
	BodyHTML       string        `param:"body_html,required"`
	MessageID      string        `param:"message_id,required"`
	UserID         string        `param:"user_id"`
	ContactID      string        `param:"contact_id"`
	AttachmentURLs []string      `param:"attachment_urls"`
	EmailInfo      *recipients   `param:"email_info"`
	CustomSource   *customSource `param:"custom_source"`
}

type recipients struct {
	To  []string `json:"to_emails"`
	CC  []string `json:"cc_emails"`
	BCC []string `json:"bcc_emails"`
}

// customSource belongs to channels that a program serves itself. No seeded
// issue came through one.
type customSource struct {
	ExternalID string `json:"external_id"`
}

func (r *recipients) none() bool { return r == nil || len(r.To)+len(r.CC)+len(r.BCC) == 0 }

func (o *Organization) reply(p replyInput) (posted, error) {
	if p.UserID != "" && p.ContactID != "" {
		return posted{}, badRequest("user_id and contact_id exclude each other")
	}
	found, err := o.findIssue(p.ID)
	if err != nil {
		return posted{}, err
	}
	if err := checkReply(found, p); err != nil {
		return posted{}, err
	}
	author, err := o.author(p.UserID, p.ContactID)
	if err != nil {
		return posted{}, err
	}
	now := o.now()
	sent := o.ownMessage(found.Source, p.BodyHTML, false)
	if author != nil {
		sent.Author = author
	}
	sent.FileURLs = append(sent.FileURLs, p.AttachmentURLs...)
	if found.Source == sourceEmail {
		sent.EmailInfo = found.emailInfo(sent.ID, p.EmailInfo)
	}
	if sent.Author.User != nil {
		found.respond(now)
	}
	return o.post(found, sent, now), nil
}

func (i *issue) emailInfo(messageID string, to *recipients) *emailInfo {
	return &emailInfo{
		FromEmail: i.WorkspaceEmail, ToEmails: append([]string{}, to.To...), CCEmails: append([]string{}, to.CC...),
		BCCEmails: append([]string{}, to.BCC...), MessageID: "<" + messageID + "@mail.northlight.test>",
	}
}

// checkReply holds the rules for what a reply may answer.
func checkReply(to *issue, p replyInput) error {
	if !to.hasPublicMessage() {
		err := badRequest("this issue is internal: there is no customer-visible message to reply to")
		err.Code = "internal_issue_reply_not_allowed"
		return err
	}
	answered, ok := to.message(p.MessageID)
	switch {
	case !ok:
		return badRequest("message_id does not name a message of this issue")
	case answered.IsPrivate:
		return badRequest("message_id names an internal note: name a customer-visible message")
	case to.Source == sourceEmail && p.EmailInfo.none():
		return badRequest("email_info with at least one recipient is required to reply to an email conversation")
	case p.CustomSource != nil:
		return badRequest("custom_source is for issues of a custom channel alone: this one came through %s", to.Source)
	}
	return nil
}

// author returns nil when the token's own user is the author.
func (o *Organization) author(userID, contactID string) (*messageAuthor, error) {
	switch {
	case userID != "":
		u, err := o.users.find("User", userID)
		if err != nil {
			return nil, err
		}
		return userAuthor(u), nil
	case contactID != "":
		c, err := o.contacts.find("Contact", contactID)
		if err != nil {
			return nil, err
		}
		return contactAuthor(c), nil
	default:
		return nil, nil
	}
}

func userAuthor(u *user) *messageAuthor {
	return &messageAuthor{AvatarURL: u.AvatarURL, Name: u.Name, User: &ref{ID: u.ID, Email: u.Email}}
}

func contactAuthor(c *contact) *messageAuthor {
	author := &messageAuthor{AvatarURL: c.AvatarURL, Name: c.Name, Contact: &ref{ID: c.ID}}
	if c.Email != nil {
		author.Contact.Email = *c.Email
	}
	return author
}
