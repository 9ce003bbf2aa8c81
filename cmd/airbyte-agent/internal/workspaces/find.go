package workspaces

import (
	"context"
	"fmt"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/paging"
	"github.com/agentsdk-go/airbyte/internal/suggest"
	"github.com/agentsdk-go/airbyte/platform"
)

// maxCandidates is how many names a failure lists: more nobody reads.
const maxCandidates = 20

// maxNames is among how many names one is looked for that could be meant.
const maxNames = 1000

// Find returns the active workspace of that name, in any case, from all pages
// of the list. None is a failure that names the workspaces there are, several
// are one that names their ids.
func Find(ctx context.Context, client *platform.Client, name string) (platform.Workspace, error) {
	var found []platform.Workspace
	inactive := false
	for workspace, err := range client.Workspaces(ctx, platform.WorkspaceQuery{NameContains: name, Limit: paging.Size}) {
		switch {
		case err != nil:
			return platform.Workspace{}, err
		case workspace.ID == "" || !strings.EqualFold(workspace.Name, name):
		case !isActive(workspace):
			inactive = true
		default:
			found = append(found, workspace)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return platform.Workspace{}, ambiguous(name, found)
	case inactive:
		return platform.Workspace{}, failure.NotFound("workspace %s is inactive", name)
	}
	return platform.Workspace{}, missing(ctx, client, name)
}

// isActive takes a workspace without a status for an active one.
func isActive(w platform.Workspace) bool {
	return w.Status == "" || strings.EqualFold(w.Status, "active")
}

func ambiguous(name string, found []platform.Workspace) error {
	e := failure.Invalid("ambiguous: %d active workspaces are called %s", len(found), name).
		WithHint("rename one of them")
	for _, workspace := range found {
		e.Candidates = append(e.Candidates, fmt.Sprintf("%s %s", workspace.ID, workspace.Name))
	}
	return e
}

// missing says which workspaces there are instead.
func missing(ctx context.Context, client *platform.Client, name string) error {
	e := failure.NotFound("there is no active workspace called %s", name)
	var names []string
	for workspace, err := range client.Workspaces(ctx, platform.WorkspaceQuery{Limit: paging.Size}) {
		if err != nil {
			return err
		}
		if isActive(workspace) {
			names = append(names, workspace.Name)
		}
		if len(names) == maxNames {
			break
		}
	}
	e.DidYouMean = suggest.Nearest(name, names)
	e.Candidates = names[:min(len(names), maxCandidates)]
	return e
}
