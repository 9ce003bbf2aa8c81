package selector

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/workspaces"
	"github.com/agentsdk-go/airbyte/internal/suggest"
	"github.com/agentsdk-go/airbyte/platform"
)

// Selector names a connector. Its zero value names none.
type Selector struct {
	ID        string // used as it is, without asking if there is such a connector
	Name      string // compared in any case
	Workspace string // of Name; "" for the usual one
}

// Params are the parameters that From reads.
func Params() []operation.Param {
	return []operation.Param{
		{Name: "id", Type: operation.String, Description: "the connector's id"},
		{Name: "name", Type: operation.String, Description: "its name, or that of its type, instead of the id"},
		{Name: "workspace", Type: operation.String, Description: "workspace in which the name is looked for", Default: "AIRBYTE_WORKSPACE, the settings file's, or default"},
	}
}

// From reads the selector out of a command's input. Empty texts count as absent.
func From(in operation.Input) Selector {
	text := func(name string) string { return strings.TrimSpace(in.Text(name)) }
	return Selector{ID: text("id"), Name: text("name"), Workspace: text("workspace")}
}

// Found is a connector of the Airbyte Agent API.
type Found struct {
	ID        string
	Connector *platform.Connector // what the list says of it; nil when the id was given
	Workspace string              // where it was found; "" when the id was given
}

// String names the connector for a person.
func (f Found) String() string {
	if f.Connector == nil {
		return "connector " + f.ID
	}
	return fmt.Sprintf("connector %q (id %s) of workspace %q", f.Connector.Name, f.ID, f.Workspace)
}

// Find returns the connector. Failures: both or neither of id and name (exit
// 4); no such connector, or no such workspace, with those there are (3);
// several connectors, with their ids (4).
func (s Selector) Find(ctx context.Context, a *app.App) (Found, error) {
	if err := (&target.Target{ID: s.ID, Name: s.Name}).Check(); err != nil {
		return Found{}, err
	}
	if s.ID != "" {
		return Found{ID: s.ID}, nil
	}
	workspace, err := a.Workspace(s.Workspace)
	if err != nil {
		return Found{}, err
	}
	client, err := a.Client()
	if err != nil {
		return Found{}, err
	}
	all, err := client.Connectors(ctx, platform.ConnectorQuery{WorkspaceName: workspace})
	if errors.Is(err, platform.ErrNotFound) || (err == nil && len(all) == 0) {
		return Found{}, NoConnectors(ctx, client, workspace)
	}
	if err != nil {
		return Found{}, err
	}
	return s.choose(all, workspace)
}

// choose returns the one connector that the name means.
func (s Selector) choose(all []platform.Connector, workspace string) (Found, error) {
	var matches []platform.Connector
	for i := range all {
		if slices.ContainsFunc(names(&all[i]), func(name string) bool { return strings.EqualFold(name, s.Name) }) {
			matches = append(matches, all[i])
		}
	}
	switch len(matches) {
	case 1:
		return Found{ID: matches[0].ID, Connector: &matches[0], Workspace: workspace}, nil
	case 0:
		return Found{}, s.missing(all, workspace)
	}
	e := failure.Invalid("ambiguous: %d connectors of workspace %q are called %s", len(matches), workspace, s.Name).
		WithHint("give the id of one of the candidates")
	e.Candidates = candidates(matches)
	return Found{}, e
}

func (s Selector) missing(all []platform.Connector, workspace string) error {
	e := failure.NotFound("there is no connector called %s in workspace %q", s.Name, workspace).
		WithHint("the candidates are what the workspace has; airbyte-agent connectors create makes another one")
	var known []string
	for i := range all {
		known = append(known, names(&all[i])...)
	}
	e.DidYouMean, e.Candidates = suggest.Nearest(s.Name, known), candidates(all)
	return e
}

// names are what a connector can be called.
func names(c *platform.Connector) []string {
	return []string{c.Name, c.Template.Name, c.Template.ConnectorName}
}

// maxCandidates is how many connectors a failure lists: more nobody reads.
const maxCandidates = 20

func candidates(all []platform.Connector) []string {
	var lines []string
	for i := range all[:min(len(all), maxCandidates)] {
		lines = append(lines, all[i].ID+" "+all[i].Name)
	}
	return lines
}

// NoConnectors is the failure of a workspace for which the API lists no
// connectors: there is no such workspace, or it is empty. It asks the API which
// of them, since that answers both alike.
func NoConnectors(ctx context.Context, client *platform.Client, workspace string) error {
	found, err := workspaces.Find(ctx, client, workspace)
	if err != nil {
		return err
	}
	if found.Name != workspace {
		e := failure.NotFound("there is no workspace called %s", workspace)
		e.DidYouMean = found.Name
		return e
	}
	return failure.NotFound("workspace %q has no connectors", workspace).
		WithHint("airbyte-agent connectors create makes one")
}
