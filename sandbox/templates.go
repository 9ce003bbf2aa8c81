package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// PylonDefinitionID is the definition id of Airbyte's Pylon connector.
const PylonDefinitionID = "f2e53e88-3c6b-4e5a-b7c2-a1d9c5e8f4b6"

const (
	pylonName       = "Pylon"
	pylonSlug       = "pylon"
	pylonTemplateID = "5a4db0c0-0000-4000-8000-000000000301"
	pylonIcon       = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
	pylonDocs       = "https://docs.usepylon.com/pylon-docs/developer/api"
)

// sourceTemplate is a connector type as lists show it.
type sourceTemplate struct {
	ID                   string          `json:"id"`
	Name                 string          `json:"name"`
	Icon                 string          `json:"icon"`
	ActorDefinitionID    string          `json:"actor_definition_id"`
	ConnectorName        string          `json:"connector_name"`
	OrganizationID       *string         `json:"organization_id"`
	Tags                 []string        `json:"tags"`
	Customization        json.RawMessage `json:"customization"`
	Mode                 string          `json:"mode"`
	RuntimeMode          string          `json:"runtime_mode"`
	SupportsContextStore bool            `json:"supports_context_store"`
	CreatedAt            string          `json:"created_at"`
	UpdatedAt            string          `json:"updated_at"`
}

func pylonTemplate() sourceTemplate {
	return sourceTemplate{
		ID:                   pylonTemplateID,
		Name:                 pylonName,
		Icon:                 pylonIcon,
		ActorDefinitionID:    PylonDefinitionID,
		ConnectorName:        pylonSlug,
		Tags:                 []string{},
		Customization:        json.RawMessage("{}"),
		Mode:                 "DIRECT",
		RuntimeMode:          "direct_and_context_store",
		SupportsContextStore: true,
		CreatedAt:            seededAt,
		UpdatedAt:            seededAt,
	}
}

// templateDetail is a connector type with its configuration form.
type templateDetail struct {
	ID                   string          `json:"id"`
	Name                 string          `json:"name"`
	Icon                 string          `json:"icon"`
	SourceDefinitionID   string          `json:"source_definition_id"`
	UserConfigSpec       configSpec      `json:"user_config_spec"`
	PartialDefaultConfig json.RawMessage `json:"partial_default_config"`
	Customization        json.RawMessage `json:"customization"`
	Tags                 []string        `json:"tags"`
	Mode                 string          `json:"mode"`
	IsExperimental       bool            `json:"is_experimental"`
	RuntimeMode          string          `json:"runtime_mode"`
	SupportsContextStore bool            `json:"supports_context_store"`
	CreatedAt            string          `json:"created_at"`
	UpdatedAt            string          `json:"updated_at"`
}

// configSpec keeps the camel case that this part of the service has.
type configSpec struct {
	DocumentationURL        string          `json:"documentationUrl"`
	ConnectionSpecification json.RawMessage `json:"connectionSpecification"`
	AdvancedAuth            json.RawMessage `json:"advanced_auth"`
	SyncModes               []string        `json:"supported_destination_sync_modes"`
}

func pylonTemplateDetail() templateDetail {
	t := pylonTemplate()
	return templateDetail{
		ID:                   t.ID,
		Name:                 t.Name,
		Icon:                 t.Icon,
		SourceDefinitionID:   t.ActorDefinitionID,
		UserConfigSpec:       pylonSpec(),
		PartialDefaultConfig: json.RawMessage("{}"),
		Customization:        t.Customization,
		Tags:                 t.Tags,
		Mode:                 t.Mode,
		RuntimeMode:          t.RuntimeMode,
		SupportsContextStore: t.SupportsContextStore,
		CreatedAt:            t.CreatedAt,
		UpdatedAt:            t.UpdatedAt,
	}
}

func pylonSpec() configSpec {
	return configSpec{
		DocumentationURL: pylonDocs,
		ConnectionSpecification: json.RawMessage(`{"type":"object","title":"Pylon","required":["api_token"],` +
			`"properties":{"api_token":{"type":"string","title":"API Token","airbyte_secret":true}}}`),
		SyncModes: []string{},
	}
}

type templateList struct {
	Data []sourceTemplate `json:"data"`
}

// listTemplates lists the organization's own templates, of which there are
// none, and the global ones where the request wants them.
func (s *Sandbox) listTemplates(c *call) (response, error) {
	list := templateList{Data: []sourceTemplate{}}
	query := c.request.URL.Query()
	untagged := !slices.ContainsFunc(query["tags"], func(tag string) bool { return tag != "" })
	if strings.EqualFold(query.Get("use_global"), "true") && untagged {
		list.Data = append(list.Data, pylonTemplate())
	}
	return success(list)
}

func (s *Sandbox) listGlobalTemplates(*call) (response, error) {
	return success(templateList{Data: []sourceTemplate{pylonTemplate()}})
}

type templateReply struct {
	sourceTemplate
	AuthTooltip          string          `json:"auth_tooltip"`
	UserConfigSpec       configSpec      `json:"user_config_spec"`
	PartialDefaultConfig json.RawMessage `json:"partial_default_config"`
}

func (s *Sandbox) getTemplate(c *call) (response, error) {
	if id := c.request.PathValue("id"); !strings.EqualFold(id, pylonTemplateID) {
		return response{}, refuse(http.StatusNotFound, "Source template %s not found", id)
	}
	return success(templateReply{
		sourceTemplate:       pylonTemplate(),
		AuthTooltip:          "An API token that a Pylon admin has made",
		UserConfigSpec:       pylonSpec(),
		PartialDefaultConfig: json.RawMessage("{}"),
	})
}
