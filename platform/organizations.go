package platform

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// Organization is an account that owns workspaces.
type Organization struct {
	ID               string // as WithOrganization takes it
	Name             string // shown to people
	FirstWorkspaceID string // may be empty
}

// UnmarshalJSON reads both spellings of the name.
func (o *Organization) UnmarshalJSON(b []byte) error {
	var wire struct {
		ID               string `json:"id"`
		Name             string `json:"name"`
		OrganizationName string `json:"organization_name"`
		FirstWorkspaceID string `json:"first_workspace_id"`
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return err
	}
	*o = Organization{wire.ID, cmp.Or(wire.OrganizationName, wire.Name), wire.FirstWorkspaceID}
	return nil
}

// organizationList reads both spellings of the envelope.
type organizationList struct {
	items []Organization
}

func (l *organizationList) UnmarshalJSON(b []byte) error {
	var wire struct {
		Organizations rows[Organization] `json:"organizations"`
		Data          rows[Organization] `json:"data"`
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return err
	}
	l.items = wire.Organizations
	if l.items == nil {
		l.items = wire.Data
	}
	if l.items == nil {
		return errors.New("it has no list of organizations")
	}
	return nil
}

// Organizations returns the organizations that the credentials belong to.
func (c *Client) Organizations(ctx context.Context) ([]Organization, error) {
	list, err := fetch[organizationList](ctx, c, &call{
		op:     "list organizations",
		method: http.MethodGet,
		url:    c.endpoint(nil, "internal", "account", "organizations"),
	})
	if err != nil {
		return nil, err
	}
	return list.items, nil
}
