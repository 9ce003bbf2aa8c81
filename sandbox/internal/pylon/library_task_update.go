package pylon

import "slices"

type restUpdateTaskParams struct {
	ID                    string       `param:"id,required"`
	Title                 *string      `param:"title"`
	BodyHTML              *string      `param:"body_html"`
	Status                *string      `param:"status"`
	AssigneeID            *string      `param:"assignee_id"`
	ProjectID             *string      `param:"project_id"`
	MilestoneID           *string      `param:"milestone_id"`
	DueDate               *string      `param:"due_date"`
	CustomerPortalVisible *bool        `param:"customer_portal_visible"`
	CustomFields          []fieldInput `param:"custom_fields"`
}

func (p restUpdateTaskParams) check() error {
	if err := checkNotBlank("title", p.Title); err != nil {
		return err
	}
	if p.Status != nil && !slices.Contains(taskStatuses(), *p.Status) {
		return notOneOf("status", *p.Status, taskStatuses())
	}
	return checkDate("due_date", p.DueDate)
}

// restUpdateTask works on a copy, so that a refused update leaves the task as
// it was.
func restUpdateTask(o *Organization, p restUpdateTaskParams) (any, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	found, err := o.tasks.find("Task", p.ID)
	if err != nil {
		return nil, err
	}
	changed := *found
	if changed.CustomFields, err = o.mergeFields("task", found.CustomFields, p.CustomFields); err != nil {
		return nil, err
	}
	if p.AssigneeID != nil {
		if changed.Assignee, err = o.actor(p.AssigneeID); err != nil {
			return nil, err
		}
	}
	if changed.Project, changed.Milestone, err = o.moveTask(found, p); err != nil {
		return nil, err
	}
	changed.apply(p)
	changed.UpdatedAt = o.timestamp()
	*found = changed
	return restData(found)
}

func (t *task) apply(p restUpdateTaskParams) {
	set(&t.Title, p.Title)
	set(&t.BodyHTML, p.BodyHTML)
	set(&t.Status, p.Status)
	set(&t.CustomerPortalVisible, p.CustomerPortalVisible)
	if p.DueDate != nil {
		t.DueDate = nonEmpty(p.DueDate)
	}
}

// moveTask returns the project and the milestone after the update. A task that
// changes only its project leaves the old one's milestone, and one that changes
// only its milestone follows it into its project.
func (o *Organization) moveTask(moved *task, p restUpdateTaskParams) (in, milestone *ref, err error) {
	in, milestone = moved.Project, moved.Milestone
	if p.ProjectID != nil {
		in = refTo(p.ProjectID)
		if in == nil || moved.Project == nil || in.ID != moved.Project.ID {
			milestone = nil
		}
	}
	if p.MilestoneID != nil {
		milestone = refTo(p.MilestoneID)
		if milestone != nil && p.ProjectID == nil {
			in = nil
		}
	}
	return o.taskPlace(in, milestone)
}
