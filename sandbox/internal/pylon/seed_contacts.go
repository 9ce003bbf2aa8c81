package pylon

import (
	"fmt"
	"strings"
)

// seededGivenNames is a name as written and its mailbox part.
func seededGivenNames() [][2]string {
	return [][2]string{
		{"Amara", "amara"},
		{"Benoît", "benoit"},
		{"Catalina", "catalina"},
		{"Dmitri", "dmitri"},
		{"Esperanza", "esperanza"},
		{"Farid", "farid"},
		{"Greta", "greta"},
		{"Hiroshi", "hiroshi"},
		{"Imogen", "imogen"},
		{"Jürgen", "juergen"},
		{"Kateřina", "katerina"},
		{"Leandro", "leandro"},
		{"محمد", "mohammed"},
		{"Niamh", "niamh"},
		{"Olufemi", "olufemi"},
		{"Petra", "petra"},
		{"Quentin", "quentin"},
		{"Rosalind", "rosalind"},
		{"Søren", "soren"},
		{"Tamsin", "tamsin"},
		{"Ursula", "ursula"},
		{"Vikram", "vikram"},
		{"Wilhelmina", "wilhelmina"},
		{"Ximena", "ximena"},
		{"さくら", "sakura"},
	}
}

func seededFamilyNames() [][2]string {
	return [][2]string{
		{"Abernethy", "abernethy"},
		{"Bellwether", "bellwether"},
		{"Castellanos", "castellanos"},
		{"Dunmore", "dunmore"},
		{"Eriksen", "eriksen"},
		{"الفاسي", "alfassi"},
		{"Grimaldi", "grimaldi"},
		{"Hollingsworth", "hollingsworth"},
		{"Iwasaki", "iwasaki"},
		{"Jankowska", "jankowska"},
		{"Kowalczyk", "kowalczyk"},
	}
}

const seededContactCount = 132

func seedContacts(o *Organization) {
	d := newDice(2)
	given, family := seededGivenNames(), seededFamilyNames()
	companies := len(o.accounts.keys) - 1 // nobody writes from the internal account
	for i := range seededContactCount {
		// 25 and 11 have no common factor, so no pair of names comes twice.
		g, f := given[i%len(given)], family[i%len(family)]
		company := o.accounts.rows[o.accounts.keys[i%companies]]
		c := &contact{
			ID: deriveID("contact", i), Name: g[0] + " " + f[0], Account: &accountRef{ID: company.ID},
			AvatarURL: "", PhoneNumbers: []string{}, PortalRole: pick(d, []string{"no_access", "no_access", "member", "admin"}),
			IntegrationUserIDs: []integrationUserID{}, CustomFields: seededContactFields(d, i),
		}
		c.setEmail(g[1] + "." + f[1] + "@" + company.Domain)
		seedContactVariety(d, c, i)
		o.contacts.add(c.ID, c)
	}
}

func seedContactVariety(d *dice, c *contact, i int) {
	if i%4 == 1 {
		phone := fmt.Sprintf("4420%08d", 79_460_000+d.below(9999))
		c.PhoneNumbers, c.PrimaryPhoneNumber = []string{phone}, &phone
	}
	if i%6 == 2 {
		c.IntegrationUserIDs = []integrationUserID{{ID: fmt.Sprintf("U0%07X", d.below(1<<28)), Source: sourceSlack}}
	}
	if i%10 == 3 {
		c.ExternalIDs = []externalID{{ExternalID: fmt.Sprintf("crm-%05d", 40_000+i), Label: "crm"}}
	}
	if c.PortalRole == "admin" {
		c.PortalRoleID = new(deriveID("portal-role", 1))
	}
	switch {
	case i%33 == 32: // somebody who wrote from a private address
		local, _, _ := strings.Cut(*c.Email, "@")
		c.Account = nil
		c.setEmail(local + "@mailbox.example")
	case i%41 == 40: // known by phone or chat only
		c.setEmail("")
	}
}

func seededContactFields(d *dice, i int) map[string]fieldValue {
	if i%5 == 4 {
		return map[string]fieldValue{}
	}
	titles := []string{"Head of Data", "Operations Manager", "Analyst", "CTO", "Finance Lead", "IT Administrator"}
	return map[string]fieldValue{
		"job_title":          textValue(pick(d, titles)),
		"preferred_language": textValue(pick(d, languages())),
		"newsletter":         textValue(pick(d, []string{"true", "false"})),
	}
}
