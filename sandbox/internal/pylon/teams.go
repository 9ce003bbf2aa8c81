package pylon

func listTeams(o *Organization, p cursorParams) (Reply, error) {
	return listPage(o, "teams", "", p.Cursor, o.teams.all())
}

func getTeam(o *Organization, p idParams) (Reply, error) {
	found, err := o.teams.find("Team", string(p.ID))
	if err != nil {
		return Reply{}, err
	}
	return plain(found)
}

type createTeamParams struct {
	Name string `param:"name"`
}

func createTeam(o *Organization, p createTeamParams) (Reply, error) {
	created := &team{ID: o.newID("team"), Name: p.Name, Users: []ref{}}
	o.teams.add(created.ID, created)
	return o.written(created)
}

type updateTeamParams struct {
	ID   pathID  `param:"id,required"`
	Name *string `param:"name"`
}

func updateTeam(o *Organization, p updateTeamParams) (Reply, error) {
	found, err := o.teams.find("Team", string(p.ID))
	if err != nil {
		return Reply{}, err
	}
	set(&found.Name, p.Name)
	return o.written(found)
}
