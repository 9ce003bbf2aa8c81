package platform

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// SkillDocsRequest names a skill, and one section of it if only that is wanted.
type SkillDocsRequest struct {
	ID             string // Skill.ID or Inspection.DocsSkillID, passed on as it is
	Section        string // OutlineEntry.ID; "": what the server shows first
	WorkspaceID    string // where the skill is; may be empty
	OrganizationID string // likewise
}

// SkillDocs is the text of a skill.
type SkillDocs struct {
	Metadata  Skill           `json:"metadata"`   // what a list says of it
	Outline   []OutlineEntry  `json:"outline"`    // every section, also those Content leaves out
	SectionID string          `json:"section_id"` // the section that Content is; "" when not said
	Content   []Block         `json:"content"`    // in reading order
	Raw       json.RawMessage `json:"-"`          // the whole answer
}

// OutlineEntry is one section of a skill.
type OutlineEntry struct {
	ID        string `json:"id"`    // as SkillDocsRequest.Section takes it
	Title     string `json:"title"` // for people and models, as Summary is
	Summary   string `json:"summary"`
	Available bool   `json:"available"` // true unless the server says no
}

// UnmarshalJSON sets Available where the server leaves it out.
func (e *OutlineEntry) UnmarshalJSON(b []byte) error {
	type plain OutlineEntry
	entry := plain{Available: true}
	if err := json.Unmarshal(b, &entry); err != nil {
		return err
	}
	*e = OutlineEntry(entry)
	return nil
}

// Block is one part of a skill's text. Type says which members are used; a
// type that is new has its content in Raw alone.
type Block struct {
	Type     string     // "heading", "paragraph", "list", "code" or "table"
	Text     string     // heading, paragraph
	Level    int        // heading; 0 when not said
	Items    []string   // list
	Language string     // code
	Code     string     // code
	Headers  []string   // table
	Rows     [][]string // table
	Raw      json.RawMessage
}

// UnmarshalJSON reads a block. A value that is no string, such as a number in
// a table, is kept as its JSON text.
func (k *Block) UnmarshalJSON(b []byte) error {
	var wire struct {
		Type     words     `json:"type"`
		Text     words     `json:"text"`
		Level    words     `json:"level"`
		Items    []words   `json:"items"`
		Language words     `json:"language"`
		Code     words     `json:"code"`
		Headers  []words   `json:"headers"`
		Rows     [][]words `json:"rows"`
	}
	*k = Block{Raw: append(json.RawMessage(nil), b...)}
	if json.Unmarshal(b, &wire) != nil {
		return nil //nolint:nilerr // a block of an unknown shape is kept in Raw
	}
	k.Type, k.Text, k.Level = string(wire.Type), string(wire.Text), wire.Level.number()
	k.Language, k.Code = string(wire.Language), string(wire.Code)
	k.Items, k.Headers = plain(wire.Items), plain(wire.Headers)
	for _, row := range wire.Rows {
		k.Rows = append(k.Rows, plain(row))
	}
	return nil
}

// SkillDocs returns the text of a skill. For a connector's own, take the id
// from [Inspection.DocsSkillID].
func (c *Client) SkillDocs(ctx context.Context, req SkillDocsRequest) (*SkillDocs, error) {
	const op = "skill docs"
	if req.ID == "" {
		return nil, invalid(op, "skill id is empty")
	}
	query := url.Values{"id": {req.ID}}
	set(query, "section", req.Section)
	set(query, "workspace_id", req.WorkspaceID)
	set(query, "organization_id", req.OrganizationID)
	var docs *SkillDocs
	err := c.do(ctx, &call{
		op:     op,
		method: http.MethodGet,
		url:    c.endpoint(query, "skills", "docs"),
		accept: func(body []byte) (err error) {
			if docs, err = decode[SkillDocs](body); err == nil {
				docs.Raw = body
			}
			return err
		},
	})
	if err != nil {
		return nil, err
	}
	return docs, nil
}
