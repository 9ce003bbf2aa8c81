package sandbox

type inspection struct {
	ConnectorID    string         `json:"connector_id"`
	Name           string         `json:"name"`
	WorkspaceID    string         `json:"workspace_id"`
	OrganizationID string         `json:"organization_id"`
	DefinitionID   string         `json:"source_definition_id"`
	DefinitionName string         `json:"source_definition_name"`
	TemplateID     string         `json:"source_config_template_id"`
	DocsSkillID    string         `json:"docs_skill_id"`
	Readiness      storeReadiness `json:"context_store_readiness"`
	Warnings       []string       `json:"warnings"`
}

type storeReadiness struct {
	ConnectorID  string         `json:"connector_id"`
	DefinitionID string         `json:"source_definition_id"`
	Supported    []storeEntity  `json:"supported_context_store_entities"`
	Configured   []cachedEntity `json:"configured_cache_entities"`
}

type storeEntity struct {
	Entity    string `json:"entity"`
	Suggested bool   `json:"suggested"`
}

type cachedEntity struct {
	Entity         string           `json:"entity"`
	Status         string           `json:"status"`
	ReadyForSearch bool             `json:"ready_for_search"`
	Supported      bool             `json:"supported"`
	EntityCount    *int             `json:"entity_count"`
	UpdatedAt      string           `json:"updated_at"`
	SemanticSearch []semanticStatus `json:"semantic_search_status"`
}

type semanticStatus struct {
	Field  string `json:"field"`
	Status string `json:"status"`
}

// storeEntities are what the context store keeps of Pylon.
var storeEntities = [...]storeEntity{
	{"issues", true},
	{"accounts", true},
	{"contacts", true},
	{"teams", true},
	{"tags", true},
	{"users", true},
	{"custom_fields", true},
	{"ticket_forms", true},
	{"user_roles", false},
}

// skillID is what clients are told to pass to the skill routes unchanged.
func skillID(connectorID string) string { return "connector-source:" + connectorID }

func (s *Sandbox) inspectConnector(c *call) (response, error) {
	found, err := c.connector(c.request.PathValue("id"))
	if err != nil {
		return response{}, err
	}
	readiness := storeReadiness{
		ConnectorID:  found.id,
		DefinitionID: PylonDefinitionID,
		Supported:    storeEntities[:],
	}
	for _, entity := range storeEntities {
		count := len(c.org.pylon().IDs(entity.Entity))
		readiness.Configured = append(readiness.Configured, cachedEntity{
			Entity:         entity.Entity,
			Status:         "ready",
			ReadyForSearch: true,
			Supported:      true,
			EntityCount:    &count,
			UpdatedAt:      found.updatedAt,
			SemanticSearch: []semanticStatus{},
		})
	}
	return success(inspection{
		ConnectorID:    found.id,
		Name:           found.name,
		WorkspaceID:    found.workspaceID,
		OrganizationID: c.org.id,
		DefinitionID:   PylonDefinitionID,
		DefinitionName: pylonName,
		TemplateID:     pylonTemplateID,
		DocsSkillID:    skillID(found.id),
		Readiness:      readiness,
		Warnings:       []string{},
	})
}
