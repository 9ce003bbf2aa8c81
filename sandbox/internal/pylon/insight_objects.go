package pylon

import (
	"maps"
	"net/http"
	"slices"
)

// mostObjects is the largest page of custom objects, and the largest number of
// them that one update may change.
const mostObjects = 100

func objectRoutes() []Route {
	const objects = "/custom-objects/{type}"
	return []Route{
		restRead(objects, perMinuteMany, restListObjects),
		restWrite(http.MethodPost, objects, perMinuteSome, restCreateObject),
		restWrite(http.MethodPatch, objects, perMinuteSome, restUpdateObjects),
		restSearch(objects+"/search", perMinuteSome, restSearchObjects),
		restRead(objects+"/{id}", perMinuteMany, restGetObject),
		restWrite(http.MethodPatch, objects+"/{id}", perMinuteSome, restUpdateObject),
		restWrite(http.MethodDelete, objects+"/{id}", perMinuteSome, restDeleteObject),
	}
}

func objectPages() pageRule {
	return pageRule{entity: "custom_objects", standard: 25, most: mostObjects}
}

func (o *Organization) objectType(slug string) (*objectType, error) {
	for _, t := range o.insight.objectTypes {
		if t.slug == slug {
			return t, nil
		}
	}
	return nil, notFound("Custom object type")
}

type listObjectsParams struct {
	pageParams

	Type string `param:"type,required"`
}

func restListObjects(o *Organization, p listObjectsParams) (any, error) {
	of, err := o.objectType(p.Type)
	if err != nil {
		return nil, err
	}
	return restPage(o, objectPages(), of.slug, p.pageParams, of.objects.all())
}

type findObjectsParams struct {
	findParams

	Type string `param:"type,required"`
}

func restSearchObjects(o *Organization, p findObjectsParams) (any, error) {
	of, err := o.objectType(p.Type)
	if err != nil {
		return nil, err
	}
	named := []string{"equals", "in", "not_in", "string_contains", "string_does_not_contain", "is_set", "is_unset"}
	table := searchTable[customObject]{
		isCustom: of.fields.has,
		custom:   func(c *customObject) map[string]fieldValue { return c.CustomFields },
		fields: map[string]searchField[customObject]{
			"name":       {named, func(c *customObject) []string { return one(c.Name) }},
			"created_at": {operatorsOfTime(), func(c *customObject) []string { return one(c.CreatedAt) }},
			"updated_at": {operatorsOfTime(), func(c *customObject) []string { return one(c.UpdatedAt) }},
		},
	}
	rule := objectPages()
	rule.entity += "/" + of.slug
	return restFind(o, rule, table, p.findParams, of.objects.all())
}

type objectParams struct {
	Type string `param:"type,required"`
	ID   string `param:"id,required"`
}

func (o *Organization) findObject(p objectParams) (*objectType, *customObject, error) {
	of, err := o.objectType(p.Type)
	if err != nil {
		return nil, nil, err
	}
	found, err := of.objects.find("Custom object", p.ID)
	return of, found, err
}

func restGetObject(o *Organization, p objectParams) (any, error) {
	_, found, err := o.findObject(p)
	if err != nil {
		return nil, err
	}
	return restData(found)
}

// objectFields are custom field values under their slugs: unlike all other
// records, custom objects take a map on writes too.
type objectFields map[string]fieldInput

// merge returns current with the values applied to it.
func (f objectFields) merge(o *Organization, of *objectType, current map[string]fieldValue) (map[string]fieldValue, error) {
	var inputs []fieldInput
	for _, slug := range slices.Sorted(maps.Keys(f)) {
		in := f[slug]
		if in.Slug != "" && in.Slug != slug {
			return nil, badRequest("custom_fields: the value under %s names the slug %s", quoted(slug), quoted(in.Slug))
		}
		in.Slug = slug
		inputs = append(inputs, in)
		if field := of.fields.get(slug); field != nil && field.Type == typeRelationship {
			if err := o.accounts.check("Account", in.Value); err != nil {
				return nil, err
			}
		}
	}
	return of.fields.merge(current, inputs)
}

// relate derives the relations from the values of relationship fields. Accounts
// are the only records that the seeded types relate to.
func (c *customObject) relate(of *objectType) {
	c.Relations = []objectRelation{}
	for _, f := range of.fields {
		if f.Type != typeRelationship {
			continue
		}
		for _, id := range c.CustomFields[f.Slug].texts() {
			c.Relations = append(c.Relations, objectRelation{ObjectID: id, ObjectType: "account"})
		}
	}
}

type createObjectParams struct {
	Type         string       `param:"type,required"`
	Name         string       `param:"name,required"`
	CustomFields objectFields `param:"custom_fields"`
}

func restCreateObject(o *Organization, p createObjectParams) (any, error) {
	of, err := o.objectType(p.Type)
	if err != nil {
		return nil, err
	}
	fields, err := p.CustomFields.merge(o, of, nil)
	if err != nil {
		return nil, err
	}
	now := o.timestamp()
	created := &customObject{ID: o.newID("custom-object"), Type: of.slug, Name: p.Name, CustomFields: fields, CreatedAt: now, UpdatedAt: now}
	created.relate(of)
	of.objects.add(created.ID, created)
	return restData(created)
}

type updateObjectParams struct {
	objectParams

	Name         *string      `param:"name"`
	CustomFields objectFields `param:"custom_fields"`
}

func restUpdateObject(o *Organization, p updateObjectParams) (any, error) {
	if err := checkNotBlank("name", p.Name); err != nil {
		return nil, err
	}
	of, found, err := o.findObject(p.objectParams)
	if err != nil {
		return nil, err
	}
	fields, err := p.CustomFields.merge(o, of, found.CustomFields)
	if err != nil {
		return nil, err
	}
	set(&found.Name, p.Name)
	found.CustomFields, found.UpdatedAt = fields, o.timestamp()
	found.relate(of)
	return restData(found)
}

type updateObjectsParams struct {
	Type         string       `param:"type,required"`
	IDs          []string     `param:"ids,required"`
	CustomFields objectFields `param:"custom_fields"`
}

// objectsUpdated is the answer to an update of several objects.
type objectsUpdated struct {
	Success    bool     `json:"success"`
	UpdatedIDs []string `json:"updated_ids"`
}

// restUpdateObjects changes all the objects or, when one of them cannot be
// changed, none.
func restUpdateObjects(o *Organization, p updateObjectsParams) (any, error) {
	ids := distinct(p.IDs)
	if len(ids) == 0 || len(ids) > mostObjects {
		return nil, badRequest("ids must hold from 1 to %d ids", mostObjects)
	}
	of, err := o.objectType(p.Type)
	if err != nil {
		return nil, err
	}
	changes := map[string]map[string]fieldValue{}
	for _, id := range ids {
		found, err := of.objects.find("Custom object", id)
		if err != nil {
			return nil, err
		}
		if changes[id], err = p.CustomFields.merge(o, of, found.CustomFields); err != nil {
			return nil, err
		}
	}
	for _, id := range ids {
		row := of.objects.rows[id]
		row.CustomFields, row.UpdatedAt = changes[id], o.timestamp()
		row.relate(of)
	}
	return objectsUpdated{Success: true, UpdatedIDs: ids}, nil
}

func restDeleteObject(o *Organization, p objectParams) (any, error) {
	of, gone, err := o.findObject(p)
	if err != nil {
		return nil, err
	}
	of.objects.remove(gone.ID)
	return restDone()
}
