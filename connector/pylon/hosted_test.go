package pylon_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// scene is a connector and the records that the calls need.
type scene struct {
	t       *testing.T
	conn    *pylon.Connector
	kb      string // knowledge base
	issue   pylon.Issue
	account pylon.Account
	contact pylon.Contact
	user    pylon.User
	team    pylon.Team
}

func newScene(t *testing.T, box *sandbox.Sandbox, conn *pylon.Connector) *scene {
	t.Helper()
	bases, err := direct(t, box.PylonURL()).KnowledgeBases.List(t.Context())
	s := &scene{t: t, conn: conn}
	s.kb = first(t, bases, err).ID
	issues, err := conn.Issues.List(t.Context(), lately())
	s.issue = first(t, issues, err)
	accounts, err := conn.Accounts.List(t.Context(), pylon.AccountsListParams{})
	s.account = first(t, accounts, err)
	contacts, err := conn.Contacts.List(t.Context(), pylon.ContactsListParams{})
	s.contact = first(t, contacts, err)
	users, err := conn.Users.List(t.Context(), pylon.UsersListParams{})
	s.user = first(t, users, err)
	teams, err := conn.Teams.List(t.Context(), pylon.TeamsListParams{})
	s.team = first(t, teams, err)
	return s
}

// lately is a window with issues of the simulator in it.
func lately() pylon.IssuesListParams {
	end := time.Now()
	return pylon.IssuesListParams{StartTime: end.AddDate(0, 0, -29), EndTime: end}
}

func first[T any](t *testing.T, p *pylon.Page[T], err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Records) == 0 {
		t.Fatalf("no records in %s", p.Raw)
	}
	return p.Records[0]
}

// some checks that a list has records.
func some[T any](p *pylon.Page[T], err error) error {
	if err != nil {
		return err
	}
	if len(p.Records) == 0 {
		return fmt.Errorf("no records in %s", p.Raw)
	}
	return nil
}

// same checks an answer: it is the record that was asked for.
func same(got, want string) error {
	if got != want {
		return fmt.Errorf("got %q, want %q", got, want)
	}
	return nil
}

var errNil = errors.New("no record")

// either is the error, or what a check of the record says.
func either[T any](record *T, err error, check func(*T) error) error {
	if err != nil {
		return err
	}
	if record == nil {
		return errNil
	}
	return check(record)
}

// shared are the calls that both modes have.
var shared = []struct {
	action string
	call   func(*scene) error
}{
	{"issues.list", func(s *scene) error { return some(s.conn.Issues.List(s.t.Context(), lately())) }},
	{"issues.create", func(s *scene) error {
		issue, err := s.conn.Issues.Create(s.t.Context(), pylon.IssuesCreateParams{
			Title: "Export <fails>", BodyHTML: "<p>At 10k rows</p>", AccountID: &s.account.ID,
			Priority: new(pylon.IssuePriorityHigh), Tags: []string{"billing"},
		})
		return either(issue, err, func(issue *pylon.Issue) error {
			return same(issue.Title+" "+issue.CustomFields["priority"].Value, "Export <fails> high")
		})
	}},
	{"issues.get", func(s *scene) error {
		issue, err := s.conn.Issues.Get(s.t.Context(), fmt.Sprint(s.issue.Number))
		return either(issue, err, func(issue *pylon.Issue) error { return same(issue.ID, s.issue.ID) })
	}},
	{"issues.update", func(s *scene) error {
		issue, err := s.conn.Issues.Update(s.t.Context(), s.issue.ID, pylon.IssuesUpdateParams{AssigneeID: new(""), Tags: []string{}})
		return either(issue, err, func(issue *pylon.Issue) error {
			return same(fmt.Sprint(issue.Assignee.ID, len(issue.Tags)), "0")
		})
	}},
	{"issues.delete", func(s *scene) error {
		issue, err := s.conn.Issues.Create(s.t.Context(), pylon.IssuesCreateParams{Title: "t", BodyHTML: "<p>b</p>", AccountID: &s.account.ID})
		return either(issue, err, func(issue *pylon.Issue) error { return s.conn.Issues.Delete(s.t.Context(), issue.ID) })
	}},
	{"issue_replies.create", func(s *scene) error {
		issue, message, err := s.public()
		if err != nil {
			return err
		}
		reply, err := s.conn.IssueReplies.Create(s.t.Context(), issue, pylon.IssueRepliesCreateParams{BodyHTML: "<p>Fixed.</p>", MessageID: message})
		return either(reply, err, func(reply *pylon.IssueReply) error { return same(reply.IssueID, issue) })
	}},
	{"issue_assignments.update", func(s *scene) error {
		issue, err := s.conn.IssueAssignments.Update(s.t.Context(), s.issue.ID, pylon.IssueAssignmentsUpdateParams{AssigneeID: &s.user.ID})
		return either(issue, err, func(issue *pylon.Issue) error { return same(issue.Assignee.ID, s.user.ID) })
	}},
	{"issue_statuses.update", func(s *scene) error {
		issue, err := s.conn.IssueStatuses.Update(s.t.Context(), s.issue.ID, pylon.IssueStatusesUpdateParams{State: pylon.IssueStateOnHold})
		return either(issue, err, func(issue *pylon.Issue) error { return same(issue.State, pylon.IssueStateOnHold) })
	}},
	{"messages.list", func(s *scene) error {
		return some(s.conn.Messages.List(s.t.Context(), s.issue.ID, pylon.MessagesListParams{}))
	}},
	{"issue_notes.create", func(s *scene) error {
		note, err := s.conn.IssueNotes.Create(s.t.Context(), s.issue.ID, pylon.IssueNotesCreateParams{BodyHTML: "<p>Look.</p>"})
		return either(note, err, func(note *pylon.IssueNote) error { return same(note.IssueID, s.issue.ID) })
	}},
	{"issue_threads.create", func(s *scene) error {
		thread, err := s.conn.IssueThreads.Create(s.t.Context(), s.issue.ID, pylon.IssueThreadsCreateParams{Name: new("DB")})
		return either(thread, err, func(thread *pylon.IssueThread) error { return same(thread.Name, "DB") })
	}},
	{"accounts.list", func(s *scene) error {
		return some(s.conn.Accounts.List(s.t.Context(), pylon.AccountsListParams{}))
	}},
	{"accounts.create", func(s *scene) error {
		account, err := s.conn.Accounts.Create(s.t.Context(), pylon.AccountsCreateParams{Name: "Typed"})
		return either(account, err, func(account *pylon.Account) error { return same(account.Name, "Typed") })
	}},
	{"accounts.get", func(s *scene) error {
		account, err := s.conn.Accounts.Get(s.t.Context(), s.account.ID)
		return either(account, err, func(account *pylon.Account) error { return same(account.ID, s.account.ID) })
	}},
	{"accounts.update", func(s *scene) error {
		account, err := s.conn.Accounts.Update(s.t.Context(), s.account.ID, pylon.AccountsUpdateParams{IsDisabled: new(true)})
		return either(account, err, func(account *pylon.Account) error { return same(fmt.Sprint(account.IsDisabled), "true") })
	}},
	{"contacts.list", func(s *scene) error {
		return some(s.conn.Contacts.List(s.t.Context(), pylon.ContactsListParams{}))
	}},
	{"contacts.create", func(s *scene) error {
		contact, err := s.conn.Contacts.Create(s.t.Context(), pylon.ContactsCreateParams{Name: "Ada", Email: new("ada@typed.test")})
		return either(contact, err, func(contact *pylon.Contact) error { return same(contact.Email, "ada@typed.test") })
	}},
	{"contacts.get", func(s *scene) error {
		contact, err := s.conn.Contacts.Get(s.t.Context(), s.contact.ID)
		return either(contact, err, func(contact *pylon.Contact) error { return same(contact.ID, s.contact.ID) })
	}},
	{"contacts.update", func(s *scene) error {
		contact, err := s.conn.Contacts.Update(s.t.Context(), s.contact.ID, pylon.ContactsUpdateParams{Name: new("Renamed")})
		return either(contact, err, func(contact *pylon.Contact) error { return same(contact.Name, "Renamed") })
	}},
	{"teams.list", func(s *scene) error { return some(s.conn.Teams.List(s.t.Context(), pylon.TeamsListParams{})) }},
	{"teams.create", func(s *scene) error {
		team, err := s.conn.Teams.Create(s.t.Context(), pylon.TeamsCreateParams{Name: new("Typed")})
		return either(team, err, func(team *pylon.Team) error { return same(team.Name, "Typed") })
	}},
	{"teams.get", func(s *scene) error {
		team, err := s.conn.Teams.Get(s.t.Context(), s.team.ID)
		return either(team, err, func(team *pylon.Team) error { return same(team.ID, s.team.ID) })
	}},
	{"teams.update", func(s *scene) error {
		team, err := s.conn.Teams.Update(s.t.Context(), s.team.ID, pylon.TeamsUpdateParams{Name: new("Renamed")})
		return either(team, err, func(team *pylon.Team) error { return same(team.Name, "Renamed") })
	}},
	{"tags.list", func(s *scene) error { return some(s.conn.Tags.List(s.t.Context(), pylon.TagsListParams{})) }},
	{"tags.create", func(s *scene) error {
		tag, err := s.conn.Tags.Create(s.t.Context(), pylon.TagsCreateParams{Value: "typed", ObjectType: "issue"})
		return either(tag, err, func(tag *pylon.Tag) error { return same(tag.Value, "typed") })
	}},
	{"tags.get", func(s *scene) error {
		tags, err := s.conn.Tags.List(s.t.Context(), pylon.TagsListParams{})
		id := first(s.t, tags, err).ID
		tag, err := s.conn.Tags.Get(s.t.Context(), id)
		return either(tag, err, func(tag *pylon.Tag) error { return same(tag.ID, id) })
	}},
	{"tags.update", func(s *scene) error {
		tags, err := s.conn.Tags.List(s.t.Context(), pylon.TagsListParams{})
		tag, err := s.conn.Tags.Update(s.t.Context(), first(s.t, tags, err).ID, pylon.TagsUpdateParams{HexColor: new("#00ff00")})
		return either(tag, err, func(tag *pylon.Tag) error { return same(tag.HexColor, "#00ff00") })
	}},
	{"users.list", func(s *scene) error { return some(s.conn.Users.List(s.t.Context(), pylon.UsersListParams{})) }},
	{"users.get", func(s *scene) error {
		user, err := s.conn.Users.Get(s.t.Context(), s.user.ID)
		return either(user, err, func(user *pylon.User) error { return same(user.Email, s.user.Email) })
	}},
	{"custom_fields.list", func(s *scene) error {
		return some(s.conn.CustomFields.List(s.t.Context(), pylon.CustomFieldsListParams{ObjectType: pylon.CustomFieldObjectTypeIssue}))
	}},
	{"custom_fields.get", func(s *scene) error {
		fields, err := s.conn.CustomFields.List(s.t.Context(), pylon.CustomFieldsListParams{ObjectType: pylon.CustomFieldObjectTypeIssue})
		id := first(s.t, fields, err).ID
		field, err := s.conn.CustomFields.Get(s.t.Context(), id)
		return either(field, err, func(field *pylon.CustomField) error { return same(field.ID, id) })
	}},
	{"ticket_forms.list", func(s *scene) error {
		return some(s.conn.TicketForms.List(s.t.Context(), pylon.TicketFormsListParams{}))
	}},
	{"user_roles.list", func(s *scene) error {
		return some(s.conn.UserRoles.List(s.t.Context(), pylon.UserRolesListParams{}))
	}},
	{"tasks.create", func(s *scene) error {
		task, err := s.task()
		return either(task, err, func(task *pylon.Task) error { return same(task.Title, "Call back") })
	}},
	{"tasks.update", func(s *scene) error {
		task, err := s.task()
		if err != nil {
			return err
		}
		task, err = s.conn.Tasks.Update(s.t.Context(), task.ID, pylon.TasksUpdateParams{Status: new(pylon.TaskStatusCompleted)})
		return either(task, err, func(task *pylon.Task) error { return same(task.Status, pylon.TaskStatusCompleted) })
	}},
	{"projects.create", func(s *scene) error {
		project, err := s.project()
		return either(project, err, func(project *pylon.Project) error { return same(project.Account.ID, s.account.ID) })
	}},
	{"projects.update", func(s *scene) error {
		project, err := s.project()
		if err != nil {
			return err
		}
		project, err = s.conn.Projects.Update(s.t.Context(), project.ID, pylon.ProjectsUpdateParams{Name: new("Phase 2")})
		return either(project, err, func(project *pylon.Project) error { return same(project.Name, "Phase 2") })
	}},
	{"milestones.create", func(s *scene) error {
		milestone, err := s.milestone()
		return either(milestone, err, func(milestone *pylon.Milestone) error { return same(milestone.Name, "Go-live") })
	}},
	{"milestones.update", func(s *scene) error {
		milestone, err := s.milestone()
		if err != nil {
			return err
		}
		due := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
		milestone, err = s.conn.Milestones.Update(s.t.Context(), milestone.ID, pylon.MilestonesUpdateParams{DueDate: due})
		return either(milestone, err, func(milestone *pylon.Milestone) error {
			return same(milestone.DueDate.String(), due.String())
		})
	}},
	{"articles.create", func(s *scene) error {
		article, err := s.article()
		return either(article, err, func(article *pylon.Article) error { return same(article.Title, "Exports") })
	}},
	{"articles.update", func(s *scene) error {
		article, err := s.article()
		if err != nil {
			return err
		}
		article, err = s.conn.Articles.Update(s.t.Context(), s.kb, article.ID, pylon.ArticlesUpdateParams{Title: new("All exports")})
		return either(article, err, func(article *pylon.Article) error { return same(article.Title, "All exports") })
	}},
	{"collections.create", func(s *scene) error {
		collection, err := s.conn.Collections.Create(s.t.Context(), s.kb, pylon.CollectionsCreateParams{Title: "Typed"})
		return either(collection, err, func(collection *pylon.Collection) error { return same(collection.Title, "Typed") })
	}},
	{"me.get", func(s *scene) error {
		me, err := s.conn.Me.Get(s.t.Context())
		return either(me, err, func(me *pylon.Me) error {
			if me.User.ID == "" {
				return errNil
			}
			return nil
		})
	}},
}

// public finds a message that a customer sees, on an issue that is not an email.
func (s *scene) public() (issue, message string, err error) {
	for candidate, err := range s.conn.Issues.All(s.t.Context(), lately()) {
		if err != nil {
			return "", "", err
		}
		if candidate.Source == pylon.IssueSourceEmail {
			continue
		}
		for m, err := range s.conn.Messages.All(s.t.Context(), candidate.ID, pylon.MessagesListParams{}) {
			if err != nil {
				return "", "", err
			}
			if !m.IsPrivate {
				return candidate.ID, m.ID, nil
			}
		}
	}
	return "", "", errNil
}

func (s *scene) task() (*pylon.Task, error) {
	return s.conn.Tasks.Create(s.t.Context(), pylon.TasksCreateParams{Title: "Call back"})
}

func (s *scene) project() (*pylon.Project, error) {
	return s.conn.Projects.Create(s.t.Context(), pylon.ProjectsCreateParams{Name: "Rollout", AccountID: s.account.ID})
}

func (s *scene) milestone() (*pylon.Milestone, error) {
	project, err := s.project()
	if err != nil {
		return nil, err
	}
	return s.conn.Milestones.Create(s.t.Context(), pylon.MilestonesCreateParams{Name: "Go-live", ProjectID: project.ID})
}

func (s *scene) article() (*pylon.Article, error) {
	return s.conn.Articles.Create(s.t.Context(), s.kb, pylon.ArticlesCreateParams{Title: "Exports", BodyHTML: "<p>How</p>", AuthorUserID: s.user.ID})
}

func TestBothModesGiveTheSameRecords(t *testing.T) {
	t.Parallel()
	modes := []struct {
		name string
		open func(*testing.T, *sandbox.Sandbox) *pylon.Connector
	}{
		{"hosted", hosted},
		{"direct", func(t *testing.T, box *sandbox.Sandbox) *pylon.Connector { return direct(t, box.PylonURL()) }},
	}
	for _, mode := range modes {
		t.Run(mode.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			s := newScene(t, box, mode.open(t, box))
			for _, tt := range shared {
				if err := tt.call(s); err != nil {
					t.Errorf("%s: %v", tt.action, err)
				}
			}
		})
	}
}

func TestSharedCallsAreAllThatTheHostedFaceHas(t *testing.T) {
	t.Parallel()
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("the manifest is missing")
	}
	var want, got []string
	for _, e := range manifest.Entities() {
		for _, a := range e.Actions {
			if a.Name != "context_store_search" {
				want = append(want, e.Name+"."+a.Name)
			}
		}
	}
	for _, tt := range shared {
		got = append(got, tt.action)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls differ from the hosted view (-want +got):\n%s", diff)
	}
}
