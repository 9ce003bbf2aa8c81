package pylon

func restGetMilestone(o *Organization, p idParams) (any, error) {
	found, err := o.milestones.find("Milestone", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

type restCreateMilestoneParams struct {
	Name      string  `param:"name,required"`
	ProjectID string  `param:"project_id,required"`
	AccountID *string `param:"account_id"`
	DueDate   *string `param:"due_date"`
}

func restCreateMilestone(o *Organization, p restCreateMilestoneParams) (any, error) {
	if err := checkDate("due_date", p.DueDate); err != nil {
		return nil, err
	}
	parent, err := o.projects.find("Project", p.ProjectID)
	if err != nil {
		return nil, err
	}
	if err := o.accounts.check("Account", p.AccountID); err != nil {
		return nil, err
	}
	now := o.timestamp()
	created := &milestone{
		ID: o.newID("milestone"), Name: p.Name, Account: parent.Account, Project: &ref{ID: parent.ID},
		DueDate: nonEmpty(p.DueDate), CreatedAt: now, UpdatedAt: now,
	}
	if id := nonEmpty(p.AccountID); id != nil {
		created.Account = &accountRef{ID: *id}
	}
	o.milestones.add(created.ID, created)
	return restData(created)
}

func restUpdateMilestone(o *Organization, p updateMilestoneParams) (any, error) {
	if err := checkNotBlank("name", p.Name); err != nil {
		return nil, err
	}
	if err := checkDate("due_date", p.DueDate); err != nil {
		return nil, err
	}
	found, err := o.milestones.find("Milestone", string(p.ID))
	if err != nil {
		return nil, err
	}
	set(&found.Name, p.Name)
	if p.DueDate != nil {
		found.DueDate = nonEmpty(p.DueDate)
	}
	found.UpdatedAt = o.timestamp()
	return restData(found)
}

// restDeleteMilestone leaves the tasks in their project.
func restDeleteMilestone(o *Organization, p idParams) (any, error) {
	gone, err := o.milestones.find("Milestone", string(p.ID))
	if err != nil {
		return nil, err
	}
	for _, t := range o.tasks.rows {
		if t.Milestone != nil && t.Milestone.ID == gone.ID {
			t.Milestone = nil
		}
	}
	o.milestones.remove(gone.ID)
	return restDone()
}
