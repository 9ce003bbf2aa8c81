package pylon

import "slices"

func restListTags(o *Organization, p pageParams) (any, error) {
	return restPage(o, wholePages("tags"), "", p, o.tags.all())
}

func restGetTag(o *Organization, p idParams) (any, error) {
	found, err := o.tags.find("Tag", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

func restCreateTag(o *Organization, p createTagParams) (any, error) {
	created, err := o.addTag(p)
	if err != nil {
		return nil, err
	}
	return restData(created)
}

func restUpdateTag(o *Organization, p updateTagParams) (any, error) {
	found, err := o.changeTag(p)
	if err != nil {
		return nil, err
	}
	return restData(found)
}

// restDeleteTag takes the tag off the records that carry it.
func restDeleteTag(o *Organization, p idParams) (any, error) {
	found, err := o.tags.find("Tag", string(p.ID))
	if err != nil {
		return nil, err
	}
	o.tags.remove(found.ID)
	without := func(values []string) []string {
		return distinct(slices.DeleteFunc(values, func(value string) bool { return value == found.Value }))
	}
	switch found.ObjectType {
	case "issue":
		for _, row := range o.issues.rows {
			row.Tags = without(row.Tags)
		}
	case "account":
		for _, row := range o.accounts.rows {
			row.Tags = without(row.Tags)
		}
	case "article":
		for _, row := range o.articles.rows {
			row.Tags = slices.DeleteFunc(row.Tags, func(t tag) bool { return t.ID == found.ID })
		}
	}
	return restDone()
}
