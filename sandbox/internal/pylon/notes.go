package pylon

import "slices"

const sourceSlack = "slack"

type createNoteParams struct {
	ID        pathID `param:"id,required"`
	BodyHTML  string `param:"body_html,required"`
	ThreadID  string `param:"thread_id"`
	MessageID string `param:"message_id"`
}

type createThreadParams struct {
	ID   pathID `param:"id,required"`
	Name string `param:"name"`
}

func createNote(o *Organization, p createNoteParams) (Reply, error) {
	written, err := o.note(noteInput{ID: p.ID, BodyHTML: p.BodyHTML, ThreadID: p.ThreadID, MessageID: p.MessageID})
	if err != nil {
		return Reply{}, err
	}
	return o.written(written)
}

// noteInput is everything that the service takes for a note.
type noteInput struct {
	ID             pathID   `param:"id,required"`
	BodyHTML       string   `param:"body_html,required"`
	ThreadID       string   `param:"thread_id"`
	ThreadName     string   `param:"thread_name"`
	MessageID      string   `param:"message_id"`
	UserID         string   `param:"user_id"`
	AttachmentURLs []string `param:"attachment_urls"`
}

func (o *Organization) note(p noteInput) (posted, error) {
	if p.ThreadID != "" && p.MessageID != "" {
		return posted{}, badRequest("thread_id and message_id exclude each other")
	}
	found, err := o.findIssue(p.ID)
	if err != nil {
		return posted{}, err
	}
	threadID, err := noteThread(found, p)
	if err != nil {
		return posted{}, err
	}
	author, err := o.author(p.UserID, "")
	if err != nil {
		return posted{}, err
	}
	if threadID == "" {
		threadID = o.defaultThread(found, p.ThreadName).ID
	}
	note := o.ownMessage(sourceManual, p.BodyHTML, true)
	note.ThreadID = threadID
	note.FileURLs = append(note.FileURLs, p.AttachmentURLs...)
	if author != nil {
		note.Author = author
	}
	return o.post(found, note, o.now()), nil
}

// noteThread returns the thread that the parameters name, or "" for none.
func noteThread(on *issue, p noteInput) (string, error) {
	switch {
	case p.ThreadID != "":
		if _, ok := on.thread(p.ThreadID); !ok {
			return "", notFound("Thread")
		}
		return p.ThreadID, nil
	case p.MessageID != "":
		answered, ok := on.message(p.MessageID)
		if !ok {
			return "", notFound("Message")
		}
		if !answered.IsPrivate {
			return "", badRequest("message_id names a customer-visible message: name an internal note")
		}
		return answered.ThreadID, nil
	default:
		return "", nil
	}
}

// defaultThread is the latest thread that lives in a chat tool, else a new one
// that lives in the service alone.
func (o *Organization) defaultThread(on *issue, name string) *thread {
	for _, v := range slices.Backward(on.threads) {
		if source := v.Source; source != nil && *source == sourceSlack {
			return v
		}
	}
	return o.addThread(on, name)
}

func (o *Organization) addThread(on *issue, name string) *thread {
	added := &thread{ID: o.newID("thread"), IssueID: on.ID, Name: name}
	on.threads = append(on.threads, added)
	return added
}

func createThread(o *Organization, p createThreadParams) (Reply, error) {
	added, err := o.openThread(p)
	if err != nil {
		return Reply{}, err
	}
	return o.written(added)
}

func (o *Organization) openThread(p createThreadParams) (*thread, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	added := o.addThread(found, p.Name)
	found.UpdatedAt = o.timestamp()
	return added, nil
}
