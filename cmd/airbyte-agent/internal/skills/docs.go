package skills

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/skilldoc"
	"github.com/agentsdk-go/airbyte/platform"
)

// The values of the parameter format.
const (
	formatMarkdown = "markdown"
	formatJSON     = "json"
)

func docs(a *app.App) operation.Operation {
	return operation.Operation{
		Name:  "docs",
		Short: "Read a skill, or one section of it",
		Long: "Read a skill, or one section of it. The id comes from skills list, or is docs_skill_id of connectors inspect; " +
			"the sections are in the outline. On a terminal the text itself is shown; elsewhere it is data.markdown of a JSON object.",
		Example: "  airbyte-agent skills docs --id connector-source:3a1b --section entity:issues",
		Params: []operation.Param{
			{Name: "id", Type: operation.String, Required: true, Description: "the skill's id, unchanged"},
			{Name: "section", Type: operation.String, Description: "the id of one section; the overview without it"},
			workspaceParam,
			{
				Name: "format", Type: operation.String, Description: "how to write the document",
				Default: formatMarkdown, Enum: []string{formatMarkdown, formatJSON},
			},
		},
		API: &operation.API{Method: http.MethodGet, Path: "/api/v1/skills/docs", Summary: "Read a skill document"},
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			return read(ctx, a, in)
		},
	}
}

func read(ctx context.Context, a *app.App, in operation.Input) (json.RawMessage, error) {
	client, err := a.Client()
	if err != nil {
		return nil, err
	}
	query := url.Values{"id": {in.Text("id")}}
	if section := in.Text("section"); section != "" {
		query.Set("section", section)
	}
	// The id of a connector's skill says where the connector is.
	if workspace := in.Text("workspace"); workspace != "" || !strings.HasPrefix(in.Text("id"), "connector-source:") {
		id, err := workspaceID(ctx, a, client, workspace)
		if err != nil {
			return nil, err
		}
		query.Set("workspace_id", id)
	}
	doc, err := client.Do(ctx, platform.Request{Op: "read skill", Method: http.MethodGet, Path: []string{"skills", "docs"}, Query: query})
	if err != nil || in.Text("format") == formatJSON {
		return doc, err
	}
	if a.Terminal.Out && a.Flags.Output == "" && len(a.Flags.Fields) == 0 {
		return nil, show(ctx, a, doc)
	}
	return skilldoc.Result(doc)
}

// show writes the Markdown itself, for a person.
func show(ctx context.Context, a *app.App, doc json.RawMessage) error {
	text, err := skilldoc.Markdown(doc)
	if err != nil {
		return err
	}
	err = a.WriteTo(ctx, func(w io.Writer) error {
		_, err := io.WriteString(w, output.Text(text)+"\n")
		return err
	})
	if err != nil {
		return err
	}
	return operation.ErrWritten
}
