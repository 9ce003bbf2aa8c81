package pylon

import (
	"cmp"
	"net/http"
	"slices"
)

func taskRoutes() []Route {
	return []Route{
		restRead("/tasks", perMinuteMany, restListTasks),
		restWrite(http.MethodPost, "/tasks", perMinuteMany, restCreateTask),
		restSearch("/tasks/search", perMinuteSome, restSearchTasks),
		restRead("/tasks/{id}", perMinuteMany, restGetTask),
		restWrite(http.MethodPatch, "/tasks/{id}", perMinuteMany, restUpdateTask),
		restWrite(http.MethodDelete, "/tasks/{id}", perMinuteSome, restDeleteTask),
		restRead("/tasks/{id}/comments", perMinuteMany, restListTaskComments),
		restWrite(http.MethodPost, "/tasks/{id}/comments", perMinuteSome, restCreateTaskComment),
		restWrite(http.MethodPatch, "/tasks/{id}/comments/{comment_id}", perMinuteSome, restUpdateTaskComment),
		restWrite(http.MethodDelete, "/tasks/{id}/comments/{comment_id}", perMinuteSome, restDeleteTaskComment),
	}
}

func restListTasks(o *Organization, p pageParams) (any, error) {
	return restPage(o, cursorPages("tasks"), "", p, o.tasks.all())
}

func restGetTask(o *Organization, p idParams) (any, error) {
	found, err := o.tasks.find("Task", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

type restCreateTaskParams struct {
	Title                 string       `param:"title,required"`
	BodyHTML              string       `param:"body_html"`
	Status                string       `param:"status"`
	AccountID             *string      `param:"account_id"`
	AssigneeID            *string      `param:"assignee_id"`
	ProjectID             *string      `param:"project_id"`
	MilestoneID           *string      `param:"milestone_id"`
	ParentTaskID          *string      `param:"parent_task_id"`
	DueDate               *string      `param:"due_date"`
	CustomerPortalVisible bool         `param:"customer_portal_visible"`
	CustomFields          []fieldInput `param:"custom_fields"`
}

func restCreateTask(o *Organization, p restCreateTaskParams) (any, error) {
	if err := checkTaskStatus(p.Status); err != nil {
		return nil, err
	}
	if err := checkDate("due_date", p.DueDate); err != nil {
		return nil, err
	}
	fields, err := o.mergeFields("task", nil, p.CustomFields)
	if err != nil {
		return nil, err
	}
	placed, err := o.place(p)
	if err != nil {
		return nil, err
	}
	now := o.timestamp()
	placed.ID, placed.Title, placed.BodyHTML, placed.Status = o.newID("task"), p.Title, p.BodyHTML, cmp.Or(p.Status, "not_started")
	placed.SubtaskIDs, placed.DueDate, placed.CustomFields = []string{}, nonEmpty(p.DueDate), fields
	placed.CustomerPortalVisible, placed.CreatedAt, placed.UpdatedAt = p.CustomerPortalVisible, now, now
	if placed.ParentTaskID != nil {
		parent, _ := o.tasks.get(*placed.ParentTaskID)
		parent.SubtaskIDs = append(parent.SubtaskIDs, placed.ID)
		parent.UpdatedAt = now
	}
	o.tasks.add(placed.ID, placed)
	return restData(placed)
}

// place returns a task that holds nothing but its references. The account comes
// from the parameters, else from the project.
func (o *Organization) place(p restCreateTaskParams) (*task, error) {
	if err := o.accounts.check("Account", p.AccountID); err != nil {
		return nil, err
	}
	if err := o.tasks.check("Task", p.ParentTaskID); err != nil {
		return nil, err
	}
	assignee, err := o.actor(p.AssigneeID)
	if err != nil {
		return nil, err
	}
	in, milestone, err := o.taskPlace(refTo(p.ProjectID), refTo(p.MilestoneID))
	if err != nil {
		return nil, err
	}
	placed := &task{Assignee: assignee, Project: in, Milestone: milestone, ParentTaskID: nonEmpty(p.ParentTaskID)}
	switch {
	case nonEmpty(p.AccountID) != nil:
		placed.Account = &accountRef{ID: *p.AccountID}
	case in != nil:
		placed.Account = o.projects.rows[in.ID].Account
	}
	return placed, nil
}

// taskPlace checks a project and a milestone against each other. A milestone
// alone brings its project along.
func (o *Organization) taskPlace(in, milestone *ref) (inProject, atMilestone *ref, err error) {
	if in != nil {
		if _, err := o.projects.find("Project", in.ID); err != nil {
			return nil, nil, err
		}
	}
	if milestone == nil {
		return in, nil, nil
	}
	found, err := o.milestones.find("Milestone", milestone.ID)
	if err != nil {
		return nil, nil, err
	}
	if in != nil && in.ID != found.Project.ID {
		return nil, nil, badRequest("milestone_id %s belongs to another project", found.ID)
	}
	return found.Project, milestone, nil
}

// actor finds the user or the contact with an id; nil and empty mean nobody.
func (o *Organization) actor(id *string) (*taskAssignee, error) {
	to := refTo(id)
	if to == nil {
		return nil, nil
	}
	if _, ok := o.contacts.get(to.ID); ok {
		return &taskAssignee{Contact: to}, nil
	}
	if err := o.users.check("User", id); err != nil {
		return nil, err
	}
	return &taskAssignee{User: to}, nil
}

// restDeleteTask takes the task out of its parent, and makes its subtasks tasks
// of their own.
func restDeleteTask(o *Organization, p idParams) (any, error) {
	gone, err := o.tasks.find("Task", string(p.ID))
	if err != nil {
		return nil, err
	}
	for _, row := range o.tasks.all() {
		row.SubtaskIDs = slices.DeleteFunc(row.SubtaskIDs, func(id string) bool { return id == gone.ID })
		if row.ParentTaskID != nil && *row.ParentTaskID == gone.ID {
			row.ParentTaskID = nil
		}
	}
	for _, c := range o.taskComments(gone.ID) {
		o.library.comments.remove(c.ID)
	}
	o.tasks.remove(gone.ID)
	return restDone()
}
