package pylon

import "time"

// seedStart is when the seeded organization joined the service.
var seedStart = time.Date(2024, time.February, 5, 9, 0, 0, 0, time.UTC)

// seed fills an empty organization. Later steps point at records of earlier ones.
func seed(o *Organization) {
	o.id = deriveID("organization", 1)
	o.apiUserID = deriveID("api-user", 1)
	o.statuses = []issueStatus{
		{slug: stateNew, category: stateNew},
		{slug: "waiting_on_you", category: "waiting_on_you"},
		{slug: "waiting_on_customer", category: "waiting_on_customer"},
		{slug: "on_hold", category: "on_hold"},
		{slug: "in_progress", category: "on_hold"},
		{slug: "escalated", category: "on_hold"},
		{slug: stateClosed, category: stateClosed},
		{slug: "wont_fix", category: stateClosed},
		{slug: "parked", category: "on_hold", archived: true},
	}
	seedPeople(o)
	seedTags(o)
	seedCustomFields(o)
	seedTicketForms(o)
	seedAccounts(o)
	seedContacts(o)
	seedIssues(o)
	seedProjects(o)
	seedKnowledgeBase(o)
	seedSupport(o)
	seedLibrary(o)
	seedInsight(o)
}

// dice is a splitmix64 generator: a few lines of our own keep the data the same
// whatever the standard library's generators do.
type dice struct{ state uint64 }

// newDice gives each step a stream of its own, so that a change to one step
// leaves the others' data alone.
func newDice(stream uint64) *dice { return &dice{state: stream * 0x5851f42d4c957f2d} }

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1.
func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }

// between returns a duration from low to high.
func (d *dice) between(low, high time.Duration) time.Duration {
	return low + time.Duration(d.next()%uint64(high-low+1))
}

// oneIn is true once in n times on average.
func (d *dice) oneIn(n int) bool { return d.below(n) == 0 }

func pick[T any](d *dice, from []T) T { return from[d.below(len(from))] }
