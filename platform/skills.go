package platform

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
)

// Skill is a document that teaches an agent to use a connector or the
// platform. Raw members are as sent.
type Skill struct {
	ID         string            `json:"id"`   // as SkillDocsRequest.ID takes it, unchanged
	Kind       string            `json:"kind"` // "static" or "connector_source"
	Title      string            `json:"title"`
	Summary    string            `json:"summary"`
	Tags       []string          `json:"tags"`
	Provenance json.RawMessage   `json:"provenance"`
	Version    json.RawMessage   `json:"version"`
	Freshness  Freshness         `json:"freshness"`
	Warnings   []json.RawMessage `json:"warnings"`
}

// Freshness says how current a skill is.
type Freshness struct {
	State     string `json:"state"` // "static", "live", "degraded" or "unknown"
	CheckedAt string `json:"checked_at"`
}

// SkillQuery selects skills. Its zero value selects all.
type SkillQuery struct {
	WorkspaceID    string // UUID; "" does not narrow
	OrganizationID string // UUID; "" does not narrow
	Limit          int    // size of a page, 1 to 100; 0: the server's, 20, and 100 in an iteration
	Cursor         string // SkillPage.NextCursor of the page before
}

// SkillPage is one page of skills.
type SkillPage struct {
	Items      []Skill `json:"data"`        // at most SkillQuery.Limit
	NextCursor string  `json:"next_cursor"` // "" on the last
}

const (
	opListSkills   = "list skills"
	opSearchSkills = "search skills"
)

// Skills returns all skills that q selects, page by page, 100 to a page unless
// q.Limit is set. An error ends the sequence; a list without an end, for which it
// takes more than 10,000 skills, is one.
func (c *Client) Skills(ctx context.Context, q SkillQuery) iter.Seq2[Skill, error] {
	return skillPages(opListSkills, q, func(q SkillQuery) (*SkillPage, error) { return c.SkillsPage(ctx, q) })
}

// SkillsPage returns one page of skills.
func (c *Client) SkillsPage(ctx context.Context, q SkillQuery) (*SkillPage, error) {
	return c.skillPage(ctx, opListSkills, url.Values{}, q, "skills")
}

// SearchSkills returns all skills that match the words, as Skills does.
func (c *Client) SearchSkills(ctx context.Context, words string, q SkillQuery) iter.Seq2[Skill, error] {
	return skillPages(opSearchSkills, q, func(q SkillQuery) (*SkillPage, error) { return c.SearchSkillsPage(ctx, words, q) })
}

// SearchSkillsPage returns one page of the skills that match the words.
func (c *Client) SearchSkillsPage(ctx context.Context, words string, q SkillQuery) (*SkillPage, error) {
	if words == "" {
		return nil, invalid(opSearchSkills, "nothing to search for")
	}
	return c.skillPage(ctx, opSearchSkills, url.Values{"query": {words}}, q, "skills", "search")
}

func skillPages(op string, q SkillQuery, next func(SkillQuery) (*SkillPage, error)) iter.Seq2[Skill, error] {
	if q.Limit == 0 {
		q.Limit = maxPageSize
	}
	return walk[Skill]{
		op:   op,
		size: pageSize(q.Limit),
		id:   func(s Skill) string { return s.ID },
		next: func(cursor string) ([]Skill, string, error) {
			if cursor != "" {
				q.Cursor = cursor
			}
			page, err := next(q)
			if err != nil {
				return nil, "", err
			}
			return page.Items, page.NextCursor, nil
		},
	}.rows()
}

func (c *Client) skillPage(ctx context.Context, op string, query url.Values, q SkillQuery, route ...string) (*SkillPage, error) {
	set(query, "workspace_id", q.WorkspaceID)
	set(query, "organization_id", q.OrganizationID)
	if err := setPage(op, query, q.Limit, q.Cursor); err != nil {
		return nil, err
	}
	got, err := fetch[page[Skill]](ctx, c, &call{op: op, method: http.MethodGet, url: c.endpoint(query, route...)})
	if err != nil {
		return nil, err
	}
	return &SkillPage{Items: got.Data, NextCursor: got.NextCursor}, nil
}
