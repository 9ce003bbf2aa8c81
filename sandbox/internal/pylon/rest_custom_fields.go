package pylon

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// fieldInput is a custom field value as a write sends it. Neither value nor
// values clears the field.
type fieldInput struct {
	Slug   string    `json:"slug"`
	Value  *string   `json:"value"`
	Values *[]string `json:"values"`
}

// customField returns the definition of a custom field, or nil.
func (o *Organization) customField(object, slug string) *customField {
	for _, row := range o.customFields.all() {
		if row.ObjectType == object && row.Slug == slug {
			return row
		}
	}
	return nil
}

// mergeFields returns current with the inputs applied to it: slugs that are not
// among them keep their values. Current itself stays as it is, so that a
// refused write changes nothing.
func (o *Organization) mergeFields(object string, current map[string]fieldValue, inputs []fieldInput) (map[string]fieldValue, error) {
	merged := maps.Clone(current)
	if merged == nil {
		merged = map[string]fieldValue{}
	}
	for _, in := range inputs {
		definition := o.customField(object, in.Slug)
		if definition == nil {
			return nil, badRequest("custom_fields: %s is no custom field of the object type %s", quoted(in.Slug), object)
		}
		if definition.IsReadOnly {
			return nil, badRequest("custom_fields: %s is read-only: it is synced from %s", in.Slug, definition.Source)
		}
		if err := definition.check(in); err != nil {
			return nil, err
		}
		in.apply(merged)
	}
	return merged, nil
}

// apply writes the input into a map of values as reads show it: the value of a
// field with several is empty.
func (in fieldInput) apply(to map[string]fieldValue) {
	switch {
	case in.Values != nil && len(*in.Values) > 0:
		to[in.Slug] = fieldValue{Value: "", Values: slices.Clone(*in.Values)}
	case in.Value != nil && *in.Value != "":
		to[in.Slug] = textValue(*in.Value)
	default:
		delete(to, in.Slug)
	}
}

// check refuses values that do not suit the field's type.
func (f *customField) check(in fieldInput) error {
	values := []string{}
	if in.Values != nil {
		if f.Type != "multiselect" {
			return badRequest("custom_fields: %s takes value, not values", f.Slug)
		}
		values = *in.Values
	}
	if in.Value != nil && *in.Value != "" {
		values = append(slices.Clone(values), *in.Value)
	}
	for _, value := range values {
		if want, ok := f.accepts(value); !ok {
			return badRequest("custom_fields: the value of %s must be %s", f.Slug, want)
		}
	}
	return nil
}

// accepts reports whether a value suits the field, and what would.
func (f *customField) accepts(value string) (want string, ok bool) {
	switch f.Type {
	case "select", "multiselect":
		return f.acceptsOption(value)
	case "number", "decimal":
		_, ok = parseNumber(value)
		return "a number written as a string", ok
	case "boolean":
		return "\"true\" or \"false\"", value == "true" || value == "false"
	case "date":
		_, err := time.Parse(time.DateOnly, value)
		return "a date such as 2026-11-15", err == nil
	case "datetime":
		_, err := time.Parse(time.RFC3339, value)
		return "an RFC3339 time with a zone", err == nil
	default:
		return "a string", true
	}
}

func (f *customField) acceptsOption(value string) (want string, ok bool) {
	var slugs []string
	if f.SelectMetadata != nil {
		for _, option := range f.SelectMetadata.Options {
			slugs = append(slugs, option.Slug)
		}
	}
	return fmt.Sprintf("the slug of an option: %q", slugs), slices.Contains(slugs, value)
}

// texts returns the values of a field as a search compares them.
func (v fieldValue) texts() []string {
	if len(v.Values) > 0 {
		return v.Values
	}
	if v.Value == nil || v.Value == "" {
		return nil
	}
	return []string{fmt.Sprint(v.Value)}
}
