package loader

import (
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// describeEntities gives each entity its record schema and the hints on it.
// The first schema that names the entity, or is called like it, is the one.
func (f *file) describeEntities() {
	called := map[string][]int{}
	for i, e := range f.doc.Entities {
		key := strings.ToLower(e.Name)
		called[key] = append(called[key], i)
	}
	for name, schema := range f.schemas.fields() {
		schema.onlyKeys(schemaKeys)
		candidates := called[strings.ToLower(name)]
		if owner, ok := f.entity[schema.get("x-airbyte-entity-name").text()]; ok {
			candidates = append([]int{owner}, candidates...)
		}
		for _, i := range candidates {
			if e := &f.doc.Entities[i]; e.Schema == nil {
				f.describeEntity(e, schema)
			}
		}
	}
}

func (f *file) describeEntity(e *manifest.Entity, schema value) {
	e.Schema = f.schemaJSON(schema)
	hints := schema.get("x-airbyte-ai-hints")
	hints.onlyKeys(hintKeys)
	if summary := hints.get("summary").text(); summary != "" {
		e.Summary = summary
	}
	e.WhenToUse = hints.get("when_to_use").text()
	e.Freshness = hints.get("freshness").oneOf("live", "static")
	e.SearchStrategy = hints.get("search_strategy").text()
	e.Direct = f.readOverride(hints)
	e.TriggerPhrases = hints.get("trigger_phrases").texts()
	e.ExampleQuestions = hints.get("example_questions").texts()
}

func (f *file) readRelationships(list value) {
	for v := range list.items() {
		v.looseKeys(relationshipKeys)
		source, target := f.knownEntity(v.need("source_entity")), f.knownEntity(v.need("target_entity"))
		relation := manifest.Relationship{
			Target:      target,
			ForeignKey:  v.need("foreign_key").text(),
			TargetKey:   v.get("target_key").text(),
			Cardinality: v.get("cardinality").oneOf("one_to_one", "one_to_many", "many_to_one", "many_to_many"),
			Description: v.get("description").text(),
		}
		for field, allowed := range v.get("parent_record_filter").fields() {
			relation.Filter = append(relation.Filter, fieldValues(field, allowed))
		}
		if relation.TargetKey == "" {
			relation.TargetKey = "id"
		}
		if source != "" && target != "" {
			e := f.entityNamed(source)
			e.Relationships = append(e.Relationships, relation)
		}
	}
}

// fieldValues reads the legal values of a field: a list, or a single one.
func fieldValues(field string, allowed value) manifest.FieldValues {
	out := manifest.FieldValues{Field: field}
	if !allowed.isList() {
		out.Values = []string{allowed.plain()}
		return out
	}
	for item := range allowed.items() {
		out.Values = append(out.Values, item.plain())
	}
	return out
}

// knownEntity is the name of an entity of the file; a relationship with one
// that is not there is left out.
func (f *file) knownEntity(v value) string {
	name := v.text()
	if _, ok := f.entity[name]; name != "" && !ok {
		v.warn("there is no entity %q, and the relationship is left out", name)
		return ""
	}
	return name
}
