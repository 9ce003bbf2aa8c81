package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// skill is one entry of the skill library: a text for a model.
type skill struct {
	ID         string    `json:"id"`
	Kind       string    `json:"kind"`
	Title      string    `json:"title"`
	Summary    string    `json:"summary"`
	Tags       []string  `json:"tags"`
	Provenance string    `json:"provenance"`
	Version    string    `json:"version"`
	Freshness  freshness `json:"freshness"`
	Warnings   []string  `json:"warnings"`
}

type freshness struct {
	State     string `json:"state"`
	CheckedAt string `json:"checked_at"`
}

type skillPage struct {
	Data       []skill `json:"data"`
	NextCursor *string `json:"next_cursor"`
}

const basicsSkillID = "airbyte-agent-basics"

func basicsSkill() skill {
	return skill{
		ID:         basicsSkillID,
		Kind:       "static",
		Title:      "Working with connectors",
		Summary:    "How to find a connector, read its operations and call them.",
		Tags:       []string{"connectors", "basics"},
		Provenance: "sandbox",
		Version:    "1",
		Freshness:  freshness{"static", seededAt},
		Warnings:   []string{"This text comes from a simulator."},
	}
}

func connectorSkill(c connector) skill {
	return skill{
		ID:         skillID(c.id),
		Kind:       "connector_source",
		Title:      c.name,
		Summary:    "Entities, actions and parameters of the connector " + c.name + ".",
		Tags:       []string{pylonSlug, "support"},
		Provenance: "sandbox",
		Version:    "1",
		Freshness:  freshness{"live", c.updatedAt},
		Warnings:   []string{},
	}
}

// visibleSkills are the static skill and those of the connectors that the
// token and the query's workspace_id leave.
func (c *call) visibleSkills() ([]skill, error) {
	query := c.request.URL.Query()
	workspaceID, err := queryID(query, "workspace_id")
	if err != nil {
		return nil, err
	}
	organizationID, err := queryID(query, "organization_id")
	if err != nil {
		return nil, err
	}
	if organizationID != "" && !strings.EqualFold(organizationID, c.org.id) {
		return nil, refuse(http.StatusForbidden, "The request is not about organization %s", organizationID)
	}
	visible := []skill{basicsSkill()}
	c.org.mu.RLock()
	defer c.org.mu.RUnlock()
	for _, found := range c.org.connectors {
		if c.mayUse(found.workspaceID) && (workspaceID == "" || strings.EqualFold(workspaceID, found.workspaceID)) {
			visible = append(visible, connectorSkill(*found))
		}
	}
	return visible, nil
}

func (s *Sandbox) listSkills(c *call) (response, error) {
	skills, err := c.visibleSkills()
	if err != nil {
		return response{}, err
	}
	return c.skillPage(skills)
}

// searchSkills finds the skills that hold every word of the query.
func (s *Sandbox) searchSkills(c *call) (response, error) {
	words := strings.Fields(strings.ToLower(c.request.URL.Query().Get("query")))
	if len(words) == 0 {
		return response{}, badQuery("query", "string_too_short", "String should have at least 1 character")
	}
	skills, err := c.visibleSkills()
	if err != nil {
		return response{}, err
	}
	return c.skillPage(slices.DeleteFunc(skills, func(k skill) bool { return !k.holds(words) }))
}

func (k skill) holds(words []string) bool {
	text := strings.ToLower(strings.Join(append([]string{k.ID, k.Title, k.Summary}, k.Tags...), " "))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// skillPage cuts one page out of the skills by the request's limit and cursor.
func (c *call) skillPage(skills []skill) (response, error) {
	query := c.request.URL.Query()
	limit, err := queryLimit(query)
	if err != nil {
		return response{}, err
	}
	start := 0
	if cursor := query.Get("cursor"); cursor != "" {
		if start, err = readCursor(cursor); err != nil {
			return response{}, err
		}
	}
	start = min(start, len(skills))
	page := skillPage{Data: skills[start:]}
	if len(page.Data) > limit {
		page.Data = page.Data[:limit]
		next := writeCursor(start + limit)
		page.NextCursor = &next
	}
	return success(page)
}

type skillDocs struct {
	Metadata  skill       `json:"metadata"`
	Outline   []topic     `json:"outline"`
	SectionID *string     `json:"section_id"`
	Content   []skillPart `json:"content"`
}

// topic is one section as the outline shows it.
type topic struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Summary   string `json:"summary"`
	Available bool   `json:"available"`

	content []skillPart
}

// skillDocs answers the whole overview, or one section of it.
func (s *Sandbox) skillDocs(c *call) (response, error) {
	query := c.request.URL.Query()
	id := query.Get("id")
	if id == "" {
		return response{}, badQuery("id", "missing", "Field required")
	}
	docs, err := c.findDocs(id)
	if err != nil {
		return response{}, err
	}
	section := query.Get("section")
	if section == "" {
		return success(docs)
	}
	i := slices.IndexFunc(docs.Outline, func(t topic) bool { return t.ID == section })
	if i < 0 {
		return response{}, refuse(http.StatusNotFound, "Skill %s has no section %q", id, section)
	}
	docs.SectionID, docs.Content = &section, docs.Outline[i].content
	return success(docs)
}

func (c *call) findDocs(id string) (skillDocs, error) {
	skills, err := c.visibleSkills()
	if err != nil {
		return skillDocs{}, err
	}
	i := slices.IndexFunc(skills, func(k skill) bool { return k.ID == id })
	switch {
	case i < 0:
		return skillDocs{}, refuse(http.StatusNotFound, "Skill %s not found", id)
	case id == basicsSkillID:
		return skillDocs{Metadata: skills[i], Outline: []topic{}, Content: basicsContent()}, nil
	}
	doc, err := pylonManifest()
	if err != nil {
		return skillDocs{}, err
	}
	outline := entityTopics(doc)
	return skillDocs{Metadata: skills[i], Outline: outline, Content: overview(skills[i].Title, doc)}, nil
}

func basicsContent() []skillPart {
	return []skillPart{
		heading(2, "Working with connectors"),
		paragraph("This is a simulator of the Airbyte Agent API. A workspace holds connectors; every connector offers actions on entities."),
		bullets(
			"List the connectors of the workspace and take the id of the one you need.",
			"Inspect it, and read the skill that docs_skill_id names.",
			fmt.Sprintf("Call execute with an entity, an action and params; %q answers from copied data.", "context_store_search"),
		),
	}
}
