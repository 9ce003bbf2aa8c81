package skills

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

// Group has the operations on skills.
func Group(a *app.App) operation.Group {
	return operation.Group{
		Name:       "skills",
		Short:      "Read the documents that teach an agent to use a connector",
		Operations: []operation.Operation{list(a), search(a), docs(a)},
	}
}

// workspaceParam narrows every operation.
var workspaceParam = operation.Param{
	Name: "workspace", Type: operation.String,
	Description: "the workspace's name", Default: "AIRBYTE_WORKSPACE, the settings file's, or default",
}

// pageParams choose a part of a list.
var pageParams = []operation.Param{
	workspaceParam,
	{Name: "limit", Type: operation.Integer, Description: "how many at most", Default: "20"},
	{Name: "cursor", Type: operation.String, Description: "next_cursor of the answer before, to go on after it"},
}

func view(empty string) *app.View {
	return &app.View{
		Rows: "data",
		Table: output.Table{
			Columns: []output.Column{
				{Title: "ID", Path: "id", Whole: true},
				{Title: "KIND", Path: "kind"},
				{Title: "TITLE", Path: "title"},
				{Title: "SUMMARY", Path: "summary"},
			},
			Empty: empty,
		},
	}
}

func list(a *app.App) operation.Operation {
	return operation.Operation{
		Name:    "list",
		Short:   "List the skills of a workspace",
		Example: "  airbyte-agent skills list --limit 50",
		Params:  pageParams,
		API:     &operation.API{Method: http.MethodGet, Path: "/api/v1/skills", Summary: "List skills, page by page"},
		View:    view("The workspace has no skills."),
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			return pages(ctx, a, in, "list skills", url.Values{}, "skills")
		},
	}
}

func search(a *app.App) operation.Operation {
	query := operation.Param{Name: "query", Type: operation.String, Required: true, Description: "words to look for"}
	return operation.Operation{
		Name:    "search",
		Short:   "Search the skills of a workspace",
		Example: "  airbyte-agent skills search --query \"pylon actions\"",
		Params:  append([]operation.Param{query}, pageParams...),
		API:     &operation.API{Method: http.MethodGet, Path: "/api/v1/skills/search", Summary: "Search skills, page by page"},
		View:    view("No skill fits."),
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			return pages(ctx, a, in, "search skills", url.Values{"query": {in.Text("query")}}, "skills", "search")
		},
	}
}
