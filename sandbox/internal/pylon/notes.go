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
	if p.ThreadID != "" && p.MessageID != "" {
		return Reply{}, badRequest("thread_id and message_id exclude each other")
	}
	found, err := o.findIssue(p.ID)
	if err != nil {
		return Reply{}, err
	}
	threadID, err := noteThread(found, p)
	if err != nil {
		return Reply{}, err
	}
	if threadID == "" {
		threadID = o.defaultThread(found).ID
	}
	note := o.ownMessage(sourceManual, p.BodyHTML, true)
	note.ThreadID = threadID
	return o.post(found, note, o.now())
}

// noteThread returns the thread that the parameters name, or "" for none.
func noteThread(on *issue, p createNoteParams) (string, error) {
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
func (o *Organization) defaultThread(on *issue) *thread {
	for _, v := range slices.Backward(on.threads) {
		if source := v.Source; source != nil && *source == sourceSlack {
			return v
		}
	}
	return o.addThread(on, "")
}

func (o *Organization) addThread(on *issue, name string) *thread {
	added := &thread{ID: o.newID("thread"), IssueID: on.ID, Name: name}
	on.threads = append(on.threads, added)
	return added
}

func createThread(o *Organization, p createThreadParams) (Reply, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return Reply{}, err
	}
	added := o.addThread(found, p.Name)
	found.UpdatedAt = o.timestamp()
	return o.written(added)
}
