package pylon

import (
	"fmt"
	"strconv"
	"time"
)

// turn is one message of a story.
type turn int

const (
	turnOpen turn = iota
	turnNudge
	turnAsk
	turnAnswer
	turnNote
	turnUpdate
	turnFix
	turnThanks
)

// plot is a way an issue can go: its messages in order, and the state in which
// they leave it.
type plot struct {
	state string
	turns []turn
}

// openPlots and closedPlots hold two to eight messages each; chapter closes old
// issues more often.
func openPlots() []plot {
	return []plot{
		{stateNew, []turn{turnOpen, turnNote}},
		{stateNew, []turn{turnOpen, turnNudge}},
		{"waiting_on_you", []turn{turnOpen, turnAsk, turnAnswer}},
		{"waiting_on_you", []turn{turnOpen, turnNote, turnAsk, turnAnswer, turnNudge}},
		{"waiting_on_customer", []turn{turnOpen, turnAsk}},
		{"waiting_on_customer", []turn{turnOpen, turnAsk, turnAnswer, turnNote, turnFix}},
		{"on_hold", []turn{turnOpen, turnAsk, turnAnswer, turnNote, turnUpdate}},
		{"in_progress", []turn{turnOpen, turnAsk, turnNote, turnAnswer, turnUpdate, turnNote}},
		{"escalated", []turn{turnOpen, turnNudge, turnAsk, turnAnswer, turnNote, turnUpdate, turnNudge}},
	}
}

func closedPlots() []plot {
	return []plot{
		{stateClosed, []turn{turnOpen, turnFix, turnThanks}},
		{stateClosed, []turn{turnOpen, turnAsk, turnAnswer, turnFix}},
		{stateClosed, []turn{turnOpen, turnNote, turnFix, turnThanks}},
		{stateClosed, []turn{turnOpen, turnAsk, turnAnswer, turnUpdate, turnFix}},
		{stateClosed, []turn{turnOpen, turnAsk, turnNote, turnAnswer, turnFix, turnThanks}},
		{stateClosed, []turn{turnOpen, turnNudge, turnAsk, turnAnswer, turnNote, turnUpdate, turnFix, turnThanks}},
		{"wont_fix", []turn{turnOpen, turnAsk, turnAnswer, turnNote, turnUpdate}},
	}
}

func (s *story) chapter() plot {
	age := Epoch.Sub(s.issue.created)
	switch {
	case age > 45*24*time.Hour && !s.d.oneIn(12), age > 5*24*time.Hour && !s.d.oneIn(3):
		return pick(s.d, closedPlots())
	case age < 4*time.Hour:
		return openPlots()[s.d.below(2)]
	default:
		return pick(s.d, openPlots())
	}
}

// tell writes the messages and then settles the issue in its last state.
func (s *story) tell() {
	p := s.chapter()
	// Every gap is at most an even share of the time left, so that no story
	// runs past the epoch.
	for i, t := range p.turns {
		if i > 0 {
			left := Epoch.Sub(s.now) / time.Duration(len(p.turns)-i+1)
			s.now = s.now.Add(s.d.between(min(left/8, time.Hour), min(left, 20*time.Hour))).Truncate(time.Second)
		}
		s.say(t)
	}
	s.o.moveIssue(s.issue, p.state, s.now)
	s.settle(p)
}

func (s *story) say(t turn) {
	m := &message{
		ID:        deriveID("message-"+strconv.FormatInt(s.issue.Number, 10), len(s.issue.messages)),
		Timestamp: stamp(s.now), Source: s.issue.Source, FileURLs: []string{},
	}
	s.issue.messages = append(s.issue.messages, m)
	switch t {
	case turnOpen, turnNudge, turnAnswer, turnThanks:
		s.fromCustomer(m, t)
	case turnNote:
		s.fromColleague(m)
	default:
		s.fromAgent(m, t)
	}
	if s.issue.Source == sourceEmail && !m.IsPrivate {
		m.EmailInfo = s.envelope(m)
	}
	s.issue.LatestMessageTime, s.issue.UpdatedAt = stamp(s.now), stamp(s.now)
}

func (s *story) fromCustomer(m *message, t turn) {
	m.Author = contactAuthor(s.contact)
	switch t {
	case turnOpen:
		m.MessageHTML = s.html("<p>Hello team,</p><p>" + s.topic.open + "</p><p>{contact}</p>")
		s.issue.BodyHTML = m.MessageHTML
		if s.d.oneIn(7) {
			m.FileURLs = []string{fmt.Sprintf("https://uploads.northlight.test/%d/screenshot.png?size=full&v=2", s.issue.Number)}
			s.issue.AttachmentURLs = m.FileURLs
		}
		return
	case turnNudge:
		m.MessageHTML = s.html("<p>Any news on this? It is still the same on our side.</p>")
	case turnAnswer:
		m.MessageHTML = s.html("<p>" + s.topic.answer + "</p>")
	default:
		m.MessageHTML = s.html("<p>That works, thank you {agent}! 🎉</p>")
	}
	if t != turnThanks && s.issue.State != stateNew {
		s.o.moveIssue(s.issue, "waiting_on_you", s.now)
	}
}

func (s *story) fromAgent(m *message, t turn) {
	m.Author = userAuthor(s.agent)
	m.MessageHTML = s.html(s.agentText(t))
	s.issue.respond(s.now)
	s.o.moveIssue(s.issue, "waiting_on_customer", s.now)
}

func (s *story) agentText(t turn) string {
	switch t {
	case turnAsk:
		return "<p>Hi {contact},</p><p>" + s.topic.ask + "</p><p>{agent}<br>Northlight Support</p>"
	case turnFix:
		return "<p>Hi {contact},</p><p>" + s.topic.fix + "</p><p>Best,<br>{agent}</p>"
	default:
		return "<p>A short update: our engineers are looking into it, and we will write again as soon as we know more.</p>"
	}
}

// fromColleague posts an internal note; the first one opens the thread.
func (s *story) fromColleague(m *message) {
	if len(s.issue.threads) == 0 {
		s.issue.threads = []*thread{s.discussion()}
	}
	m.IsPrivate, m.ThreadID, m.Source = true, s.issue.threads[0].ID, sourceManual
	m.Author = userAuthor(s.o.users.rows[pick(s.d, s.o.users.keys)])
	m.MessageHTML = s.html("<p>" + s.topic.note + "</p>")
}

func (s *story) discussion() *thread {
	t := &thread{ID: deriveID("thread", int(s.issue.Number)), IssueID: s.issue.ID, Name: "Internal discussion"}
	if s.issue.Slack != nil {
		t.Source, t.ChannelID, t.ThreadID = new(sourceSlack), new("C0INTERNAL"), new(s.issue.Slack.MessageTS)
	}
	return t
}

func (s *story) html(template string) string { return s.fill.Replace(template) }

func (s *story) envelope(m *message) *emailInfo {
	customer := *s.contact.Email
	info := &emailInfo{
		FromEmail: customer, ToEmails: []string{s.issue.WorkspaceEmail}, CCEmails: []string{}, BCCEmails: []string{},
		MessageID: "<" + m.ID + "@mail.northlight.test>",
	}
	if m.Author.User != nil {
		info.FromEmail, info.ToEmails = s.issue.WorkspaceEmail, []string{customer}
	}
	return info
}

// settle adds what depends on how the story ended.
func (s *story) settle(p plot) {
	i := s.issue
	// The clock of the last state runs on in the service; here it is read once,
	// at the epoch, and again when the issue moves.
	i.spend(i.State, Epoch.Sub(i.stateSince))
	i.stateSince = Epoch
	if i.State != stateNew || s.d.oneIn(2) {
		i.Assignee = &ref{ID: s.agent.ID}
	}
	if !s.d.oneIn(8) {
		i.Team = &ref{ID: s.o.teams.keys[s.topic.team]}
	}
	if p.state == stateClosed && s.d.oneIn(4) {
		i.CSATResponses = []csatResponse{{Comment: "Quick & kind, thanks!", Score: int64(3 + s.d.below(3))}}
	}
	if s.topic.externally && i.State != stateNew {
		key := fmt.Sprintf("ENG-%d", 300+i.Number%700)
		i.ExternalIssues = []externalIssue{{Source: "linear", ExternalID: deriveID("linear", int(i.Number)), Link: "https://linear.northlight.test/issue/" + key}}
	}
	if i.State == "on_hold" {
		i.SnoozedUntilTime = new(stamp(Epoch.AddDate(0, 0, 1+s.d.below(14))))
	}
	if s.account != nil && s.account.LatestCustomerActivityTime < i.LatestMessageTime {
		s.account.LatestCustomerActivityTime = i.LatestMessageTime
	}
}
