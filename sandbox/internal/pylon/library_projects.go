package pylon

import "net/http"

func projectRoutes() []Route {
	return []Route{
		restWrite(http.MethodPost, "/milestones", perMinuteMany, restCreateMilestone),
		restRead("/milestones/{id}", perMinuteMany, restGetMilestone),
		restWrite(http.MethodPatch, "/milestones/{id}", perMinuteMany, restUpdateMilestone),
		restWrite(http.MethodDelete, "/milestones/{id}", perMinuteMany, restDeleteMilestone),
		restWrite(http.MethodPost, "/projects", perMinuteMany, restCreateProject),
		restSearch("/projects/search", perMinuteSome, restSearchProjects),
		restRead("/projects/{id}", perMinuteMany, restGetProject),
		restWrite(http.MethodPatch, "/projects/{id}", perMinuteMany, restUpdateProject),
		restWrite(http.MethodDelete, "/projects/{id}", perMinuteSome, restDeleteProject),
	}
}

func restGetProject(o *Organization, p idParams) (any, error) {
	found, err := o.projects.find("Project", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

type restCreateProjectParams struct {
	Name                  string  `param:"name,required"`
	AccountID             string  `param:"account_id,required"`
	DescriptionHTML       string  `param:"description_html"`
	OwnerID               *string `param:"owner_id"`
	ProjectTemplateID     *string `param:"project_template_id"`
	StartDate             *string `param:"start_date"`
	EndDate               *string `param:"end_date"`
	CustomerPortalVisible bool    `param:"customer_portal_visible"`
}

// restCreateProject takes any template id: no operation lists templates, so
// there is nothing to check it against.
func restCreateProject(o *Organization, p restCreateProjectParams) (any, error) {
	if err := checkSpan(p.StartDate, p.EndDate); err != nil {
		return nil, err
	}
	if err := o.accounts.check("Account", &p.AccountID); err != nil {
		return nil, err
	}
	if err := o.users.check("User", p.OwnerID); err != nil {
		return nil, err
	}
	now := o.timestamp()
	created := &project{
		ID: o.newID("project"), Name: p.Name, DescriptionHTML: p.DescriptionHTML, Account: &accountRef{ID: p.AccountID},
		OwnerID: nonEmpty(p.OwnerID), ProjectTemplate: refTo(p.ProjectTemplateID), StartDate: nonEmpty(p.StartDate), EndDate: nonEmpty(p.EndDate),
		CustomerPortalVisible: p.CustomerPortalVisible, CustomFields: map[string]fieldValue{}, CreatedAt: now, UpdatedAt: now,
	}
	o.projects.add(created.ID, created)
	return restData(created)
}

func checkSpan(start, end *string) error {
	if err := checkDate("start_date", start); err != nil {
		return err
	}
	return checkDate("end_date", end)
}

type restUpdateProjectParams struct {
	ID                    string       `param:"id,required"`
	Name                  *string      `param:"name"`
	DescriptionHTML       *string      `param:"description_html"`
	OwnerID               *string      `param:"owner_id"`
	StartDate             *string      `param:"start_date"`
	EndDate               *string      `param:"end_date"`
	IsArchived            *bool        `param:"is_archived"`
	CustomerPortalVisible *bool        `param:"customer_portal_visible"`
	CustomFields          []fieldInput `param:"custom_fields"`
}

func restUpdateProject(o *Organization, p restUpdateProjectParams) (any, error) {
	if err := checkNotBlank("name", p.Name); err != nil {
		return nil, err
	}
	if err := checkSpan(p.StartDate, p.EndDate); err != nil {
		return nil, err
	}
	found, err := o.projects.find("Project", p.ID)
	if err != nil {
		return nil, err
	}
	if err := o.users.check("User", p.OwnerID); err != nil {
		return nil, err
	}
	fields, err := o.mergeFields("project", found.CustomFields, p.CustomFields)
	if err != nil {
		return nil, err
	}
	found.CustomFields, found.UpdatedAt = fields, o.timestamp()
	found.apply(p)
	return restData(found)
}

// apply runs after the time of the update is set: archiving takes its own from it.
func (p *project) apply(with restUpdateProjectParams) {
	set(&p.Name, with.Name)
	set(&p.DescriptionHTML, with.DescriptionHTML)
	set(&p.CustomerPortalVisible, with.CustomerPortalVisible)
	if with.OwnerID != nil {
		p.OwnerID = nonEmpty(with.OwnerID)
	}
	if with.StartDate != nil {
		p.StartDate = nonEmpty(with.StartDate)
	}
	if with.EndDate != nil {
		p.EndDate = nonEmpty(with.EndDate)
	}
	if with.IsArchived != nil {
		p.archive(*with.IsArchived, p.UpdatedAt)
	}
}

// restDeleteProject takes the milestones along, which cannot stand alone; the
// tasks stay, without a project.
func restDeleteProject(o *Organization, p idParams) (any, error) {
	gone, err := o.projects.find("Project", string(p.ID))
	if err != nil {
		return nil, err
	}
	for _, m := range o.milestones.all() {
		if m.Project.ID == gone.ID {
			o.milestones.remove(m.ID)
		}
	}
	for _, t := range o.tasks.rows {
		if t.Project != nil && t.Project.ID == gone.ID {
			t.Project, t.Milestone = nil, nil
		}
	}
	o.projects.remove(gone.ID)
	return restDone()
}
