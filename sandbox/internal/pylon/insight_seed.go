package pylon

import (
	"fmt"
	"time"
)

// seedInsight comes after the shared records and leaves them as they are.
func seedInsight(o *Organization) {
	seedAuditLogs(o)
	seedSurveys(o)
	seedFeatureRequests(o)
	seedCustomObjects(o)
	seedCallRecordings(o)
}

func seedAuditLogs(o *Organization) {
	actions := [][2]string{{"user.role_updated", "user"}, {"api_token.created", "api_token"}, {"tag.created", "tag"}, {"account.updated", "account"}}
	for i := range 40 {
		action := actions[i%len(actions)]
		at := stamp(Epoch.Add(-time.Duration(i) * 31 * time.Hour))
		entry := &auditLog{
			ID: deriveID("audit-log", i), Action: action[0], ActionHappenedAt: at, ObjectType: action[1],
			ActorUserID: new(o.users.keys[i%2]), Source: "dashboard", Attributes: map[string]string{"ip_address": fmt.Sprintf("192.0.2.%d", i+1)},
			Metadata: map[string]any{}, CreatedAt: at,
		}
		entry.ObjectID = map[string]string{
			"user": o.users.keys[2+i%18], "api_token": deriveID("api-token", i), "tag": o.tags.keys[i%len(o.tags.keys)], "account": o.accounts.keys[i%36],
		}[action[1]]
		entry.Link = "https://app.usepylon.com/settings/audit-logs?id=" + entry.ID
		o.insight.auditLogs.add(entry.ID, entry)
	}
}

func seedSurveys(o *Organization) {
	rows := []struct{ name, kind, prompt, question string }{
		{"After every issue", "csat", "How did we do?", "rating"},
		{"Would you recommend us?", "nps", "How likely are you to recommend Northlight?", "nps"},
		{"Onboarding check 🎒", "custom", "What was hard?", "text"},
	}
	for i, row := range rows {
		s := &survey{ID: deriveID("survey", i), Name: row.name, Type: row.kind, UpdatedAt: stamp(Epoch.AddDate(0, -i, -3))}
		o.insight.surveys.add(s.ID, s)
		for n := range 12 {
			from := o.contacts.rows[o.contacts.keys[i*12+n]]
			r := &surveyResponse{
				ID: deriveID("survey-response", i*100+n), ContactID: &from.ID, surveyID: s.ID,
				SubmittedAt: stamp(Epoch.Add(-time.Duration(n*29+i) * time.Hour)),
				Answers:     []surveyAnswer{{Prompt: row.prompt, QuestionType: row.question, Value: surveyValue(row.kind, n)}},
			}
			if from.Account != nil {
				r.AccountID = &from.Account.ID
			}
			o.insight.surveyResponses.add(r.ID, r)
		}
	}
}

func surveyValue(kind string, n int) string {
	switch kind {
	case "csat":
		return fmt.Sprint(1 + (n+3)%5)
	case "nps":
		return fmt.Sprint((n + 4) % 11)
	default:
		return "Finding the right <settings> page & the docs"
	}
}

func seedFeatureRequests(o *Organization) {
	o.insight.requestStatuses = []string{"new", "in_progress", "closed", "archived", "under_review"}
	o.insight.requestFields = fieldSet{defineField("effort", "select", "small", "medium", "large"), defineField("target_quarter", "text")}
	titles := []string{"Dark mode for dashboards", "Export to Parquet", "SCIM provisioning", "Audit log webhooks", "Weekly digest by email", "Arabic interface", "Row-level alerts"}
	for i, title := range titles {
		created := Epoch.AddDate(0, -8+i, i)
		f := &featureRequest{
			ID: deriveID("feature-request", i), Title: title, Description: "Customers ask for: " + title + ".",
			RequestStatus: o.insight.requestStatuses[i%5], PortalVisibleToAccountIDs: []string{}, CustomFields: map[string]fieldValue{},
			CreatedAt: stamp(created), UpdatedAt: stamp(created),
		}
		if i%2 == 0 {
			f.PortalVisibleToAccountIDs = []string{o.accounts.keys[i]}
		}
		for n := range i % 4 {
			source := o.issues.rows[o.issues.keys[i*20+n]]
			e := featureEvidence{SourceID: source.ID, SourceType: "issue", Summary: source.Title, ExternalURL: source.Link}
			if source.Account != nil {
				e.AccountID = source.Account.ID
			}
			f.evidence = append(f.evidence, e)
		}
		f.EvidenceCount = int64(len(f.evidence))
		o.insight.featureRequests.add(f.ID, f)
	}
}

func seedCustomObjects(o *Organization) {
	environments := &objectType{slug: "environment", fields: fieldSet{
		defineField("account", typeRelationship), defineField("region", "select", "eu", "us", "apac"), defineField("seats", "number"),
		defineField("go_live", "date"), defineField("modules", "multiselect", "api", "web", "mobile"),
	}}
	contracts := &objectType{slug: "contract", fields: fieldSet{
		defineField("account", typeRelationship), defineField("reference", "text"), defineField("value", "decimal"), defineField("signed_on", "date"),
	}}
	o.insight.objectTypes = []*objectType{environments, contracts}
	for i := range 30 {
		in := o.accounts.rows[o.accounts.keys[i]]
		modules := textValue("")
		modules.Values = []string{"api", []string{"web", "mobile"}[i%2]}
		seedObject(environments, i, in.Name+" production", map[string]fieldValue{
			"account": textValue(in.ID), "region": textValue([]string{"eu", "us", "apac"}[i%3]), "seats": textValue(fmt.Sprint(10 + i*7)),
			"go_live": textValue(Epoch.AddDate(0, -i, 0).Format(time.DateOnly)), "modules": modules,
		})
	}
	for i := range 6 {
		in := o.accounts.rows[o.accounts.keys[i]]
		seedObject(contracts, i, fmt.Sprintf("%s %d", in.Name, 2024+i%3), map[string]fieldValue{
			"account": textValue(in.ID), "reference": textValue(fmt.Sprintf("NL-%04d", 77+i)), "value": textValue(fmt.Sprintf("%d.50", 12_000+i*900)),
		})
	}
}

func seedObject(of *objectType, i int, name string, fields map[string]fieldValue) {
	at := stamp(seedStart.AddDate(0, 0, i*20))
	row := &customObject{ID: deriveID("custom-object-"+of.slug, i), Type: of.slug, Name: name, CustomFields: fields, CreatedAt: at, UpdatedAt: at}
	row.relate(of)
	of.objects.add(row.ID, row)
}

func seedCallRecordings(o *Organization) {
	for i := range 9 {
		with := o.contacts.rows[o.contacts.keys[i*4]]
		start := Epoch.Add(-time.Duration(i*53+5) * time.Hour)
		length := time.Duration(20+i*3) * time.Minute
		c := &callRecording{
			ID: deriveID("call-recording", i), Title: "Check-in with " + with.Name, ExternalID: fmt.Sprintf("rec-%05d", 40_100+i),
			Source: []string{"gong", "zoom", "fathom"}[i%3], URL: fmt.Sprintf("https://recordings.northlight.test/%d?t=0&lang=en", 40_100+i),
			Summary: "Open issues, next steps and dates.", ParticipantEmails: []string{"aiko@northlight.test"},
			StartTime: stamp(start), EndTime: stamp(start.Add(length)), DurationMS: length.Milliseconds(),
			CustomFields: map[string]fieldValue{}, CreatedAt: stamp(start.Add(length)), UpdatedAt: stamp(start.Add(length)),
		}
		if with.Account != nil {
			c.AccountID = &with.Account.ID
		}
		if with.Email != nil {
			c.ParticipantEmails = append(c.ParticipantEmails, *with.Email)
		}
		if i%2 == 0 {
			c.CalendarEventID = new(fmt.Sprintf("cal-%d", 900+i))
		}
		o.insight.callRecordings.add(c.ID, c)
	}
}
