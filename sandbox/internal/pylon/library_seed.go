package pylon

import (
	"fmt"
	"time"
)

// seedLibrary comes after the shared records and leaves them as they are.
func seedLibrary(o *Organization) {
	seedBaseDetails(o)
	seedTaskComments(o)
	seedMacros(o)
	seedTrainingData(o)
	o.library.articles = map[string]*articleExtra{}
	o.translation(o.articles.keys[0], "fr", articleText{
		title: "Exporter de grands rapports", draft: "<h1>Exporter de grands rapports</h1>", published: "<h1>Exporter de grands rapports</h1>",
	})
}

func seedBaseDetails(o *Organization) {
	o.library.baseDetails = map[string]baseDetails{}
	titles := []string{"Northlight Help Centre", "Team Handbook"}
	languages := [][]string{{"en", "fr", "de"}, {"en"}}
	for i, base := range o.knowledgeBases.all() {
		o.library.baseDetails[base.id] = baseDetails{
			ID: base.id, Title: titles[i], Slug: base.slug, DefaultLanguage: "en", SupportedLanguages: languages[i],
		}
	}
}

// seedTaskComments writes to every third task; the last comment of each is the
// token's own, which alone it may edit.
func seedTaskComments(o *Organization) {
	texts := []string{"<p>Booked a room for this.</p>", "<p>Waiting for the customer’s <b>dates</b>.</p>", "<p>Noted through the API.</p>"}
	for i := 0; i < len(o.tasks.keys); i += 3 {
		for n, text := range texts {
			at := stamp(Epoch.AddDate(0, 0, i-40).Add(time.Duration(n) * time.Hour))
			author := o.users.keys[(i+n)%len(o.users.keys)]
			if n == len(texts)-1 {
				author = o.apiUserID
			}
			c := &taskComment{
				ID: deriveID("task-comment", i*10+n), TaskID: o.tasks.keys[i], BodyHTML: text, IsInternal: n == 0,
				Author: assigneeOf(&author), CreatedAt: at, UpdatedAt: at,
			}
			o.library.comments.add(c.ID, c)
		}
	}
}

func seedMacros(o *Organization) {
	texts := []struct{ group, name, html, kind string }{
		{"Greetings", "Say hello", "<p>Hi {{requester.name}}, thank you for writing to us.</p>", "reply"},
		{"Greetings", "Out of hours 🌙", "<p>We are back at 9:00 CET.</p>", "email"},
		{"Bugs", "Ask for steps", "<p>Which steps lead there, and what did you expect?</p>", "reply"},
		{"Bugs", "Hand over to engineering", "<p>Repro: </p><p>Impact: </p>", "note"},
		{"Bugs", "Fixed in release", "<p>The fix is out &amp; needs a reload.</p>", "reply"},
		{"Billing", "Send the invoice again", "<p>The invoice is attached.</p>", "email"},
	}
	groups := map[string]*macroGroup{}
	for i, row := range texts {
		at := stamp(seedStart.AddDate(0, i, 0))
		if groups[row.group] == nil {
			g := &macroGroup{ID: deriveID("macro-group", len(groups)), Title: row.group, CreatedAt: at, UpdatedAt: at}
			groups[row.group] = g
			o.library.macroGroups.add(g.ID, g)
		}
		m := &macro{
			ID: deriveID("macro", i), Name: row.name, MacroGroupID: groups[row.group].ID, TextHTML: row.html, TextType: row.kind,
			Visibility: macroVisibility{Type: "org", TeamIDs: []string{}, UserIDs: []string{}}, Actions: []macroAction{}, CreatedAt: at, UpdatedAt: at,
		}
		if row.kind == "note" {
			m.Visibility = macroVisibility{Type: "team", TeamIDs: []string{o.teams.keys[0]}, UserIDs: []string{}}
			m.HasActions, m.Actions = true, []macroAction{{Type: "set_team"}, {Type: "add_tag"}}
		}
		o.library.macros.add(m.ID, m)
	}
}

func seedTrainingData(o *Organization) {
	at := stamp(seedStart.AddDate(1, 0, 0))
	files := &trainingData{
		ID: deriveID("training-data", 0), Name: "Runbooks", Type: trainingTypeFiles, Visibility: "everyone",
		Documents: []trainingDocument{}, CreatedAt: at, UpdatedAt: at,
	}
	for i, name := range []string{"exporter.md", "single-sign-on.md", "invoices.pdf"} {
		files.put(trainingDocument{
			ID: deriveID("training-document", i), FileName: name, FileType: fileType(name), FileSize: int64(1200 * (i + 1)),
			ExternalID: new(fmt.Sprintf("runbook-%d", i+1)),
		})
	}
	site := &trainingData{
		ID: deriveID("training-data", 1), Name: "Product documentation", Type: "website", Visibility: "ai_agent_only",
		ExcludeFromKBSearch: true, Documents: []trainingDocument{}, CreatedAt: at, UpdatedAt: at,
		ScrapeStatus: &scrapeStatus{Status: "completed", LastScrapedAt: stamp(Epoch.AddDate(0, 0, -2)), PagesScraped: 118, TotalPages: 118},
	}
	o.library.trainingData.add(files.ID, files)
	o.library.trainingData.add(site.ID, site)
}
