package pylon

import (
	"slices"
	"strings"
)

// restFieldObjects are all object types of the service; the connector declares
// three of them.
func restFieldObjects() []string {
	return []string{"account", "issue", "contact", "task", "project", "meeting", "opportunity"}
}

func fieldTypes() []string {
	return []string{"text", "number", "decimal", "boolean", "date", "datetime", "user", "url", "select", "multiselect"}
}

type restListFieldsParams struct {
	pageParams

	ObjectType string `param:"object_type,required"`
}

func restListCustomFields(o *Organization, p restListFieldsParams) (any, error) {
	if !slices.Contains(restFieldObjects(), p.ObjectType) {
		return nil, notOneOf("object_type", p.ObjectType, restFieldObjects())
	}
	rows := slices.DeleteFunc(o.customFields.all(), func(f *customField) bool { return f.ObjectType != p.ObjectType })
	return restPage(o, wholePages("custom_fields"), p.ObjectType, p.pageParams, rows)
}

func restGetCustomField(o *Organization, p idParams) (any, error) {
	found, err := o.customFields.find("Custom field", string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

type createFieldParams struct {
	ObjectType    string         `param:"object_type,required"`
	Type          string         `param:"type,required"`
	Label         string         `param:"label,required"`
	Slug          string         `param:"slug"`
	Description   string         `param:"description"`
	DefaultValue  *string        `param:"default_value"`
	DefaultValues []string       `param:"default_values"`
	Options       []selectOption `param:"select_options"`
}

func restCreateCustomField(o *Organization, p createFieldParams) (any, error) {
	if p.Slug == "" {
		p.Slug = strings.ReplaceAll(slugify(p.Label), "-", "_")
	}
	if err := o.checkNewField(p); err != nil {
		return nil, err
	}
	now := o.timestamp()
	created := &customField{
		ID: o.newID("custom-field"), Label: p.Label, Slug: p.Slug, Description: p.Description, ObjectType: p.ObjectType,
		Type: p.Type, Source: "pylon", DefaultValue: nonEmpty(p.DefaultValue),
		DefaultValues: append([]string{}, p.DefaultValues...), CreatedAt: now, UpdatedAt: now,
	}
	if created.isSelect() {
		created.SelectMetadata = &selectMetadata{Options: completeOptions(p.Options)}
	}
	if p.Type == "number" || p.Type == "decimal" {
		created.NumberMetadata = &numberMetadata{}
	}
	if err := created.checkDefaults(); err != nil {
		return nil, err
	}
	o.customFields.add(created.ID, created)
	return restData(created)
}

func (o *Organization) checkNewField(p createFieldParams) error {
	if !slices.Contains(restFieldObjects(), p.ObjectType) {
		return notOneOf("object_type", p.ObjectType, restFieldObjects())
	}
	if !slices.Contains(fieldTypes(), p.Type) {
		return notOneOf("type", p.Type, fieldTypes())
	}
	probe := customField{Type: p.Type}
	if err := probe.checkOptions(p.Options); err != nil {
		return err
	}
	if probe.isSelect() && len(p.Options) == 0 {
		return badRequest("select_options is required for the type %s", p.Type)
	}
	return o.checkFieldSlug("", p.ObjectType, p.Slug)
}

func (o *Organization) checkFieldSlug(ownID, object, slug string) error {
	if clash := o.customField(object, slug); clash != nil && clash.ID != ownID {
		return duplicate(clash.ID, "a custom field with the slug %s exists already", slug)
	}
	return nil
}

func (f *customField) isSelect() bool { return f.Type == "select" || f.Type == "multiselect" }

func (f *customField) checkOptions(options []selectOption) error {
	if len(options) > 0 && !f.isSelect() {
		return badRequest("select_options is for the types select and multiselect alone")
	}
	for _, option := range options {
		if option.Label == "" {
			return badRequest("select_options: label is required")
		}
	}
	return nil
}

// checkDefaults refuses defaults that the field would refuse as values.
func (f *customField) checkDefaults() error {
	in := fieldInput{Slug: f.Slug, Value: f.DefaultValue}
	if len(f.DefaultValues) > 0 {
		in.Values = &f.DefaultValues
	}
	return f.check(in)
}

func completeOptions(options []selectOption) []selectOption {
	complete := slices.Clone(options)
	for i := range complete {
		if complete[i].Slug == "" {
			complete[i].Slug = strings.ReplaceAll(slugify(complete[i].Label), "-", "_")
		}
	}
	return complete
}

type updateFieldParams struct {
	ID            string          `param:"id,required"`
	Label         *string         `param:"label"`
	Slug          *string         `param:"slug"`
	Description   *string         `param:"description"`
	DefaultValue  *string         `param:"default_value"`
	DefaultValues *[]string       `param:"default_values"`
	Options       *[]selectOption `param:"select_options"`
}

func restUpdateCustomField(o *Organization, p updateFieldParams) (any, error) {
	if err := checkNotBlank("label", p.Label); err != nil {
		return nil, err
	}
	if err := checkNotBlank("slug", p.Slug); err != nil {
		return nil, err
	}
	found, err := o.customFields.find("Custom field", p.ID)
	if err != nil {
		return nil, err
	}
	changed := *found
	if err := o.changeField(&changed, p); err != nil {
		return nil, err
	}
	o.renameFieldValues(found.ObjectType, found.Slug, changed.Slug)
	*found = changed
	return restData(found)
}

func (o *Organization) changeField(f *customField, p updateFieldParams) error {
	set(&f.Label, p.Label)
	set(&f.Slug, p.Slug)
	set(&f.Description, p.Description)
	set(&f.DefaultValues, p.DefaultValues)
	if p.DefaultValue != nil {
		f.DefaultValue = nonEmpty(p.DefaultValue)
	}
	if p.Options != nil {
		if err := f.checkOptions(*p.Options); err != nil {
			return err
		}
		f.SelectMetadata = &selectMetadata{Options: completeOptions(*p.Options)}
	}
	f.UpdatedAt = o.timestamp()
	if err := o.checkFieldSlug(f.ID, f.ObjectType, f.Slug); err != nil {
		return err
	}
	return f.checkDefaults()
}

// renameFieldValues follows a changed slug into the records.
func (o *Organization) renameFieldValues(object, from, to string) {
	if from == to {
		return
	}
	for _, values := range o.fieldMaps(object) {
		if value, ok := values[from]; ok {
			delete(values, from)
			values[to] = value
		}
	}
}

func (o *Organization) fieldMaps(object string) []map[string]fieldValue {
	var maps []map[string]fieldValue
	switch object {
	case "issue":
		for _, row := range o.issues.rows {
			maps = append(maps, row.CustomFields)
		}
	case "account":
		for _, row := range o.accounts.rows {
			maps = append(maps, row.CustomFields)
		}
	case "contact":
		for _, row := range o.contacts.rows {
			maps = append(maps, row.CustomFields)
		}
	case "task":
		for _, row := range o.tasks.rows {
			maps = append(maps, row.CustomFields)
		}
	case "project":
		for _, row := range o.projects.rows {
			maps = append(maps, row.CustomFields)
		}
	}
	return maps
}
