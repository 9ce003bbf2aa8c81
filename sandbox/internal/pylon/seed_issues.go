package pylon

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	seededIssueCount = 460

	// seededSpan is how far back issues go. Half of them fall into its last
	// quarter, so that one legal window holds more than a page.
	seededSpan = 300 * 24 * time.Hour
)

func seedIssues(o *Organization) {
	d := newDice(3)
	all := topics()
	for _, created := range seededTimes(d) {
		story := newStory(o, d, pick(d, all), created)
		story.tell()
		o.issues.add(story.issue.ID, story.issue)
		o.number++
	}
}

// seededTimes returns creation times in rising order, denser towards the end.
func seededTimes(d *dice) []time.Time {
	times := make([]time.Time, 0, seededIssueCount)
	for range seededIssueCount {
		share := float64(d.below(1_000_000)) / 1_000_000
		age := time.Duration(share*share*float64(seededSpan)) + 20*time.Minute
		times = append(times, Epoch.Add(-age).Truncate(time.Second))
	}
	slices.SortFunc(times, time.Time.Compare)
	return times
}

// story is one issue while it is being made up.
type story struct {
	o     *Organization
	d     *dice
	topic topic
	issue *issue

	account *account
	contact *contact
	agent   *user
	fill    *strings.Replacer
	now     time.Time
}

func newStory(o *Organization, d *dice, about topic, created time.Time) *story {
	s := &story{o: o, d: d, topic: about, now: created}
	s.contact = o.contacts.rows[pick(d, o.contacts.keys)]
	if s.contact.Account != nil {
		s.account = o.accounts.rows[s.contact.Account.ID]
	}
	members := o.teams.rows[o.teams.keys[s.topic.team]].Users
	s.agent = o.users.rows[pick(d, members).ID]
	company, domain := "your company", "mailbox.example"
	if s.account != nil {
		company, domain = s.account.Name, s.account.Domain
	}
	s.fill = strings.NewReplacer(
		"{contact}", s.contact.Name, "{agent}", s.agent.Name, "{account}", company, "{domain}", domain,
		"{n}", strconv.Itoa(1000+d.below(9000)), "{few}", strconv.Itoa(3+d.below(37)),
	)
	s.issue = s.blank(created)
	return s
}

func (s *story) blank(created time.Time) *issue {
	n := int(s.o.number)
	i := &issue{
		ID: deriveID("issue", n), Number: int64(n), Link: issueLink(int64(n)), Title: s.fill.Replace(s.topic.title),
		State: stateNew, Type: "conversation", Requester: &ref{ID: s.contact.ID}, CustomFields: s.fields(),
		CreatedAt: stamp(created), created: created, stateSince: created, CustomerPortalVisible: s.d.oneIn(3),
		TimeInStatusSeconds: map[string]int64{}, BusinessHoursTimeInStatusSeconds: map[string]int64{},
	}
	if s.account != nil {
		i.Account = &accountRef{ID: s.account.ID}
	}
	if s.d.oneIn(4) {
		i.Type = "ticket"
	}
	if !s.d.oneIn(6) {
		i.Tags = []string{s.topic.tag}
		if s.d.oneIn(9) {
			i.Tags = append(i.Tags, "vip 💎")
		}
	}
	s.route(i)
	return i
}

// route chooses the channel and adds what only that channel sends.
func (s *story) route(i *issue) {
	channels := []string{sourceSlack, sourceSlack, sourceSlack, sourceEmail, sourceEmail, "chat_widget", "form", "microsoft_teams", "discord"}
	i.Source = pick(s.d, channels)
	if i.Source == sourceEmail && s.contact.Email == nil {
		i.Source = "form"
	}
	switch i.Source {
	case sourceSlack:
		id := fmt.Sprintf("C0%07X", s.d.below(1<<28))
		if s.account != nil && len(s.account.Channels) > 0 {
			id = s.account.Channels[0].ChannelID
		}
		i.Slack = &slackInfo{MessageTS: fmt.Sprintf("%d.%06d", i.created.Unix(), s.d.below(1_000_000)), ChannelID: id, WorkspaceID: "T0NORTHLT"}
	case sourceEmail:
		i.WorkspaceEmail = "support@northlight.test"
	case "chat_widget":
		i.ChatWidgetInfo = &chatWidgetInfo{PageURL: "https://app.northlight.test/" + s.topic.area + "?from=help&lang=en"}
	}
}

func (s *story) fields() map[string]fieldValue {
	priority := pick(s.d, []string{"low", "medium", "medium", "high"})
	if s.topic.urgent {
		priority = pick(s.d, []string{"urgent", "high"})
	}
	fields := map[string]fieldValue{"priority": textValue(priority), "product_area": textValue(s.topic.area)}
	if s.d.oneIn(4) {
		components := textValue("")
		components.Values = []string{"api", pick(s.d, []string{"web", "mobile", "worker"})}
		fields["affected_components"] = components
	}
	if s.topic.area == "billing" {
		fields["invoice_number"] = textValue("INV-" + strconv.Itoa(20_000+s.d.below(9_000)))
	}
	return fields
}
