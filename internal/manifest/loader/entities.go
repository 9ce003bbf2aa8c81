package loader

import (
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// describeEntities gives each entity its record schema and the hints on it.
// The first schema that names the entity, or is called like it, is the one.
func (f *file) describeEntities() {
	for name, schema := range f.schemas.fields() {
		index, ok := f.entity[schema.get("x-airbyte-entity-name").text()]
		if !ok {
			index, ok = f.entityCalled(name)
		}
		if ok && f.doc.Entities[index].Schema == nil {
			f.describeEntity(&f.doc.Entities[index], schema)
		}
	}
}

func (f *file) entityCalled(name string) (int, bool) {
	for i := range f.doc.Entities {
		if strings.EqualFold(f.doc.Entities[i].Name, name) {
			return i, true
		}
	}
	return 0, false
}

func (f *file) describeEntity(e *manifest.Entity, schema value) {
	e.Schema = f.schemaJSON(schema)
	hints := schema.get("x-airbyte-ai-hints")
	if summary := hints.get("summary").text(); summary != "" {
		e.Summary = summary
	}
	e.WhenToUse = hints.get("when_to_use").text()
	e.Freshness = hints.get("freshness").oneOf("live", "static")
	e.SearchStrategy = hints.get("search_strategy").text()
	e.TriggerPhrases = hints.get("trigger_phrases").texts()
	e.ExampleQuestions = hints.get("example_questions").texts()
}

func (f *file) readRelationships(list value) {
	for v := range list.items() {
		relation := manifest.Relationship{
			Target:      f.knownEntity(v.need("target_entity")),
			ForeignKey:  v.need("foreign_key").text(),
			TargetKey:   v.get("target_key").text(),
			Cardinality: v.get("cardinality").oneOf("one_to_one", "one_to_many", "many_to_one", "many_to_many"),
			Description: v.get("description").text(),
		}
		if relation.TargetKey == "" {
			relation.TargetKey = "id"
		}
		if source := f.knownEntity(v.need("source_entity")); source != "" {
			e := f.entityNamed(source)
			e.Relationships = append(e.Relationships, relation)
		}
	}
}

func (f *file) knownEntity(v value) string {
	name := v.text()
	if _, ok := f.entity[name]; name != "" && !ok {
		v.problem("there is no entity %q", name)
		return ""
	}
	return name
}
