package skilldoc

import (
	"encoding/json"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// result is what `skills docs` prints for Markdown.
type result struct {
	Data struct {
		Format    string          `json:"format"`
		Markdown  string          `json:"markdown"`
		Metadata  metadata        `json:"metadata"`
		SectionID json.RawMessage `json:"section_id"`
	} `json:"data"`
}

// metadata is the part of a skill's metadata that helps to read its text; the
// values are as the server sent them.
type metadata struct {
	ID       json.RawMessage `json:"id,omitempty"`
	Kind     json.RawMessage `json:"kind,omitempty"`
	Title    json.RawMessage `json:"title,omitempty"`
	Summary  json.RawMessage `json:"summary,omitempty"`
	Warnings json.RawMessage `json:"warnings,omitempty"`
}

// Result returns the skill document as Markdown within JSON:
// {"data": {"format": "markdown", "markdown", "metadata", "section_id"}}.
// The metadata has what is there of id, kind, title, summary and warnings;
// section_id is null for a whole document. Errors are those of [Markdown].
func Result(doc json.RawMessage) (json.RawMessage, error) {
	text, err := Markdown(doc)
	if err != nil {
		return nil, err
	}
	d, err := open(doc)
	if err != nil {
		return nil, err
	}
	var r result
	r.Data.Format, r.Data.Markdown = "markdown", text
	r.Data.Metadata = metadata{
		ID:       present(d.metadata.Get("id")),
		Kind:     present(d.metadata.Get("kind")),
		Title:    present(d.metadata.Get("title")),
		Summary:  present(d.metadata.Get("summary")),
		Warnings: present(d.metadata.Get("warnings")),
	}
	r.Data.SectionID = present(d.id)
	return envelope.Marshal(r)
}

// present returns the JSON of a value, nil for null.
func present(value gjson.Result) json.RawMessage {
	if value.Type == gjson.Null {
		return nil
	}
	return json.RawMessage(value.Raw)
}
