package connector

import (
	"context"
	"strings"

	"github.com/agentsdk-go/airbyte/platform"
)

// maxGuide bounds the text about a foreign connector, in bytes: it goes into
// a system prompt.
const maxGuide = 24_000

// foreignGuide returns what the platform says about a connector that has no
// embedded manifest: its skill document, else the answer of the older describe
// action. It is advice, and the connector works without, so that a platform
// which cannot give it gives "".
func foreignGuide(ctx context.Context, client *platform.Client, id string) string {
	if text, err := skillText(ctx, client, id); err == nil {
		return text
	}
	res, err := client.Execute(ctx, id, platform.ExecuteRequest{Action: "describe"})
	if err != nil {
		return ""
	}
	return cut(string(res.Data))
}

func skillText(ctx context.Context, client *platform.Client, id string) (string, error) {
	inspection, err := client.InspectConnector(ctx, id)
	if err != nil {
		return "", err
	}
	if inspection.DocsSkillID == "" {
		return "", &platform.Error{Kind: KindNotFound, Op: "inspect connector", Message: "the connector has no skill document"}
	}
	docs, err := client.SkillDocs(ctx, platform.SkillDocsRequest{ID: inspection.DocsSkillID})
	if err != nil {
		return "", err
	}
	var lines []string
	for _, block := range docs.Content {
		lines = append(lines, blockText(block))
	}
	return cut(strings.Join(lines, "\n")), nil
}

// blockText writes one block of a skill document as plain text.
func blockText(b platform.Block) string {
	switch b.Type {
	case "heading":
		return "# " + b.Text
	case "paragraph":
		return b.Text
	case "list":
		return "- " + strings.Join(b.Items, "\n- ")
	case "code":
		return b.Code
	case "table":
		rows := []string{strings.Join(b.Headers, " | ")}
		for _, row := range b.Rows {
			rows = append(rows, strings.Join(row, " | "))
		}
		return strings.Join(rows, "\n")
	default:
		return string(b.Raw)
	}
}

// cut shortens a guide at a line's end and says so.
func cut(text string) string {
	if len(text) <= maxGuide {
		return text
	}
	text = text[:maxGuide]
	if i := strings.LastIndexByte(text, '\n'); i > 0 {
		text = text[:i]
	}
	return strings.ToValidUTF8(text, "") + "\n[cut]"
}
