package pylon

import (
	"fmt"
	"time"
)

// seedSupport adds what only the REST API shows: it leaves every record that
// the hosted operations answer with as it is.
func seedSupport(o *Organization) {
	for i, slug := range []string{"meeting", "product_login", "renewal_call", "survey_sent"} {
		o.activityTypes = append(o.activityTypes, activityType{
			ID: deriveID("activity-type", i), Slug: slug, Label: labelOf(slug), IconURL: "https://icons.northlight.test/" + slug + ".svg",
		})
	}
	seedRelationships(o)
	for n, i := range o.issues.all() {
		if n%4 == 0 {
			seedFollowers(i)
		}
		// The service keeps calls at phone issues alone. No seeded issue came by
		// phone, so that some form issues, which were called back, have them.
		if n%10 == 0 && i.Source == "form" {
			i.voiceCalls = []voiceCall{seededCall(i)}
		}
	}
}

// seedRelationships writes down the parents that the accounts have already.
func seedRelationships(o *Organization) {
	for _, child := range o.accounts.all() {
		if child.ParentAccountID != nil {
			o.relate(deriveID("relationship", len(o.relationships.keys)), child, o.accounts.rows[*child.ParentAccountID], parentAccount, child.CreatedAt)
		}
	}
}

func seedFollowers(i *issue) {
	if i.Assignee != nil {
		i.follow(follower{ID: i.Assignee.ID, Type: followUser})
	}
	if i.Requester != nil {
		i.follow(follower{ID: i.Requester.ID, Type: followContact})
	}
}

func seededCall(i *issue) voiceCall {
	n := int(i.Number)
	id := deriveID("voice-recording", n)
	return voiceCall{
		ID: deriveID("voice-call", n), CreatedAt: stamp(i.created.Add(10 * time.Minute)), DurationSec: int64(60 + n%600),
		FromPhoneNumber: "442079460000", ToPhoneNumber: fmt.Sprintf("4420%08d", 79_460_000+n%9999),
		Recordings: []voiceRecording{{
			ID: id, DownloadURL: "https://uploads.northlight.test/calls/" + id + ".mp3",
			Transcript: []voiceSegment{{"agent", "Hello, you wrote to us: how can I help?"}, {"customer", "Thank you for calling back."}},
		}},
	}
}
