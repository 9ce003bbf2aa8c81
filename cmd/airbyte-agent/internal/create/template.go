package create

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// Template is a type of connector, as lists and single answers have it.
type Template struct {
	ID                 string          `json:"id"`
	Name               string          `json:"name"`           // shown to people, such as "Pylon"
	Slug               string          `json:"connector_name"` // such as "pylon"; may be ""
	ActorDefinitionID  string          `json:"actor_definition_id"`
	SourceDefinitionID string          `json:"source_definition_id"`
	OrganizationID     string          `json:"organization_id"` // "" for Airbyte's own
	DefaultConfig      json.RawMessage `json:"partial_default_config"`
	Spec               Spec            `json:"user_config_spec"`
}

// Spec is the configuration form of a type.
type Spec struct {
	Schema       json.RawMessage `json:"connectionSpecification"`
	AdvancedAuth json.RawMessage `json:"advanced_auth"` // how OAuth values enter a configuration; null without
}

// DefinitionID is the id of the type's definition, in whichever member it came.
func (t Template) DefinitionID() string {
	if t.ActorDefinitionID != "" {
		return t.ActorDefinitionID
	}
	return t.SourceDefinitionID
}

// ParseTemplates reads an answer with a list of templates. Entries that are
// null are left out.
func ParseTemplates(raw json.RawMessage) ([]Template, error) {
	var wire struct {
		Data []*Template `json:"data"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return nil, unreadable(listTypes, "the answer "+misshapen(err))
	}
	if wire.Data == nil {
		return nil, unreadable(listTypes, `the answer has no list "data" of connector types`)
	}
	templates := make([]Template, 0, len(wire.Data))
	for _, t := range wire.Data {
		if t != nil {
			templates = append(templates, *t)
		}
	}
	return templates, nil
}

// ParseTemplate reads an answer with one template.
func ParseTemplate(raw json.RawMessage) (Template, error) {
	var t Template
	if err := json.Unmarshal(raw, &t); err != nil {
		return Template{}, unreadable(readType, "the answer "+misshapen(err))
	}
	if t.ID == "" || t.DefinitionID() == "" {
		return Template{}, unreadable(readType, "the answer has no id or no definition id")
	}
	return t, nil
}

// FindTemplate returns the template that a name stands for: its display name or
// its slug, in any case. None is a not_found that names the nearest, several
// are a validation_error that lists their ids.
func FindTemplate(all []Template, name string) (Template, error) {
	name = strings.TrimSpace(name)
	var found []Template
	for _, t := range all {
		if strings.EqualFold(t.Name, name) || t.Slug != "" && strings.EqualFold(t.Slug, name) {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		known := make([]string, len(all))
		for i, t := range all {
			known[i] = t.Name
		}
		slices.Sort(known)
		e := failure.NotFound("no type of connector is called %q", name).
			WithHint("airbyte-agent connectors list-available shows them")
		e.DidYouMean = suggest.Nearest(name, known)
		return Template{}, e
	}
	var ids []string
	for _, t := range found {
		ids = append(ids, t.ID)
	}
	e := failure.Invalid("ambiguous: %d types of connector are called %q", len(found), name).
		WithHint("choose one with --id")
	e.Candidates = ids
	return Template{}, e
}
