package pylon

import "slices"

const (
	followUser    = "user"
	followContact = "contact"

	operationAdd    = "add"
	operationRemove = "remove"
	operationLink   = "link"
	operationUnlink = "unlink"
)

// follower is somebody who hears of an issue's changes.
type follower struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

func (i *issue) follow(who follower) {
	if !slices.Contains(i.followers, who) {
		i.followers = append(i.followers, who)
	}
}

func (i *issue) unfollow(match func(follower) bool) {
	i.followers = slices.DeleteFunc(i.followers, match)
}

// followerIDs returns the followers of one type.
func (i *issue) followerIDs(kind string) []string {
	var ids []string
	for _, f := range i.followers {
		if f.Type == kind {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

func restListFollowers(o *Organization, p idParams) (any, error) {
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	return restData(append([]follower{}, found.followers...))
}

type followersParams struct {
	ID         pathID   `param:"id,required"`
	UserIDs    []string `param:"user_ids"`
	ContactIDs []string `param:"contact_ids"`
	Operation  string   `param:"operation"`
}

func restSetFollowers(o *Organization, p followersParams) (any, error) {
	if err := checkOperation(p.Operation, operationAdd, operationRemove); err != nil {
		return nil, err
	}
	if len(p.UserIDs)+len(p.ContactIDs) == 0 {
		return nil, badRequest("user_ids or contact_ids is required")
	}
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	named, err := o.followersNamed(p)
	if err != nil {
		return nil, err
	}
	if p.Operation == operationRemove {
		found.unfollow(func(f follower) bool { return slices.Contains(named, f) })
	} else {
		for _, who := range named {
			found.follow(who)
		}
	}
	found.UpdatedAt = o.timestamp()
	return restData(append([]follower{}, found.followers...))
}

func (o *Organization) followersNamed(p followersParams) ([]follower, error) {
	var named []follower
	for _, id := range p.UserIDs {
		if _, err := o.users.find("User", id); err != nil {
			return nil, err
		}
		named = append(named, follower{ID: id, Type: followUser})
	}
	for _, id := range p.ContactIDs {
		if _, err := o.contacts.find("Contact", id); err != nil {
			return nil, err
		}
		named = append(named, follower{ID: id, Type: followContact})
	}
	return named, nil
}

func checkOperation(operation string, legal ...string) error {
	if operation != "" && !slices.Contains(legal, operation) {
		return notOneOf("operation", operation, legal)
	}
	return nil
}

func trackers() []string { return []string{"linear", "asana", "jira", "github", "shortcut"} }

type externalIssueParams struct {
	ID         pathID `param:"id,required"`
	ExternalID string `param:"external_issue_id,required"`
	Source     string `param:"source,required"`
	Operation  string `param:"operation"`
}

// restLinkExternalIssue answers the same when the link exists already.
func restLinkExternalIssue(o *Organization, p externalIssueParams) (any, error) {
	if !slices.Contains(trackers(), p.Source) {
		return nil, notOneOf("source", p.Source, trackers())
	}
	if err := checkOperation(p.Operation, operationLink, operationUnlink); err != nil {
		return nil, err
	}
	found, err := o.findIssue(p.ID)
	if err != nil {
		return nil, err
	}
	same := func(e externalIssue) bool { return e.Source == p.Source && e.ExternalID == p.ExternalID }
	linked := slices.ContainsFunc(found.ExternalIssues, same)
	switch {
	case p.Operation == operationUnlink && !linked:
		return nil, notFound("External issue")
	case p.Operation == operationUnlink:
		found.ExternalIssues = slices.DeleteFunc(found.ExternalIssues, same)
	case !linked:
		link := "https://" + p.Source + ".northlight.test/issue/" + slugify(p.ExternalID)
		found.ExternalIssues = append(found.ExternalIssues, externalIssue{Source: p.Source, ExternalID: p.ExternalID, Link: link})
	}
	found.UpdatedAt = o.timestamp()
	return restData(found)
}
