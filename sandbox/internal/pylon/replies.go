package pylon

type createReplyParams struct {
	ID             pathID   `param:"id,required"`
	BodyHTML       string   `param:"body_html,required"`
	MessageID      string   `param:"message_id,required"`
	UserID         string   `param:"user_id"`
	ContactID      string   `param:"contact_id"`
	AttachmentURLs []string `param:"attachment_urls"`
}

func createReply(o *Organization, p createReplyParams) (Reply, error) {
	if p.UserID != "" && p.ContactID != "" {
		return Reply{}, badRequest("user_id and contact_id exclude each other")
	}
	found, err := o.findIssue(p.ID)
	if err != nil {
		return Reply{}, err
	}
	if err := checkReply(found, p.MessageID); err != nil {
		return Reply{}, err
	}
	author, err := o.replyAuthor(p)
	if err != nil {
		return Reply{}, err
	}
	now := o.now()
	reply := o.ownMessage(found.Source, p.BodyHTML, false)
	if author != nil {
		reply.Author = author
	}
	reply.FileURLs = append(reply.FileURLs, p.AttachmentURLs...)
	if reply.Author.User != nil {
		found.respond(now)
	}
	return o.post(found, reply, now)
}

// checkReply holds the rules for what a reply may answer. Email conversations
// are always refused: their recipients travel in email_info, which the
// connector does not declare.
func checkReply(to *issue, messageID string) error {
	if !to.hasPublicMessage() {
		err := badRequest("this issue is internal: there is no customer-visible message to reply to")
		err.Code = "internal_issue_reply_not_allowed"
		return err
	}
	answered, ok := to.message(messageID)
	if !ok {
		return badRequest("message_id does not name a message of this issue")
	}
	if answered.IsPrivate {
		return badRequest("message_id names an internal note: name a customer-visible message")
	}
	if to.Source == sourceEmail {
		return badRequest("email_info with at least one recipient is required to reply to an email conversation")
	}
	return nil
}

// replyAuthor returns nil when the token's own user is the author.
func (o *Organization) replyAuthor(p createReplyParams) (*messageAuthor, error) {
	switch {
	case p.UserID != "":
		u, err := o.users.find("User", p.UserID)
		if err != nil {
			return nil, err
		}
		return userAuthor(u), nil
	case p.ContactID != "":
		c, err := o.contacts.find("Contact", p.ContactID)
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
