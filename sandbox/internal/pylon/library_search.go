package pylon

func statusOperators() []string { return operatorsOfID() }

func restSearchTasks(o *Organization, p findParams) (any, error) {
	return restFind(o, cursorPages("tasks"), taskSearch(), p, o.tasks.all())
}

func taskSearch() searchTable[task] {
	optional := []string{"equals", "in", "not_in", "is_set"}
	due := append(operatorsOfTime(), "is_set")
	return searchTable[task]{
		object: "task",
		custom: func(t *task) map[string]fieldValue { return t.CustomFields },
		fields: map[string]searchField[task]{
			"account_id":   {optional, func(t *task) []string { return accountID(t.Account) }},
			"assignee_id":  {optional, func(t *task) []string { return actorID(t.Assignee) }},
			"milestone_id": {optional, func(t *task) []string { return refID(t.Milestone) }},
			"project_id":   {operatorsOfOptionalID(), func(t *task) []string { return refID(t.Project) }},
			"status":       {statusOperators(), func(t *task) []string { return one(t.Status) }},
			"created_at":   {operatorsOfTime(), func(t *task) []string { return one(t.CreatedAt) }},
			"updated_at":   {operatorsOfTime(), func(t *task) []string { return one(t.UpdatedAt) }},
			"due_date":     {due, func(t *task) []string { return maybe(t.DueDate) }},
		},
	}
}

func actorID(a *taskAssignee) []string {
	switch {
	case a == nil:
		return nil
	case a.User != nil:
		return refID(a.User)
	default:
		return refID(a.Contact)
	}
}

func restSearchProjects(o *Organization, p findParams) (any, error) {
	return restFind(o, cursorPages("projects"), o.projectSearch(), p, o.projects.all())
}

func (o *Organization) projectSearch() searchTable[project] {
	return searchTable[project]{
		object: "project",
		custom: func(p *project) map[string]fieldValue { return p.CustomFields },
		fields: map[string]searchField[project]{
			"account_id":  {[]string{"equals", "in", "not_in", "is_set"}, func(p *project) []string { return accountID(p.Account) }},
			"status":      {statusOperators(), func(p *project) []string { return one(o.projectStatus(p)) }},
			"owner_id":    {operatorsOfOptionalID(), func(p *project) []string { return maybe(p.OwnerID) }},
			"is_archived": {[]string{"equals"}, func(p *project) []string { return one(boolText(p.IsArchived)) }},
			"created_at":  {operatorsOfTime(), func(p *project) []string { return one(p.CreatedAt) }},
			"updated_at":  {operatorsOfTime(), func(p *project) []string { return one(p.UpdatedAt) }},
		},
	}
}

func boolText(value bool) string {
	if value {
		return "true"
	}
	return "false"
}

// projectStatus is what a search filters by. A project has no such property:
// the status of its tasks stands in for it.
func (o *Organization) projectStatus(p *project) string {
	counts := map[string]int{}
	total := 0
	for _, t := range o.tasks.rows {
		if t.Project != nil && t.Project.ID == p.ID {
			counts[t.Status]++
			total++
		}
	}
	switch total {
	case counts["not_started"]:
		return "not_started" // no task at all is no start either
	case counts["completed"]:
		return "completed"
	default:
		return "in_progress"
	}
}
