package pylon

import "slices"

const (
	parentAccount  = "parent_account"
	partnerAccount = "partner_account"
)

func relationshipTypes() []string { return []string{parentAccount, partnerAccount} }

// relationship says that an account is a child, or a partner's client, of another.
type relationship struct {
	ID               string `json:"id"`
	RelationshipType string `json:"relationship_type"`
	ChildAccountID   string `json:"child_account_id"`
	ParentAccountID  string `json:"parent_account_id"`
	RelatedObjectID  string `json:"related_object_id"`
	CreatedAt        string `json:"created_at"`
	UpdatedAt        string `json:"updated_at"`
}

// relate links two accounts and keeps the ids inside the accounts in step.
func (o *Organization) relate(id string, child, parent *account, kind, at string) *relationship {
	made := &relationship{
		ID: id, RelationshipType: kind, ChildAccountID: child.ID, ParentAccountID: parent.ID,
		RelatedObjectID: parent.ID, CreatedAt: at, UpdatedAt: at,
	}
	o.relationships.add(id, made)
	if kind == partnerAccount {
		parent.AssociatedAccountIDs = append(parent.AssociatedAccountIDs, child.ID)
		return made
	}
	child.ParentAccountID = &parent.ID
	if !slices.Contains(parent.SubaccountIDs, child.ID) {
		parent.SubaccountIDs = append(parent.SubaccountIDs, child.ID)
	}
	return made
}

func (o *Organization) unrelate(r *relationship) {
	o.relationships.remove(r.ID)
	child, hasChild := o.accounts.get(r.ChildAccountID)
	if hasChild && r.RelationshipType == parentAccount {
		child.ParentAccountID = nil
	}
	if parent, ok := o.accounts.get(r.ParentAccountID); ok {
		isChild := func(id string) bool { return id == r.ChildAccountID }
		if r.RelationshipType == partnerAccount {
			parent.AssociatedAccountIDs = slices.DeleteFunc(slices.Clone(parent.AssociatedAccountIDs), isChild)
			return
		}
		parent.SubaccountIDs = slices.DeleteFunc(slices.Clone(parent.SubaccountIDs), isChild)
	}
}

// relatedTo returns the relationship of a kind in which the account is the
// child, or nil. Parent narrows it to one other account, "" does not.
func (o *Organization) relatedTo(childID, kind, parentID string) *relationship {
	for _, r := range o.relationships.all() {
		if r.ChildAccountID == childID && r.RelationshipType == kind && (parentID == "" || r.ParentAccountID == parentID) {
			return r
		}
	}
	return nil
}

// setSubaccounts replaces the children of an account, or the clients of a
// partner.
func (o *Organization) setSubaccounts(parent *account, ids []string) {
	kind := parentAccount
	if parent.Type == "partner" {
		kind = partnerAccount
	}
	for _, r := range o.relationships.all() {
		if r.ParentAccountID == parent.ID && r.RelationshipType == kind && !slices.Contains(ids, r.ChildAccountID) {
			o.unrelate(r)
		}
	}
	for _, id := range distinct(ids) {
		if o.relatedTo(id, kind, parent.ID) != nil {
			continue
		}
		if old := o.relatedTo(id, parentAccount, ""); old != nil && kind == parentAccount {
			o.unrelate(old) // an account has one parent
		}
		o.relate(o.newID("relationship"), o.accounts.rows[id], parent, kind, o.timestamp())
	}
}

type relationshipInput struct {
	AccountID       pathID `param:"account_id,required"`
	RelatedObjectID string `param:"related_object_id,required"`
	Type            string `param:"relationship_type,required"`
}

func restCreateRelationship(o *Organization, p relationshipInput) (any, error) {
	if !slices.Contains(relationshipTypes(), p.Type) {
		return nil, notOneOf("relationship_type", p.Type, relationshipTypes())
	}
	child, err := o.findAccount(p.AccountID)
	if err != nil {
		return nil, err
	}
	parent, err := o.accounts.find("Account", p.RelatedObjectID)
	if err != nil {
		return nil, err
	}
	if parent.ID == child.ID || o.relatedTo(parent.ID, p.Type, child.ID) != nil {
		return nil, badRequest("related_object_id must not name the account itself or one that is below it")
	}
	only := ""
	if p.Type == partnerAccount {
		only = parent.ID
	}
	if old := o.relatedTo(child.ID, p.Type, only); old != nil {
		return nil, duplicate(old.ID, "the account has a relationship of the type %s already", p.Type)
	}
	return restData(o.relate(o.newID("relationship"), child, parent, p.Type, o.timestamp()))
}

type accountPartParams struct {
	AccountID      pathID `param:"account_id,required"`
	RelationshipID string `param:"relationship_id"`
	HighlightID    string `param:"highlight_id"`
}

func restListRelationships(o *Organization, p accountPartParams) (any, error) {
	child, err := o.findAccount(p.AccountID)
	if err != nil {
		return nil, err
	}
	rows := slices.DeleteFunc(o.relationships.all(), func(r *relationship) bool { return r.ChildAccountID != child.ID })
	return restData(rows)
}

func restDeleteRelationship(o *Organization, p accountPartParams) (any, error) {
	child, err := o.findAccount(p.AccountID)
	if err != nil {
		return nil, err
	}
	found, err := o.relationships.find("Relationship", p.RelationshipID)
	if err != nil {
		return nil, err
	}
	if found.ChildAccountID != child.ID {
		return nil, notFound("Relationship")
	}
	o.unrelate(found)
	return restData(found)
}
