package pylon

import "slices"

func restListTeams(o *Organization, p pageParams) (any, error) {
	return restPage(o, wholePages("teams"), "", p, o.teams.all())
}

func restGetTeam(o *Organization, p idParams) (any, error) {
	found, err := o.teams.find("Team", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

type restTeamParams struct {
	ID      string    `param:"id"`
	Name    *string   `param:"name"`
	UserIDs *[]string `param:"user_ids"`
}

func restCreateTeam(o *Organization, p restTeamParams) (any, error) {
	members, err := o.members(optionalList(p.UserIDs))
	if err != nil {
		return nil, err
	}
	created := &team{ID: o.newID("team"), Users: members}
	set(&created.Name, p.Name)
	o.teams.add(created.ID, created)
	return restData(created)
}

func restUpdateTeam(o *Organization, p restTeamParams) (any, error) {
	found, err := o.teams.find("Team", p.ID)
	if err != nil {
		return nil, err
	}
	members, err := o.members(optionalList(p.UserIDs))
	if err != nil {
		return nil, err
	}
	set(&found.Name, p.Name)
	if p.UserIDs != nil {
		found.Users = members
	}
	return restData(found)
}

func (o *Organization) members(ids []string) ([]ref, error) {
	members := []ref{}
	for _, id := range distinct(ids) {
		u, err := o.users.find("User", id)
		if err != nil {
			return nil, err
		}
		members = append(members, ref{ID: u.ID, Email: u.Email})
	}
	return members, nil
}

func restListUsers(o *Organization, p pageParams) (any, error) {
	return restPage(o, wholePages("users"), "", p, o.users.all())
}

func restGetUser(o *Organization, p idParams) (any, error) {
	found, err := o.users.find("User", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

func userStatuses() []string { return []string{"active", "away", "out_of_office"} }

type restUserParams struct {
	ID        string  `param:"id,required"`
	Name      *string `param:"name"`
	AvatarURL *string `param:"avatar_url"`
	RoleID    *string `param:"role_id"`
	Status    *string `param:"status"`
}

func restUpdateUser(o *Organization, p restUserParams) (any, error) {
	if err := checkNotBlank("name", p.Name); err != nil {
		return nil, err
	}
	if err := checkNotBlank("role_id", p.RoleID); err != nil {
		return nil, err
	}
	if p.Status != nil && !slices.Contains(userStatuses(), *p.Status) {
		return nil, notOneOf("status", *p.Status, userStatuses())
	}
	found, err := o.users.find("User", p.ID)
	if err != nil {
		return nil, err
	}
	if p.RoleID != nil {
		given, err := o.roles.find("User role", *p.RoleID)
		if err != nil {
			return nil, err
		}
		found.RoleID, found.Role = given.ID, given
	}
	set(&found.Name, p.Name)
	set(&found.AvatarURL, p.AvatarURL)
	set(&found.Status, p.Status)
	return restData(found)
}

func restListRoles(o *Organization, p pageParams) (any, error) {
	return restPage(o, wholePages("user_roles"), "", p, o.roles.all())
}

func restGetMe(o *Organization, _ noParams) (any, error) { return restData(o.profile()) }

func (o *Organization) profile() profile {
	return profile{ID: o.id, Name: organizationName, User: ref{ID: o.apiUserID}}
}
