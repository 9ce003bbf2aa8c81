package connector

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/internal/suggest"
	"github.com/agentsdk-go/airbyte/platform"
)

// Connect opens the connector called name in a workspace of the hosted Airbyte
// Agent API. An empty workspace means AIRBYTE_WORKSPACE, then the settings
// file's, then "default".
//
// The name is compared, ignoring case, with each connector's own name, the name
// of its type and the type's slug. Connect asks the platform for the workspace's
// connectors, so that a wrong name fails on the line that names it. With
// WithConnectorID it does no I/O, and the name only chooses what is known of the
// connector: give the type's, such as "pylon".
//
// Errors match ErrConfig (no credentials, half a pair, a wrong option), ErrAuth
// (they were refused), ErrNotFound (no such connector or workspace, with what
// there is) and ErrAmbiguous (several match, with their ids).
func Connect(ctx context.Context, name, workspace string, opts ...Option) (*Connector, error) {
	c := call{op: "connect"}
	if name = strings.TrimSpace(name); name == "" {
		return nil, c.fail(KindConfig, "the connector's name is empty; give one, such as \"pylon\"")
	}
	cfg, err := newConfig(opts)
	if err != nil {
		return nil, c.config(err)
	}
	if err := cfg.only(hostedMode); err != nil {
		return nil, c.config(err)
	}
	client, err := platform.New(cfg.platform...)
	if err != nil {
		return nil, c.wrap(err)
	}
	if cfg.connectorID != "" {
		return hostedConnector(client, cfg.connectorID, name, nil), nil
	}
	workspace, err = settings.OS().Workspace(workspace)
	if err != nil {
		return nil, c.config(err)
	}
	conn, err := lookUp(ctx, client, name, workspace)
	if err != nil {
		return nil, c.closing(client, err)
	}
	return conn, nil
}

// closing gives up a client because of err.
func (c call) closing(client *platform.Client, err error) error {
	if failed := client.Close(); failed != nil {
		return c.wrap(errors.Join(err, failed))
	}
	return err
}

// config makes an ErrConfig out of what an option or a settings file is wrong in.
func (c call) config(err error) *Error {
	e := c.fail(KindConfig, "%v", err)
	e.Err = err
	return e
}

// lookUp finds the connector and what is known about it.
func lookUp(ctx context.Context, client *platform.Client, name, workspace string) (*Connector, error) {
	found, err := find(ctx, client, name, workspace)
	if err != nil {
		return nil, err
	}
	conn := hostedConnector(client, found.ID, name, found)
	if !conn.ops.known {
		if conn.guide = foreignGuide(ctx, client, found.ID); ctx.Err() != nil {
			return nil, call{op: "connect"}.wrap(ctx.Err())
		}
	}
	return conn, nil
}

// hostedConnector makes a connector of what is known before any call of it.
func hostedConnector(client *platform.Client, id, name string, found *platform.Connector) *Connector {
	names := []string{name}
	if found != nil {
		names = []string{found.Template.ConnectorName, found.Template.DefinitionID, found.Template.Name}
	}
	conn := &Connector{name: strings.ToLower(names[0]), id: id, ops: &operations{}, exec: &hosted{client: client, id: id}}
	if conn.name == "" {
		conn.name = strings.ToLower(name)
	}
	for _, n := range names {
		if m, ok := LookupManifest(n); ok {
			conn.name, conn.ops = m.Name(), hostedOperations(m)
			break
		}
	}
	return conn
}

// find returns the one connector of the workspace that name means.
func find(ctx context.Context, client *platform.Client, name, workspace string) (*platform.Connector, error) {
	c := call{op: fmt.Sprintf("connect %q in workspace %q", name, workspace)}
	all, err := client.Connectors(ctx, platform.ConnectorQuery{WorkspaceName: workspace})
	if errors.Is(err, ErrNotFound) || (err == nil && len(all) == 0) {
		return nil, noConnectors(ctx, client, c, workspace)
	}
	if err != nil {
		return nil, c.wrap(err)
	}
	var matches []platform.Connector
	for _, candidate := range all {
		if means(candidate, name) {
			matches = append(matches, candidate)
		}
	}
	switch len(matches) {
	case 1:
		return &matches[0], nil
	case 0:
		return nil, c.noMatch(name, all)
	default:
		return nil, c.ambiguous(matches)
	}
}

// means reports whether name is one of the connector's names.
func means(candidate platform.Connector, name string) bool {
	return slices.ContainsFunc(namesOf(candidate), func(n string) bool { return strings.EqualFold(n, name) })
}

// namesOf returns what a connector can be called.
func namesOf(c platform.Connector) []string {
	return []string{c.Name, c.Template.Name, c.Template.ConnectorName}
}

func (c call) noMatch(name string, all []platform.Connector) error {
	e := c.fail(KindNotFound, "the workspace has no connector of that name")
	var names []string
	for _, candidate := range all {
		e.Allowed = append(e.Allowed, candidate.Name)
		names = append(names, namesOf(candidate)...)
	}
	e.DidYouMean = suggest.Nearest(name, names)
	e.Hint = "it has: " + strings.Join(listed(all), ", ")
	return e
}

func (c call) ambiguous(matches []platform.Connector) error {
	e := c.fail(KindAmbiguous, "%d connectors match", len(matches))
	for _, match := range matches {
		e.Allowed = append(e.Allowed, match.ID)
	}
	e.Hint = "choose one by WithConnectorID: " + strings.Join(listed(matches), ", ")
	return e
}

// listed lists connectors for a message, so many that it stays readable.
func listed(all []platform.Connector) []string {
	const most = 20
	texts := make([]string, 0, min(len(all), most+1))
	for i, c := range all {
		if i == most {
			return append(texts, fmt.Sprintf("and %d more", len(all)-most))
		}
		texts = append(texts, fmt.Sprintf("%q (%s, id %s)", c.Name, c.Template.Name, c.ID))
	}
	return texts
}

// noConnectors tells an unknown workspace from an empty one. The platform
// answers both alike.
func noConnectors(ctx context.Context, client *platform.Client, c call, workspace string) error {
	e := c.fail(KindNotFound, "the workspace has no connectors")
	e.Hint = "create one in the Airbyte web app or with platform.Client.CreateConnector"
	similar, err := workspaceNames(ctx, client, workspace)
	if err != nil {
		return c.wrap(err)
	}
	if slices.Contains(similar, workspace) {
		return e
	}
	all, err := workspaceNames(ctx, client, "")
	if err != nil {
		return c.wrap(err)
	}
	e.Message = "there is no such workspace"
	e.Allowed = slices.Compact(slices.Concat(similar, all))
	e.DidYouMean = suggest.Nearest(workspace, e.Allowed)
	e.Hint = "the organization has: " + strings.Join(e.Allowed, ", ")
	if len(e.Allowed) == 0 {
		e.Hint = "the organization has none: create one with platform.Client.ScopedToken"
	}
	return e
}

// workspaceNames returns the names of the first workspaces whose name contains
// part, as many as a message can list.
func workspaceNames(ctx context.Context, client *platform.Client, part string) ([]string, error) {
	const most = 20
	var names []string
	for ws, err := range client.Workspaces(ctx, platform.WorkspaceQuery{NameContains: part, Limit: most}) {
		if err != nil {
			return nil, err
		}
		if names = append(names, ws.Name); len(names) == most {
			break
		}
	}
	return names, nil
}
