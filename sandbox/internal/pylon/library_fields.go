package pylon

import "maps"

// typeRelationship is the type of a custom field that holds another record's id.
const typeRelationship = "relationship"

// fieldSet is the custom fields of records whose definitions the service's
// custom field operations do not list.
type fieldSet []*customField

func defineField(slug, kind string, options ...string) *customField {
	f := &customField{Slug: slug, Type: kind}
	if options != nil {
		f.SelectMetadata = &selectMetadata{Options: optionsOf(options)}
	}
	return f
}

func (s fieldSet) get(slug string) *customField {
	for _, f := range s {
		if f.Slug == slug {
			return f
		}
	}
	return nil
}

func (s fieldSet) has(slug string) bool { return s.get(slug) != nil }

// merge returns current with the inputs applied to it, and leaves current as it
// is.
func (s fieldSet) merge(current map[string]fieldValue, inputs []fieldInput) (map[string]fieldValue, error) {
	merged := maps.Clone(current)
	if merged == nil {
		merged = map[string]fieldValue{}
	}
	for _, in := range inputs {
		f := s.get(in.Slug)
		if f == nil {
			return nil, badRequest("custom_fields: %s is no custom field of this object", quoted(in.Slug))
		}
		if err := f.check(in); err != nil {
			return nil, err
		}
		in.apply(merged)
	}
	return merged, nil
}
