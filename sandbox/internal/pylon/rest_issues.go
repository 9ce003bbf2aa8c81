package pylon

type restIssuesParams struct {
	pageParams

	StartTime string `param:"start_time,required"`
	EndTime   string `param:"end_time,required"`
}

func restListIssues(o *Organization, p restIssuesParams) (any, error) {
	rows, scope, err := o.issuesBetween(p.StartTime, p.EndTime)
	if err != nil {
		return nil, err
	}
	return restPage(o, pageRule{entity: "issues", standard: 20_000, most: 20_000, zero: true}, scope, p.pageParams, rows)
}

func restGetIssue(o *Organization, p idParams) (any, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	return restData(found)
}

func restCreateIssue(o *Organization, p issueInput) (any, error) {
	created, err := o.openIssue(p)
	if err != nil {
		return nil, err
	}
	return restData(created)
}

func restUpdateIssue(o *Organization, p issueChange) (any, error) {
	found, err := o.changeIssue(p)
	if err != nil {
		return nil, err
	}
	return restData(found)
}

func restDeleteIssue(o *Organization, p idParams) (any, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	o.issues.remove(found.ID)
	return restDone()
}

type snoozeParams struct {
	ID    pathID `param:"id,required"`
	Until string `param:"snooze_until,required"`
}

func restSnoozeIssue(o *Organization, p snoozeParams) (any, error) {
	until, err := parseInstant("snooze_until", p.Until)
	if err != nil {
		return nil, err
	}
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	found.SnoozedUntilTime, found.UpdatedAt = new(stamp(until)), o.timestamp()
	return restData(found)
}

type aiResponseParams struct {
	ID      pathID `param:"id,required"`
	AgentID string `param:"ai_agent_id,required"`
	AsNote  bool   `param:"post_as_internal_note"`
}

// restAIResponse answers flat, without data, as the service does. The text is
// always the same: nothing here can write one.
func restAIResponse(o *Organization, p aiResponseParams) (any, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	const html = "<p>This is a made-up answer: the simulator has no AI agent.</p>"
	if p.AsNote {
		note := o.ownMessage(sourceManual, html, true)
		note.ThreadID = o.defaultThread(found, "").ID
		o.post(found, note, o.now())
	}
	return struct {
		HTML  string `json:"response_html"`
		Valid bool   `json:"response_valid"`
	}{html, true}, nil
}

// voiceCall is a call that belongs to an issue.
type voiceCall struct {
	ID              string           `json:"id"`
	CreatedAt       string           `json:"created_at"`
	DurationSec     int64            `json:"duration_sec"`
	FromPhoneNumber string           `json:"from_phone_number"`
	ToPhoneNumber   string           `json:"to_phone_number"`
	Recordings      []voiceRecording `json:"recordings"`
}

type voiceRecording struct {
	ID          string         `json:"id"`
	DownloadURL string         `json:"download_url"`
	Transcript  []voiceSegment `json:"transcript_segments"`
}

type voiceSegment struct {
	Speaker string `json:"speaker"`
	Text    string `json:"text"`
}

func restListVoiceCalls(o *Organization, p idParams) (any, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	return restData(append([]voiceCall{}, found.voiceCalls...))
}
