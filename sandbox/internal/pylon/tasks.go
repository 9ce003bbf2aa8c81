package pylon

import (
	"cmp"
	"slices"
	"time"
)

func taskStatuses() []string { return []string{"not_started", "in_progress", "completed"} }

type createTaskParams struct {
	Title       string  `param:"title,required"`
	BodyHTML    string  `param:"body_html"`
	Status      string  `param:"status"`
	AssigneeID  *string `param:"assignee_id"`
	ProjectID   *string `param:"project_id"`
	MilestoneID *string `param:"milestone_id"`
	DueDate     *string `param:"due_date"`
}

func createTask(o *Organization, p createTaskParams) (Reply, error) {
	if err := o.checkTask(p); err != nil {
		return Reply{}, err
	}
	now := o.timestamp()
	created := &task{
		ID: o.newID("task"), Title: p.Title, BodyHTML: p.BodyHTML, Status: cmp.Or(p.Status, "not_started"),
		Assignee: assigneeOf(p.AssigneeID), Project: refTo(p.ProjectID), Milestone: refTo(p.MilestoneID),
		SubtaskIDs: []string{}, DueDate: nonEmpty(p.DueDate), CustomFields: map[string]fieldValue{}, CreatedAt: now, UpdatedAt: now,
	}
	if created.Project != nil {
		parent, _ := o.projects.get(created.Project.ID)
		created.Account = parent.Account
	}
	o.tasks.add(created.ID, created)
	return o.written(created)
}

func (o *Organization) checkTask(p createTaskParams) error {
	if err := checkTaskStatus(p.Status); err != nil {
		return err
	}
	if err := checkDate("due_date", p.DueDate); err != nil {
		return err
	}
	if err := o.users.check("User", p.AssigneeID); err != nil {
		return err
	}
	if err := o.projects.check("Project", p.ProjectID); err != nil {
		return err
	}
	return o.milestones.check("Milestone", p.MilestoneID)
}

type updateTaskParams struct {
	ID         pathID  `param:"id,required"`
	Title      *string `param:"title"`
	BodyHTML   *string `param:"body_html"`
	Status     *string `param:"status"`
	AssigneeID *string `param:"assignee_id"`
}

func updateTask(o *Organization, p updateTaskParams) (Reply, error) {
	if err := checkNotBlank("title", p.Title); err != nil {
		return Reply{}, err
	}
	if p.Status != nil && !slices.Contains(taskStatuses(), *p.Status) {
		return Reply{}, notOneOf("status", *p.Status, taskStatuses())
	}
	found, err := o.tasks.find("Task", string(p.ID))
	if err != nil {
		return Reply{}, err
	}
	if err := o.users.check("User", p.AssigneeID); err != nil {
		return Reply{}, err
	}
	set(&found.Title, p.Title)
	set(&found.BodyHTML, p.BodyHTML)
	set(&found.Status, p.Status)
	if p.AssigneeID != nil {
		found.Assignee = assigneeOf(p.AssigneeID)
	}
	found.UpdatedAt = o.timestamp()
	return o.written(found)
}

func assigneeOf(id *string) *taskAssignee {
	if to := refTo(id); to != nil {
		return &taskAssignee{User: to}
	}
	return nil
}

func checkTaskStatus(status string) error {
	if status != "" && !slices.Contains(taskStatuses(), status) {
		return notOneOf("status", status, taskStatuses())
	}
	return nil
}

// nonEmpty turns an empty text into null: empty clears a date.
func nonEmpty(value *string) *string {
	if value == nil || *value == "" {
		return nil
	}
	return value
}

// checkDate accepts a day or an instant; the service documents neither.
func checkDate(name string, value *string) error {
	if value == nil || *value == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, *value); err == nil {
		return nil
	}
	if _, err := time.Parse(time.RFC3339, *value); err == nil {
		return nil
	}
	return badRequest("%s must be a date such as 2026-11-15, or an RFC3339 time with a zone", name)
}
