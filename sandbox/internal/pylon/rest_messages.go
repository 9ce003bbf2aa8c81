package pylon

import "slices"

type restMessagesParams struct {
	pageParams

	ID pathID `param:"id,required"`
}

// restListMessages goes in pages only where a limit or a cursor asks for it.
func restListMessages(o *Organization, p restMessagesParams) (any, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	rule := pageRule{entity: "messages", most: 1000}
	if p.Cursor != "" {
		rule.standard = 100
	}
	return restPage(o, rule, found.ID, p.pageParams, found.messages)
}

type messageParams struct {
	ID        pathID `param:"id,required"`
	MessageID string `param:"message_id,required"`
}

func (o *Organization) findMessage(p messageParams) (*issue, *message, error) {
	in, err := o.findIssue(p.ID)
	if err != nil {
		return nil, nil, err
	}
	found, ok := in.message(p.MessageID)
	if !ok {
		return nil, nil, notFound("Message")
	}
	return in, found, nil
}

func restDeleteMessage(o *Organization, p messageParams) (any, error) {
	in, found, err := o.findMessage(p)
	if err != nil {
		return nil, err
	}
	in.messages = slices.DeleteFunc(in.messages, func(m *message) bool { return m == found })
	in.UpdatedAt = o.timestamp()
	return restDone()
}

const redactedHTML = "<p>This message was redacted.</p>"

// restRedactMessage also redacts the issue's own body where it is the message's:
// the text would live on there.
func restRedactMessage(o *Organization, p messageParams) (any, error) {
	in, found, err := o.findMessage(p)
	if err != nil {
		return nil, err
	}
	if in.BodyHTML == found.MessageHTML {
		in.BodyHTML, in.AttachmentURLs = redactedHTML, nil
	}
	found.MessageHTML, found.FileURLs = redactedHTML, []string{}
	in.UpdatedAt = o.timestamp()
	return restData(found)
}

func restReply(o *Organization, p replyInput) (any, error) {
	sent, err := o.reply(p)
	if err != nil {
		return nil, err
	}
	return restData(sent)
}

func restNote(o *Organization, p noteInput) (any, error) {
	written, err := o.note(p)
	if err != nil {
		return nil, err
	}
	return restData(written)
}

func restListThreads(o *Organization, p idParams) (any, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	return restData(append([]*thread{}, found.threads...))
}

func restCreateThread(o *Organization, p createThreadParams) (any, error) {
	added, err := o.openThread(p)
	if err != nil {
		return nil, err
	}
	return restData(added)
}
