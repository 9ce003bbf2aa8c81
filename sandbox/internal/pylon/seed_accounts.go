package pylon

import (
	"fmt"
	"strconv"
	"time"
)

// beyondFloat is 2^53 + 1, the first integer that a float64 cannot hold.
const beyondFloat int64 = 1<<53 + 1

// seededAccounts is name and domain.
func seededAccounts() [][2]string {
	return [][2]string{
		{"Aldermoor Freight", "aldermoor.test"},
		{"Bluefinch Bank", "bluefinch.example"},
		{"Cinderpeak Energy", "cinderpeak.test"},
		{"Dovetail Robotics", "dovetail-robotics.example"},
		{"Evergloam Media", "evergloam.test"},
		{"Fathom & Reed LLP", "fathomreed.example"},
		{"Glasswing Health", "glasswing.test"},
		{"Harrowgate Foods", "harrowgate.example"},
		{"Ibexline Travel", "ibexline.test"},
		{"Junoverse Games 🎮", "junoverse.example"},
		{"Kestrel Bay Insurance", "kestrelbay.test"},
		{"Lumière & Fils", "lumiere.example"},
		{"Mossbridge Schools", "mossbridge.test"},
		{"Northwind Atelier", "northwind-atelier.example"},
		{"Oakhollow Dental", "oakhollow.test"},
		{"Pemberlane Textiles", "pemberlane.example"},
		{"Quillon Aerospace", "quillon.test"},
		{"Ravensworth Museum", "ravensworth.example"},
		{"Saffron Circuit", "saffroncircuit.test"},
		{"Tallgrass Agritech", "tallgrass.example"},
		{"Umbrafield Security", "umbrafield.test"},
		{"Velvet Anvil Studios", "velvetanvil.example"},
		{"Wexcombe Water", "wexcombe.test"},
		{"Xylomark Pharma", "xylomark.example"},
		{"Yarrowdale Homes", "yarrowdale.test"},
		{"Zephyrine Air", "zephyrine.example"},
		{"شركة النخيل للتقنية", "alnakheel.test"},
		{"株式会社ひかり計測", "hikari-keisoku.example"},
		{"Ångström Optik AB", "angstrom-optik.test"},
		{"Brume\u0301a Cosmetics", "brumea.example"},
		{"Copperline Rail", "copperline.test"},
		{"Drift & Dapple", "driftdapple.example"},
		{"Emberwick Hotels", "emberwick.test"},
		{"Foxglove Logistics", "foxglove.example"},
		{"Gannet Point Fisheries", "gannetpoint.test"},
		{"Northlight (internal)", "northlight.test"},
	}
}

func seedAccounts(o *Organization) {
	d := newDice(1)
	for i, row := range seededAccounts() {
		created := seedStart.Add(time.Duration(i) * 13 * 24 * time.Hour).Add(d.between(0, 6*time.Hour))
		a := &account{
			ID: deriveID("account", i), Name: row[0], LogoURL: "https://logos.northlight.test/" + row[1] + ".png",
			Owner: &ref{ID: o.users.keys[15+i%3]}, Channels: seededChannels(d, i, row[1]), Type: "customer",
			CreatedAt: stamp(created), UpdatedAt: stamp(Epoch.Add(-d.between(24*time.Hour, 60*24*time.Hour))),
			LatestCustomerActivityTime: stamp(created), SubaccountIDs: []string{}, CustomFields: seededAccountFields(o, d, i),
		}
		a.setDomains([]string{row[1]}, "")
		seedAccountVariety(a, i)
		o.accounts.add(a.ID, a)
	}
	parent, child := o.accounts.rows[o.accounts.keys[0]], o.accounts.rows[o.accounts.keys[33]]
	parent.SubaccountIDs = []string{child.ID}
	child.ParentAccountID = &parent.ID
}

// seedAccountVariety spreads the less common values by position.
func seedAccountVariety(a *account, i int) {
	switch {
	case i == len(seededAccounts())-1:
		a.Type = "internal"
	case i%17 == 16:
		a.Type = "partner"
	case i%13 == 12:
		a.Type = "community"
	}
	accountTags := []string{"enterprise", "startup", "at-risk", "strategic", "renewal-q4"}
	if i%3 != 2 {
		a.Tags = []string{accountTags[i%5]}
	}
	if i%7 == 6 {
		a.Owner = nil
	}
	if i%4 == 0 {
		a.ExternalIDs = []externalID{{ExternalID: strconv.FormatInt(90_071_992_547_409_930+int64(i), 10), Label: "billing"}}
		a.CRMSettings = &crmSettings{Details: []crmDetail{{Source: "salesforce", ID: fmt.Sprintf("0018c00002%05dAAB", i)}}}
	}
	if i%5 == 0 {
		a.setDomains(append(a.Domains, "mail."+a.Domain), a.Domain)
	}
	a.IsDisabled = i == 21
}

func seededChannels(d *dice, i int, domain string) []channel {
	if i%3 == 2 {
		return []channel{}
	}
	id := fmt.Sprintf("C0%07X", d.below(1<<28))
	return []channel{{
		ChannelID: id, ChannelName: "ext-" + domain, ChannelURL: "https://northlight.slack.test/archives/" + id,
		Source: sourceSlack, IsPrimary: true,
	}}
}

func seededAccountFields(o *Organization, d *dice, i int) map[string]fieldValue {
	if i%11 == 10 {
		return map[string]fieldValue{}
	}
	fields := map[string]fieldValue{
		"plan":           textValue(plans()[i%4]),
		"annual_revenue": textValue(strconv.Itoa(4000 + d.below(240)*500)),
		"renewal_date":   textValue(Epoch.AddDate(0, 1+d.below(11), d.below(28)).Format(time.DateOnly)),
		"csm":            textValue(o.users.keys[15+i%3]),
	}
	if i%4 == 0 {
		fields["ledger_sequence"] = fieldValue{Value: beyondFloat + int64(i)}
	}
	return fields
}
