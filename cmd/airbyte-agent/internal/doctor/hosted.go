package doctor

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/workspaces"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/platform"
)

// hosted checks the way through the Airbyte Agent API.
func (d *doctor) hosted(ctx context.Context, r *Report) {
	r.skip(notTried, checkSettings, checkHost, checkClock, checkCredentials, checkOrganization,
		checkWorkspace, checkConnector, checkHealth, checkRead)
	f, ok := d.settings(r)
	if !ok {
		return
	}
	w := newWatch(d.now)
	opts := []platform.Option{platform.WithBaseURL(f.host), platform.WithHTTPClient(w.client()), platform.WithRetries(0)}
	if f.credentials.ClientID != "" {
		opts = append(opts, platform.WithCredentials(f.credentials.ClientID, f.credentials.ClientSecret))
	}
	if f.credentials.Organization != "" {
		opts = append(opts, platform.WithOrganization(f.credentials.Organization))
	}
	client, err := d.app.NewClient(opts...)
	if err != nil {
		r.fail(checkSettings, err)
		return
	}
	if !d.account(ctx, r, client, w, f) {
		return
	}
	if f.workspace, ok = d.workspace(ctx, r, client, f.workspace); ok {
		d.connector(ctx, r, client, w, f)
	}
}

// account checks the host, the clock, the credentials and the organization, all
// of which one call needs.
func (d *doctor) account(ctx context.Context, r *Report, client *platform.Client, w *watch, f found) bool {
	organizations, err := step(ctx, d, client.Organizations)
	if !w.report(r, err) {
		return false
	}
	if err != nil && isTokenError(err) {
		d.refused(r, err, f)
		return false
	}
	r.ok(checkCredentials, "the client id and secret were accepted")
	if err != nil {
		r.fail(checkOrganization, err)
		return false
	}
	return d.organization(r, organizations, f.credentials.Organization)
}

// refused records that there is no token. The organization goes along with the
// request for one, so it may be what is wrong.
func (d *doctor) refused(r *Report, err error, f found) {
	r.fail(checkCredentials, err)
	if !errors.Is(err, platform.ErrCredentials) {
		return
	}
	hint := "run airbyte-agent login, or mend AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET"
	if f.credentials.Organization != "" {
		hint += "; or the credentials are not of organization " + f.credentials.Organization
	}
	r.find(checkCredentials).Hint = hint
}

// isTokenError tells a failure to get a token from one of the call itself.
func isTokenError(err error) bool {
	e, ok := errors.AsType[*platform.Error](err)
	return errors.Is(err, platform.ErrCredentials) || ok && e.Op == opToken
}

func (d *doctor) organization(r *Report, all []platform.Organization, configured string) bool {
	var names []string
	for _, o := range all {
		if strings.EqualFold(o.ID, configured) {
			r.ok(checkOrganization, fmt.Sprintf("%s (%s)", o.Name, o.ID))
			return true
		}
		names = append(names, o.ID+" "+o.Name)
	}
	switch {
	case len(all) == 0:
		r.fail(checkOrganization, failure.NotFound("the credentials belong to no organization").
			WithHint("sign up in the web application, then log in again"))
		return false
	case configured != "":
		r.fail(checkOrganization, failure.NotFound("the credentials do not belong to organization %s", configured).
			WithHint("run airbyte-agent organizations use with one of: "+strings.Join(names, ", ")))
		return false
	case len(all) > 1:
		r.fail(checkOrganization, failure.Invalid("the credentials belong to %d organizations and none is chosen", len(all)).
			WithHint("run airbyte-agent organizations use, or set AIRBYTE_ORGANIZATION_ID, with one of: "+strings.Join(names, ", ")))
		return false
	}
	r.ok(checkOrganization, fmt.Sprintf("%s, the only one", names[0]))
	return true
}

// workspace checks that the workspace is there, and returns its name as the
// platform writes it, which is what lists of connectors want.
func (d *doctor) workspace(ctx context.Context, r *Report, client *platform.Client, name string) (string, bool) {
	found, err := step(ctx, d, func(ctx context.Context) (platform.Workspace, error) {
		return workspaces.Find(ctx, client, name)
	})
	if err != nil {
		r.fail(checkWorkspace, err)
		return "", false
	}
	if found.Name != name {
		r.warn(checkWorkspace, fmt.Sprintf("its name is %s, not %s", found.Name, name), "write it in this way: the platform tells upper from lower case")
	} else {
		r.ok(checkWorkspace, fmt.Sprintf("%s (%s)", found.Name, found.ID))
	}
	return found.Name, true
}

// connector checks that the connector is there, and what it does.
func (d *doctor) connector(ctx context.Context, r *Report, client *platform.Client, w *watch, f found) {
	opts := []connector.Option{
		connector.WithBaseURL(f.host), connector.WithHTTPClient(w.client()), connector.WithRetries(0),
		connector.WithCredentials(f.credentials.ClientID, f.credentials.ClientSecret),
	}
	if f.credentials.Organization != "" {
		opts = append(opts, connector.WithOrganization(f.credentials.Organization))
	}
	name, id := d.target.Name, d.target.ID
	switch {
	case id != "":
		c, err := step(ctx, d, func(ctx context.Context) (*platform.Connector, error) { return client.Connector(ctx, id) })
		if err != nil {
			r.fail(checkConnector, err)
			return
		}
		name = typeName(c)
	case name == "":
		c, ok := d.only(ctx, r, client, f.workspace)
		if !ok {
			return
		}
		name, id = typeName(c), c.ID
	}
	if id != "" {
		opts = append(opts, connector.WithConnectorID(id))
	}
	conn, err := step(ctx, d, func(ctx context.Context) (*connector.Connector, error) {
		return connector.Connect(ctx, name, f.workspace, opts...)
	})
	if err != nil {
		r.fail(checkConnector, err)
		return
	}
	defer conn.Close()
	r.ok(checkConnector, fmt.Sprintf("%s (%s)", conn.Name(), conn.ID()))
	d.use(ctx, r, conn)
}

func typeName(c *platform.Connector) string {
	for _, name := range []string{c.Template.ConnectorName, c.Template.Name} {
		if name != "" {
			return name
		}
	}
	return c.Name
}

// only returns the workspace's connector when none was named and it has one.
func (d *doctor) only(ctx context.Context, r *Report, client *platform.Client, workspace string) (*platform.Connector, bool) {
	all, err := step(ctx, d, func(ctx context.Context) ([]platform.Connector, error) {
		return client.Connectors(ctx, platform.ConnectorQuery{WorkspaceName: workspace})
	})
	if err != nil {
		r.fail(checkConnector, err)
		return nil, false
	}
	switch len(all) {
	case 0:
		r.warn(checkConnector, "the workspace has no connectors", "make one with airbyte-agent connectors create")
		r.skip("there is no connector", checkHealth, checkRead)
		return nil, false
	case 1:
		return &all[0], true
	}
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	r.ok(checkConnector, fmt.Sprintf("the workspace has %d: %s", len(all), strings.Join(names, ", ")))
	r.skip("name a connector with --connector to try it", checkHealth, checkRead)
	return nil, false
}
