package connectors

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/paging"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/platform"
)

const (
	storePage  = 200 // rows of a page, as Airbyte's own command line asks for
	storePages = 50  // an organization with more has something wrong with it

	// storeTimeout bounds what is only an addition to the list.
	storeTimeout = 5 * time.Second
)

const opListCredentials = "list credentials"

// storeState is what the context store has of a connector. Its zero value is
// that of one that it does not know.
type storeState struct {
	statusJSON, countJSON string
}

func (s storeState) status() json.RawMessage { return json.RawMessage(cmp.Or(s.statusJSON, "null")) }
func (s storeState) count() json.RawMessage  { return json.RawMessage(cmp.Or(s.countJSON, "0")) }

// storeStates reads the states of all connectors of the organization, by id.
func storeStates(ctx context.Context, client *platform.Client) (map[string]storeState, error) {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	organization, err := organizationID(ctx, client)
	if err != nil {
		return nil, err
	}
	states := map[string]storeState{}
	for page := range storePages {
		answer, err := client.Do(ctx, platform.Request{
			Op:     opListCredentials,
			Method: http.MethodGet,
			Path:   []string{"organizations", organization, "credentials"},
			Query:  url.Values{"limit": {strconv.Itoa(storePage)}, "offset": {strconv.Itoa(page * storePage)}},
		})
		if err != nil {
			return nil, err
		}
		data := gjson.GetBytes(answer, "data")
		if !data.IsArray() {
			return nil, paging.Unusable(opListCredentials, `the answer has no list "data"`)
		}
		rows := data.Array()
		for _, row := range rows {
			states[row.Get("id").String()] = storeState{row.Get("context_store_status").Raw, row.Get("context_store_entity_count").Raw}
		}
		if len(rows) < storePage {
			return states, nil
		}
	}
	return nil, paging.Unusable(opListCredentials, "there are more than %d pages", storePages)
}

// organizationID is the configured organization, else the only one that the
// credentials belong to.
func organizationID(ctx context.Context, client *platform.Client) (string, error) {
	configured, err := settings.OS().Resolve(settings.Credentials{})
	if err != nil {
		return "", err
	}
	if configured.Organization != "" {
		return configured.Organization, nil
	}
	all, err := client.Organizations(ctx)
	if err != nil {
		return "", err
	}
	if len(all) == 1 {
		return all[0].ID, nil
	}
	e := failure.Invalid("the credentials belong to %d organizations", len(all)).
		WithHint("choose one with airbyte-agent organizations use, or " + settings.EnvOrganization)
	for _, organization := range all {
		e.Candidates = append(e.Candidates, organization.ID+" "+organization.Name)
	}
	return "", e
}
