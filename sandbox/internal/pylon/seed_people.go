package pylon

import (
	"slices"
	"strings"
)

// seededUsers is name, mailbox, role, status; the first two run the place.
func seededUsers() [][4]string {
	return [][4]string{
		{"Marisol Quintero", "marisol", "admin", "active"},
		{"Tobias Lindqvist", "tobias", "admin", "active"},
		{"Aiko Hanamura", "aiko", "support_lead", "active"},
		{"Declan O’Rourke", "declan", "support_agent", "active"},
		{"Priyanka Venkataraman", "priyanka", "support_agent", "active"},
		{"Mateusz Wiśniewski", "mateusz", "support_agent", "away"},
		{"Zoë Brändström", "zoe", "support_agent", "active"},
		{"Kwabena Asante", "kwabena", "support_agent", "active"},
		{"ליאור אבן", "lior", "engineer", "active"},
		{"Ingrid Solvang", "ingrid", "engineer", "active"},
		{"Rafael Montenegro", "rafael", "engineer", "out_of_office"},
		{"Nguyễn Thị Hương", "huong", "engineer", "active"},
		{"Cafe\u0301 Duty Desk", "duty", "support_agent", "active"},
		{"Beatrix Oyelaran", "beatrix", "billing", "active"},
		{"Salma Bennani", "salma", "billing", "away"},
		{"Jonas Ackermann", "jonas", "success_manager", "active"},
		{"Chloé Desrosiers", "chloe", "success_manager", "active"},
		{"Emeka Nwosu", "emeka", "success_manager", "active"},
		{"Yara Haddad", "yara", "support_lead", "active"},
		{"Otto 🦉 Nightshift", "otto", "support_agent", "active"},
	}
}

func seedPeople(o *Organization) {
	bySlug := map[string]*role{}
	for i, name := range []string{"Admin", "Support Lead", "Support Agent", "Engineer", "Billing", "Success Manager", "Viewer"} {
		r := &role{ID: deriveID("role", i), Name: name, Slug: strings.ReplaceAll(strings.ToLower(name), " ", "_")}
		bySlug[r.Slug] = r
		o.roles.add(r.ID, r)
	}
	for i, row := range seededUsers() {
		email := row[1] + "@northlight.test"
		r := bySlug[row[2]]
		u := &user{
			ID: deriveID("user", i), Name: row[0], Email: email, Emails: []string{email},
			AvatarURL: "https://avatars.northlight.test/" + row[1] + ".png", RoleID: r.ID, Role: r, Status: row[3],
		}
		o.users.add(u.ID, u)
	}
	seedTeams(o)
}

// seededTeams is a name and the positions of its members among the users.
func seededTeams() []struct {
	name    string
	members []int
} {
	return []struct {
		name    string
		members []int
	}{
		{"Frontline Support", []int{2, 3, 4, 5, 6, 12}},
		{"Billing", []int{13, 14}},
		{"Integrations", []int{7, 8, 9}},
		{"Platform Engineering", []int{8, 9, 10, 11}},
		{"Customer Success", []int{15, 16, 17}},
		{"Security & Compliance", []int{1, 9}},
		{"Onboarding", []int{4, 16, 18}},
		{"Night Shift 🌙", []int{12, 18, 19}},
	}
}

func seedTeams(o *Organization) {
	for i, row := range seededTeams() {
		t := &team{ID: deriveID("team", i), Name: row.name, Users: []ref{}}
		for _, member := range row.members {
			u := o.users.rows[o.users.keys[member]]
			t.Users = append(t.Users, ref{ID: u.ID, Email: u.Email})
		}
		o.teams.add(t.ID, t)
	}
}

func seedTags(o *Organization) {
	values := map[string][]string{
		"issue":   {"billing", "bug", "data-export", "feature-request", "how-to", "integration", "outage", "onboarding", "performance", "security", "sso", "vip 💎"},
		"account": {"at-risk", "enterprise", "pilot", "renewal-q4", "startup", "strategic"},
		"article": {"faq", "getting-started", "release-notes"},
	}
	colors := []string{"#d73a4a", "#0e8a16", "#1d76db", "#fbca04", "#5319e7", "#b60205"}
	n := 0
	for _, object := range []string{"issue", "account", "article"} {
		for _, value := range values[object] {
			t := &tag{ID: deriveID("tag", n), Value: value, ObjectType: object, HexColor: colors[n%len(colors)]}
			o.tags.add(t.ID, t)
			n++
		}
	}
}

func seedTicketForms(o *Organization) {
	forms := []struct {
		name, description string
		public            bool
		fields            []ticketFormField
	}{
		{"Report a bug", "<p>Something broke? Tell us <strong>what you saw</strong> &amp; what you expected.</p>", true, []ticketFormField{
			{"Title", "title", "text", ""}, {"What happened", "body_html", "rich_text", "<p>Steps, screenshots, times.</p>"}, {"Product area", "product_area", "select", ""},
		}},
		{"Billing question", "<p>Invoices, seats and plans.</p>", true, []ticketFormField{
			{"Title", "title", "text", ""}, {"Invoice number", "invoice_number", "text", "<p>It starts with <code>INV-</code>.</p>"},
		}},
		{"Security review", "<p>For customers under an NDA.</p>", false, []ticketFormField{
			{"Title", "title", "text", ""}, {"Needed by", "needed_by", "date", ""},
		}},
		{"Feature idea 💡", "<p>What would you build next?</p>", true, []ticketFormField{
			{"Title", "title", "text", ""}, {"Why it matters", "body_html", "rich_text", ""},
		}},
	}
	for i, form := range forms {
		slug := slugify(form.name)
		f := &ticketForm{
			ID: deriveID("ticket-form", i), Name: form.name, Slug: slug, DescriptionHTML: form.description,
			URL: "https://support.northlight.test/forms/" + slug, IsPublic: form.public, Fields: slices.Clone(form.fields),
		}
		o.ticketForms.add(f.ID, f)
	}
}
