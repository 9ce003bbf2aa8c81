package pylon

type createProjectParams struct {
	Name            string  `param:"name,required"`
	AccountID       string  `param:"account_id,required"`
	DescriptionHTML string  `param:"description_html"`
	StartDate       *string `param:"start_date"`
	EndDate         *string `param:"end_date"`
}

func createProject(o *Organization, p createProjectParams) (Reply, error) {
	if err := checkDate("start_date", p.StartDate); err != nil {
		return Reply{}, err
	}
	if err := checkDate("end_date", p.EndDate); err != nil {
		return Reply{}, err
	}
	if err := o.accounts.check("Account", &p.AccountID); err != nil {
		return Reply{}, err
	}
	now := o.timestamp()
	created := &project{
		ID: o.newID("project"), Name: p.Name, DescriptionHTML: p.DescriptionHTML, Account: &accountRef{ID: p.AccountID},
		StartDate: nonEmpty(p.StartDate), EndDate: nonEmpty(p.EndDate), CustomFields: map[string]fieldValue{}, CreatedAt: now, UpdatedAt: now,
	}
	o.projects.add(created.ID, created)
	return o.written(created)
}

type updateProjectParams struct {
	ID              pathID  `param:"id,required"`
	Name            *string `param:"name"`
	DescriptionHTML *string `param:"description_html"`
	IsArchived      *bool   `param:"is_archived"`
}

func updateProject(o *Organization, p updateProjectParams) (Reply, error) {
	if err := checkNotBlank("name", p.Name); err != nil {
		return Reply{}, err
	}
	found, err := o.projects.find("Project", string(p.ID))
	if err != nil {
		return Reply{}, err
	}
	now := o.timestamp()
	set(&found.Name, p.Name)
	set(&found.DescriptionHTML, p.DescriptionHTML)
	if p.IsArchived != nil {
		found.archive(*p.IsArchived, now)
	}
	found.UpdatedAt = now
	return o.written(found)
}

func (p *project) archive(archived bool, now string) {
	if archived && !p.IsArchived {
		p.ArchivedAt = &now
	}
	if !archived {
		p.ArchivedAt = nil
	}
	p.IsArchived = archived
}

type createMilestoneParams struct {
	Name      string  `param:"name,required"`
	ProjectID string  `param:"project_id,required"`
	DueDate   *string `param:"due_date"`
}

func createMilestone(o *Organization, p createMilestoneParams) (Reply, error) {
	if err := checkDate("due_date", p.DueDate); err != nil {
		return Reply{}, err
	}
	parent, err := o.projects.find("Project", p.ProjectID)
	if err != nil {
		return Reply{}, err
	}
	now := o.timestamp()
	created := &milestone{
		ID: o.newID("milestone"), Name: p.Name, Account: parent.Account, Project: &ref{ID: parent.ID},
		DueDate: nonEmpty(p.DueDate), CreatedAt: now, UpdatedAt: now,
	}
	o.milestones.add(created.ID, created)
	return o.written(created)
}

type updateMilestoneParams struct {
	ID      pathID  `param:"id,required"`
	Name    *string `param:"name"`
	DueDate *string `param:"due_date"`
}

func updateMilestone(o *Organization, p updateMilestoneParams) (Reply, error) {
	if err := checkNotBlank("name", p.Name); err != nil {
		return Reply{}, err
	}
	if err := checkDate("due_date", p.DueDate); err != nil {
		return Reply{}, err
	}
	found, err := o.milestones.find("Milestone", string(p.ID))
	if err != nil {
		return Reply{}, err
	}
	set(&found.Name, p.Name)
	if p.DueDate != nil {
		found.DueDate = nonEmpty(p.DueDate)
	}
	found.UpdatedAt = o.timestamp()
	return o.written(found)
}
