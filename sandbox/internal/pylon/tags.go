package pylon

import (
	"cmp"
	"slices"
	"strings"
)

const defaultTagColor = "#8a8f98"

func tagObjects() []string { return []string{"account", "article", "issue"} }

func listTags(o *Organization, p cursorParams) (Reply, error) {
	return listPage(o, "tags", "", p.Cursor, o.tags.all())
}

func getTag(o *Organization, p idParams) (Reply, error) {
	found, err := o.tags.find("Tag", string(p.ID))
	if err != nil {
		return Reply{}, err
	}
	return plain(found)
}

type createTagParams struct {
	Value      string `param:"value,required"`
	ObjectType string `param:"object_type,required"`
	HexColor   string `param:"hex_color"`
}

func createTag(o *Organization, p createTagParams) (Reply, error) {
	created, err := o.addTag(p)
	if err != nil {
		return Reply{}, err
	}
	return o.written(created)
}

func (o *Organization) addTag(p createTagParams) (*tag, error) {
	if !slices.Contains(tagObjects(), p.ObjectType) {
		return nil, notOneOf("object_type", p.ObjectType, tagObjects())
	}
	if err := o.checkTag("", p.ObjectType, p.Value); err != nil {
		return nil, err
	}
	created := &tag{
		ID: o.newID("tag"), Value: p.Value, ObjectType: p.ObjectType,
		HexColor: cmp.Or(p.HexColor, defaultTagColor),
	}
	o.tags.add(created.ID, created)
	return created, nil
}

type updateTagParams struct {
	ID       pathID  `param:"id,required"`
	Value    *string `param:"value"`
	HexColor *string `param:"hex_color"`
}

func updateTag(o *Organization, p updateTagParams) (Reply, error) {
	found, err := o.changeTag(p)
	if err != nil {
		return Reply{}, err
	}
	return o.written(found)
}

func (o *Organization) changeTag(p updateTagParams) (*tag, error) {
	if err := checkNotBlank("value", p.Value); err != nil {
		return nil, err
	}
	found, err := o.tags.find("Tag", string(p.ID))
	if err != nil {
		return nil, err
	}
	if p.Value != nil {
		if err := o.checkTag(found.ID, found.ObjectType, *p.Value); err != nil {
			return nil, err
		}
		o.renameTag(found, *p.Value)
	}
	set(&found.HexColor, p.HexColor)
	o.refreshTag(found)
	return found, nil
}

func (o *Organization) checkTag(ownID, objectType, value string) error {
	for _, row := range o.tags.all() {
		if row.ID != ownID && row.ObjectType == objectType && strings.EqualFold(row.Value, value) {
			return duplicate(row.ID, "a tag %q for objects of type %s exists already", value, objectType)
		}
	}
	return nil
}

// refreshTag follows the tag into the articles, which carry copies of it.
func (o *Organization) refreshTag(changed *tag) {
	for _, row := range o.articles.rows {
		for i := range row.Tags {
			if row.Tags[i].ID == changed.ID {
				row.Tags[i] = *changed
			}
		}
	}
}

// renameTag follows the tag into the records that carry it by value.
func (o *Organization) renameTag(renamed *tag, value string) {
	rename := func(values []string) {
		if i := slices.Index(values, renamed.Value); i >= 0 {
			values[i] = value
		}
	}
	switch renamed.ObjectType {
	case "issue":
		for _, row := range o.issues.rows {
			rename(row.Tags)
		}
	case "account":
		for _, row := range o.accounts.rows {
			rename(row.Tags)
		}
	}
	renamed.Value = value
}
