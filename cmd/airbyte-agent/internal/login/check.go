package login

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/platform"
)

// check tries credentials before they are saved, and finds out the organization
// where it was not named.
func (r *run) check(ctx context.Context, found *credentials) error {
	host, err := r.machine.Settings.Host("")
	if err != nil {
		return misconfigured(err)
	}
	opts := []platform.Option{
		platform.WithBaseURL(host.String()),
		platform.WithCredentials(found.clientID, found.clientSecret),
	}
	if found.organization != "" {
		opts = append(opts, platform.WithOrganization(found.organization))
	}
	client, err := r.app.NewClient(opts...)
	if err != nil {
		return err
	}
	defer client.Close()
	all, err := client.Organizations(ctx)
	if hasToken(err) {
		// The token proves the credentials. Without the list, the organization is
		// taken as it was named.
		found.checked = true
		return nil
	}
	if err != nil {
		return refused(err)
	}
	found.checked = true
	return r.settle(ctx, found, all)
}

// hasToken reports whether a failed call came as far as to have a token, and was
// then refused the list of organizations.
func hasToken(err error) bool {
	e, ok := errors.AsType[*platform.Error](err)
	if !ok || e.Op == "token" {
		return false
	}
	return e.Kind == platform.KindPermission || e.Kind == platform.KindNotFound
}

// refused says in the words of this command that nothing was saved.
func refused(err error) error {
	e := failure.From(err)
	if errors.Is(err, platform.ErrCredentials) {
		return e.WithHint("check the client id, the secret and the organization; nothing was saved")
	}
	if e.Hint == "" {
		e.Hint = "nothing was saved; --no-check saves without trying the credentials"
	}
	return e
}

// settle decides on the organization by those that the credentials belong to.
func (r *run) settle(ctx context.Context, found *credentials, all []platform.Organization) error {
	if found.organization == "" {
		if len(all) == 0 { // credentials that the API takes, and no list: its own affair
			return nil
		}
		var err error
		found.organization, err = ChooseOrganization(ctx, all, false, r.asker())
		return err
	}
	i := slices.IndexFunc(all, func(o platform.Organization) bool { return strings.EqualFold(o.ID, found.organization) })
	if i >= 0 {
		found.organization = all[i].ID
		return nil
	}
	e := failure.NotFound("the credentials belong to no organization with id %s; nothing was saved", found.organization)
	e.Candidates = names(all)
	return e
}

// asker is nil where nobody is there to answer.
func (r *run) asker() Ask {
	if !r.app.Terminal.In {
		return nil
	}
	return r.app.Ask
}
