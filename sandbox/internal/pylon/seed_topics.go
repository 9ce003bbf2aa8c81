package pylon

import "slices"

// topic is the story of an issue. {contact}, {agent}, {account}, {domain}, the
// number {n} and the small number {few} are filled in per issue.
type topic struct {
	title, area, tag   string
	team               int // position among the teams
	open, ask, answer  string
	note, fix          string
	urgent, externally bool
}

func topics() []topic { return slices.Concat(dataTopics(), productTopics(), customerTopics()) }

// dataTopics are about what goes in and out.
func dataTopics() []topic {
	return []topic{
		{
			title: "CSV export stops after {n} rows", area: "exports", tag: "data-export", team: 2, externally: true,
			open:   "Our weekly export of the <b>Orders</b> report ends at exactly {n} rows, although the dashboard shows many more.",
			ask:    "Could you send the export id from the download link, and say whether a filter was active?",
			answer: "No filter. The id is <code>exp_{n}</code>; it happens with <code>a < b && c > d</code> style column names as well.",
			note:   "Worker log shows the row cap of the old exporter. Flag <code>export_v2</code> is off for {account}.",
			fix:    "We moved {account} to the new exporter, which has no row cap. A fresh export should hold every row.",
		},
		{
			title: "Webhook deliveries missing since yesterday", area: "integrations", tag: "integration", team: 2, externally: true,
			open:   "Our endpoint at <code>hooks.{domain}</code> has received nothing since yesterday evening. Was anything changed?",
			ask:    "Your endpoint answered 410 for a while, which pauses deliveries. Is it back up?",
			answer: "It is back. Can the {n} missed events be sent again, please?",
			note:   "Paused automatically after 50 failures. Replay is possible from the queue for 7 days.",
			fix:    "Deliveries are on again and all missed events were replayed. <a href=\"https://status.northlight.test/?q=hooks&s=1\">Here</a> is the delivery log.",
		},
		{
			title: "API returns 429 for our nightly sync", area: "api", tag: "integration", team: 3,
			open:   "Our nightly job gets <code>429 Too Many Requests</code> after {n} calls, although we stay below the documented limit.",
			ask:    "Do several of your jobs share one API key? The limit counts per key.",
			answer: "Ah, three jobs share it. Could the limit be raised until we have split them?",
			note:   "Temporary raise to 2x is fine until the end of the month.",
			fix:    "The limit of your key is doubled for thirty days. The response header tells you how many calls are left.",
		},
		{
			title: "Data missing from yesterday’s ingestion run", area: "ingestion", tag: "bug", team: 3, urgent: true,
			open:   "Yesterday's run finished green, but {n} rows are missing compared with the source.",
			ask:    "Thank you for the counts. Which connection is it, and which time zone do you load in?",
			answer: "The warehouse connection, in <code>Europe/Paris</code>. The gap is between 02:00 and 03:00.",
			note:   "Daylight-saving change: the window was computed twice and deduplicated away. Same root cause as last spring.",
			fix:    "We loaded the missing hour again; the counts match now. A permanent fix ships with the next release.",
		},
		{
			title: "Question about retention of raw events", area: "ingestion", tag: "how-to", team: 4,
			open:   "How long do you keep raw events? Our auditors ask for {n} days.",
			ask:    "Your plan keeps them for 400 days. Is a longer archive needed, or proof of deletion?",
			answer: "Proof of deletion, ideally as a signed PDF once per quarter.",
			note:   "Deletion certificates exist for Enterprise only; ask Jonas.",
			fix:    "You will receive a deletion certificate each quarter, starting with this one.",
		},
	}
}

// productTopics are about what people look at.
func productTopics() []topic {
	return []topic{
		{
			title: "Dashboard loads slowly for {account}", area: "dashboards", tag: "performance", team: 3,
			open:   "The executive dashboard takes more than {n} ms to load 😩. Two weeks ago it was instant.",
			ask:    "Which date range is selected, and does it also happen with a single widget?",
			answer: "The range is the last 90 days. A single widget is fine; twelve together are not.",
			note:   "Query plan fell back to a full scan after the column was renamed. Index rebuild scheduled.",
			fix:    "We rebuilt the index behind that view. Loads are below a second again in our tests.",
		},
		{
			title: "How do we add a second workspace?", area: "dashboards", tag: "how-to", team: 0,
			open:   "We would like a separate workspace for our team in Lyon. Is that part of our plan?",
			ask:    "It is! Should the new workspace share users with the current one, or be fully separate?",
			answer: "Shared users, separate data. About {few} people will need both.",
			note:   "Growth plan allows three workspaces. Link the help article.",
			fix:    "You can create it under <i>Settings &rarr; Workspaces</i>. I enabled shared users for {account}.",
		},
		{
			title: "Please add a dark mode 🌙", area: "dashboards", tag: "feature-request", team: 4,
			open:   "Our night shift would be very grateful for a dark theme. {few} people asked for it in our last survey!",
			ask:    "Lovely idea. Is it about the dashboards only, or also about the scheduled PDF reports?",
			answer: "Dashboards only. 👩\u200d💻 and 👨🏽\u200d🚒 on the night shift say thanks in advance.",
			note:   "Merge with the existing request, now at 41 votes.",
			fix:    "Dark mode is on our roadmap for the coming quarter, and I added {account} to the early-access list.",
		},
		{
			title: "Alert fires although the threshold is not reached", area: "alerts", tag: "bug", team: 3, externally: true,
			open:   "The alert <i>Revenue < {n}</i> fired three times last night, and revenue never dropped that far.",
			ask:    "Is the alert evaluated on the raw data or on the smoothed series?",
			answer: "On the smoothed one. \u200fהתרעה\u200e is its name in the list, in case that matters.",
			note:   "Late-arriving data makes the first evaluation too low. Suggest a delay of ten minutes.",
			fix:    "We set an evaluation delay of ten minutes on that alert, so late data no longer triggers it.",
		},
		{
			title: "Outage: all widgets show “no data”", area: "dashboards", tag: "outage", team: 3, urgent: true,
			open:   "Every widget shows <b>no data</b> since a few minutes ago. Our wallboard is blank!",
			ask:    "We see it too, and are on it. Do scheduled reports still arrive?",
			answer: "Reports arrive, the live view does not. Error id <code>req-{n}</code>.",
			note:   "Cache cluster failed over without warm-up. Incident channel is open.",
			fix:    "The cache is warm again and live data is back. A full write-up follows within three days.",
		},
		{
			title: "Chart labels are cut off in Arabic (تقرير المبيعات)", area: "dashboards", tag: "bug", team: 3,
			open:   "In the report <span dir=\"rtl\">تقرير المبيعات</span> the axis labels lose their last letters when printed.",
			ask:    "Is it the PDF only, or the browser's print view too?",
			answer: "The PDF only, on {few} of our pages. The browser is fine.",
			note:   "Font subset drops final forms. Renderer upgrade is planned.",
			fix:    "The new PDF renderer is active for {account}; the labels are complete now.",
		},
	}
}

// customerTopics are about identity and money.
func customerTopics() []topic {
	return []topic{
		{
			title: "SSO login loops back to the sign-in page", area: "identity", tag: "sso", team: 5, urgent: true,
			open:   "Since this morning nobody at {account} can log in: SAML succeeds, then we land on the sign-in page again.",
			ask:    "Did your identity provider rotate its signing certificate recently?",
			answer: "Yes, last night. We uploaded the new one in <i>Settings &rarr; Identity</i>, but the old one is still listed.",
			note:   "Clock skew of {few} seconds on the assertion, plus the stale certificate wins. Needs a manual cache purge.",
			fix:    "The stale certificate is gone and the cache is purged. Please try a private window first.",
		},
		{
			title: "Invoice INV-{n} charged twice", area: "billing", tag: "billing", team: 1,
			open:   "Invoice <b>INV-{n}</b> appears twice on our card statement. Can one of the two be refunded?",
			ask:    "Sorry about that! Could you confirm the last four digits of the card and the two booking dates?",
			answer: "Both are dated the same day, and the card ends in 4242. Our finance team needs a credit note too.",
			note:   "Duplicate capture by the payment provider, confirmed. Refund approved by Beatrix.",
			fix:    "The second charge is refunded, and credit note <b>CN-{n}</b> is in your billing page. It takes 5&ndash;10 days to show up.",
		},
		{
			title: "Security questionnaire for {account}", area: "identity", tag: "security", team: 5,
			open:   "Our compliance team needs the attached questionnaire ({n} questions) filled in before we can renew.",
			ask:    "Happy to help. Is a current SOC 2 report enough for sections 3 to 7?",
			answer: "For 3 to 6, yes. Section 7 (data residency) needs written answers, please.",
			note:   "Legal has standard text for residency. NDA is on file.",
			fix:    "The completed questionnaire and the report are in your trust portal.",
		},
		{
			title: "New colleague cannot see shared reports", area: "identity", tag: "onboarding", team: 6,
			open:   "A colleague joined on Monday and sees none of the shared reports, although she is in the right group.",
			ask:    "Was she invited with her work address, or did she sign up by herself?",
			answer: "By herself, I think. There may be two users for her now (ids ending in {n}).",
			note:   "Two users, same person. Merge after she confirms.",
			fix:    "We merged the two users. The shared reports appear after the next sign-in.",
		},
		{
			title: "Cannot change the plan from Growth to Scale", area: "billing", tag: "billing", team: 1,
			open:   "The upgrade button is greyed out for us. We need {few} more seats before the end of the month.",
			ask:    "There is an open quote on your account. Shall we turn that into the new plan?",
			answer: "Yes please, with yearly billing. Naïve question: does the café corner’s shared login count as a seat?",
			note:   "Quote approved. Shared logins count once.",
			fix:    "{account} is on Scale as of today. The difference is on the next invoice.",
		},
	}
}
