package pylon

import (
	"fmt"
	"time"
)

func seedProjects(o *Organization) {
	d := newDice(4)
	names := []string{"Rollout", "Warehouse migration", "SSO switch-over", "Quarterly review", "Renewal 2027", "Data residency move", "Dashboards for the board", "Pilot 🚀"}
	for i, name := range names {
		owner := &accountRef{ID: o.accounts.keys[i*3]}
		created := Epoch.AddDate(0, -6+i/2, i)
		p := &project{
			ID: deriveID("project", i), Name: o.accounts.rows[owner.ID].Name + ": " + name,
			DescriptionHTML: "<p>Plan and dates for <b>" + name + "</b>.</p>", Account: owner, OwnerID: new(o.users.keys[15+i%3]),
			StartDate: new(created.Format(time.DateOnly)), EndDate: new(created.AddDate(0, 4, 0).Format(time.DateOnly)),
			CustomerPortalVisible: i%2 == 0, CustomFields: map[string]fieldValue{}, CreatedAt: stamp(created), UpdatedAt: stamp(created),
		}
		p.archive(i == 3, stamp(Epoch.AddDate(0, -1, 0)))
		o.projects.add(p.ID, p)
		seedMilestones(o, d, p, created)
	}
}

func seedMilestones(o *Organization, d *dice, p *project, created time.Time) {
	for i, name := range []string{"Kick-off", "Go-live"} {
		n := len(o.milestones.keys)
		m := &milestone{
			ID: deriveID("milestone", n), Name: name, Account: p.Account, Project: &ref{ID: p.ID},
			DueDate:   new(created.AddDate(0, 1+2*i, 0).Format(time.DateOnly)),
			CreatedAt: stamp(created), UpdatedAt: stamp(created),
		}
		o.milestones.add(m.ID, m)
		seedTasks(o, d, m, created)
	}
}

func seedTasks(o *Organization, d *dice, m *milestone, created time.Time) {
	for _, title := range []string{"Agree on the scope of " + m.Name, "Invite everybody for " + m.Name} {
		n := len(o.tasks.keys)
		t := &task{
			ID: deriveID("task", n), Title: title, BodyHTML: "<p>Notes go <a href=\"https://notes.northlight.test/?id=1&tab=2\">here</a>.</p>",
			Status: pick(d, taskStatuses()), Account: m.Account, Assignee: assigneeOf(new(pick(d, o.users.keys))),
			Project: m.Project, Milestone: &ref{ID: m.ID}, SubtaskIDs: []string{}, DueDate: m.DueDate,
			CustomFields: map[string]fieldValue{}, CreatedAt: stamp(created), UpdatedAt: stamp(created),
		}
		o.tasks.add(t.ID, t)
	}
}

// seedKnowledgeBase writes an article per topic out of what support answers.
func seedKnowledgeBase(o *Organization) {
	bases := []*knowledgeBase{{id: deriveID("knowledge-base", 0), slug: "help"}, {id: deriveID("knowledge-base", 1), slug: "handbook"}}
	for _, base := range bases {
		o.knowledgeBases.add(base.id, base)
	}
	for i, title := range []string{"Getting started", "Exports & integrations", "Billing", "Security"} {
		p := createCollectionParams{Title: title, Description: "Articles on " + title}
		o.newCollection(bases[0], deriveID("collection", i), p, stamp(seedStart.AddDate(0, 0, i)))
	}
	for i, title := range []string{
		"Export large reports", "Set up SAML single sign-on", "Read your invoice", "Make dashboards fast",
		"Receive webhooks", "Work with several workspaces", "Limits of the API", "Clé d’API : bien démarrer",
	} {
		p := createArticleParams{
			Title: title, BodyHTML: fmt.Sprintf("<h1>%s</h1><p>Step by step, with <code>a < b && c</code> examples.</p>", title),
			AuthorUserID: o.users.keys[2+i%4], IsPublished: i != 7,
		}
		a := o.newArticle(bases[i/7], deriveID("article", i), p, stamp(seedStart.AddDate(0, i, 0)))
		if i < 7 {
			a.CollectionID = new(o.collections.keys[i%4])
		}
	}
}
