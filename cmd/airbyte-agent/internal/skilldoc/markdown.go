package skilldoc

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Markdown renders the answer of GET /skills/docs. The text starts with what
// the metadata says of the skill and ends without a newline. A document of one
// section shows the outline before the section; any other shows it after the
// content, unless the content has an outline of its own.
//
// It returns an error for what is no skill document.
func Markdown(doc json.RawMessage) (string, error) {
	d, err := open(doc)
	if err != nil {
		return "", err
	}
	parts := d.head()
	content, outlined := d.blocks()
	outline := d.sections()
	if section := d.section(); section != "" {
		parts = append(parts, outline, "## Section "+code(section))
		parts = append(parts, content...)
	} else {
		parts = append(parts, content...)
		if !outlined {
			parts = append(parts, outline)
		}
	}
	return join(parts), nil
}

// document is a skill document whose parts have the right shapes.
type document struct {
	metadata, outline, id, content gjson.Result
}

func open(doc json.RawMessage) (document, error) {
	if err := envelope.Valid(doc); err != nil {
		return document{}, fmt.Errorf("skill document: %w", err)
	}
	whole := gjson.ParseBytes(doc)
	if !whole.IsObject() {
		return document{}, errors.New("skill document: it is not a json object")
	}
	d := document{whole.Get("metadata"), whole.Get("outline"), whole.Get("section_id"), whole.Get("content")}
	if d.metadata.Type != gjson.Null && !d.metadata.IsObject() {
		return document{}, errors.New("skill document: metadata is not an object")
	}
	for name, list := range map[string]gjson.Result{"outline": d.outline, "content": d.content} {
		if list.Type != gjson.Null && !list.IsArray() {
			return document{}, fmt.Errorf("skill document: %s is not a list", name)
		}
	}
	return d, nil
}

// section returns the id of the section that the content is, "" for a whole
// document.
func (d document) section() string { return line(d.id) }

// head renders the metadata.
func (d document) head() []string {
	var lines []string
	for _, label := range []struct{ prefix, name string }{
		{"# ", "title"}, {"Skill ID: ", "id"}, {"Kind: ", "kind"}, {"Summary: ", "summary"},
	} {
		if value := line(d.metadata.Get(label.name)); value != "" {
			lines = append(lines, label.prefix+value)
		}
	}
	parts := []string{strings.Join(lines, "\n")}
	if warnings := bullets(d.metadata.Get("warnings")); warnings != "" {
		parts = append(parts, "Warnings:\n"+warnings)
	}
	return parts
}

// blocks renders the content, and tells if an outline is in it.
func (d document) blocks() (parts []string, outlined bool) {
	for _, block := range d.content.Array() {
		parts = append(parts, render(block))
		title := strings.TrimSpace(line(block.Get("text")))
		outlined = outlined || (block.Get("type").String() == "heading" && strings.EqualFold(title, "outline"))
	}
	return parts, outlined
}

// sections renders the outline, "" when there is none.
func (d document) sections() string {
	var lines []string
	for _, entry := range d.outline.Array() {
		lines = append(lines, "- "+section(entry))
	}
	if len(lines) == 0 {
		return ""
	}
	return "## Outline\n" + strings.Join(lines, "\n")
}

// section renders one entry of the outline. What cannot be asked for says so.
func section(entry gjson.Result) string {
	if !entry.IsObject() {
		return words(entry)
	}
	var text strings.Builder
	text.WriteString(code(line(entry.Get("id"))))
	if title := line(entry.Get("title")); title != "" {
		text.WriteString(" " + title)
	}
	if summary := line(entry.Get("summary")); summary != "" {
		text.WriteString(" - " + summary)
	}
	if entry.Get("available").Type == gjson.False {
		text.WriteString(" (not available)")
	}
	return text.String()
}

// join puts an empty line between the parts that have something to say.
func join(parts []string) string {
	var said []string
	for _, part := range parts {
		if part = strings.Trim(part, "\n"); strings.TrimSpace(part) != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, "\n\n")
}
