package pylon

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Epoch is the instant at which the seeded timeline ends: no seeded record has
// a time after it.
var Epoch = time.Date(2026, time.October, 30, 12, 0, 0, 0, time.UTC)

// DefaultWindow is the longest span that issues.list accepts unless
// [Organization.SetWindow] says otherwise.
const DefaultWindow = 30 * 24 * time.Hour

const (
	// firstIssueNumber is the number of the oldest seeded issue.
	firstIssueNumber = 1001

	// firstArticleNumber is the identifier of the oldest seeded article.
	firstArticleNumber = 1001

	organizationName = "Northlight Analytics"
)

// Organization is one simulated Pylon organization. It is safe for concurrent
// use: reads run together, a write runs alone.
type Organization struct {
	clock      func() time.Time
	operations map[string]map[string]operation
	store      []storeEntity

	mu        sync.RWMutex
	window    time.Duration
	shape     ResultShape
	metadata  MetadataStyle
	pageSizes map[string]int // of the hosted face
	sequence  int
	number    int64

	articleNumber int // of the newest article: identifiers are never used again

	pageLimits      map[string]int // of both faces, by SetPageSize
	alwaysPaginates bool
	keepsEmptyData  bool
	requests        atomic.Int64 // of the REST API, except writes that went through

	id, apiUserID  string
	statuses       []issueStatus
	issues         table[issue]
	accounts       table[account]
	contacts       table[contact]
	teams          table[team]
	users          table[user]
	roles          table[role]
	tags           table[tag]
	customFields   table[customField]
	ticketForms    table[ticketForm]
	tasks          table[task]
	projects       table[project]
	milestones     table[milestone]
	knowledgeBases table[knowledgeBase]
	articles       table[article]
	collections    table[collection]
	library        library
	insight        insight
	relationships  table[relationship]
	highlights     table[highlight]
	activityTypes  []activityType
}

// NewOrganization returns a freshly seeded organization. The data is the same
// in every process; clock gives the time of later writes, and nil stands still
// at [Epoch].
func NewOrganization(clock func() time.Time) *Organization {
	if clock == nil {
		clock = func() time.Time { return Epoch }
	}
	o := &Organization{
		clock:      clock,
		operations: indexOperations(),
		store:      storeEntities(),
		window:     DefaultWindow,
		pageSizes:  map[string]int{"issues": 100, "accounts": 100, "contacts": 100},
		pageLimits: map[string]int{},
		number:     firstIssueNumber,

		articleNumber: firstArticleNumber - 1,
	}
	seed(o)
	return o
}

// SetWindow changes the longest span that issues.list accepts. The service has
// documented both 30 and 365 days; the default is the stricter one.
func (o *Organization) SetWindow(window time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.window = window
}

// SetPageSize changes how many rows a list of this entity answers at once; zero
// or less means all of them. The default is 100 for issues, accounts and
// contacts, and everything for the other lists.
func (o *Organization) SetPageSize(entity string, rows int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pageSizes[entity], o.pageLimits[entity] = rows, rows
}

// SetResultShape changes how the rows of a list are wrapped. The default is
// [ResultObject].
func (o *Organization) SetResultShape(shape ResultShape) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.shape = shape
}

// SetMetadataStyle changes how paging metadata is spelled. The default is
// [MetadataNextCursor].
func (o *Organization) SetMetadataStyle(style MetadataStyle) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.metadata = style
}

// IDs returns the ids of the stored records of one kind, oldest first, and nil
// for an unknown kind. It also serves the kinds that no operation lists:
// tasks, projects, milestones, knowledge_bases, articles and collections.
func (o *Organization) IDs(entity string) []string {
	o.mu.RLock()
	defer o.mu.RUnlock()
	keys := map[string][]string{
		"issues": o.issues.keys, "accounts": o.accounts.keys, "contacts": o.contacts.keys,
		"teams": o.teams.keys, "users": o.users.keys, "user_roles": o.roles.keys,
		"tags": o.tags.keys, "custom_fields": o.customFields.keys, "ticket_forms": o.ticketForms.keys,
		"tasks": o.tasks.keys, "projects": o.projects.keys, "milestones": o.milestones.keys,
		"knowledge_bases": o.knowledgeBases.keys, "articles": o.articles.keys, "collections": o.collections.keys,
	}
	return append([]string(nil), keys[entity]...)
}

func (o *Organization) now() time.Time { return o.clock().UTC() }

func (o *Organization) timestamp() string { return stamp(o.now()) }

// newID derives the id of a written record from a counter, so that a replayed
// run gets the same ids.
func (o *Organization) newID(kind string) string {
	o.sequence++
	return deriveID("written-"+kind, o.sequence)
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// deriveID returns an id with the form of a random UUID that depends on nothing
// but its arguments.
func deriveID(kind string, n int) string {
	sum := sha256.Sum256([]byte(kind + "/" + strconv.Itoa(n)))
	sum[6] = sum[6]&0x0f | 0x40
	sum[8] = sum[8]&0x3f | 0x80
	digits := hex.EncodeToString(sum[:16])
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
}
