package pylon

import (
	"net/http"
	"slices"
	"strings"
)

func featureRoutes() []Route {
	return []Route{
		restWrite(http.MethodPost, "/feature-requests", perMinuteSome, restCreateFeature),
		restSearch("/feature-requests/search", perMinuteSome, restSearchFeatures),
		restRead("/feature-requests/{id}", perMinuteMany, restGetFeature),
		restWrite(http.MethodPatch, "/feature-requests/{id}", perMinuteSome, restUpdateFeature),
		restWrite(http.MethodDelete, "/feature-requests/{id}", perMinuteSome, restDeleteFeature),
		restWrite(http.MethodPost, "/feature-requests/{id}/set-portal-visibility", perMinuteSome, restSetPortalVisibility),
	}
}

func (o *Organization) findFeature(id string) (*featureRequest, error) {
	return o.insight.featureRequests.find("Feature request", id)
}

type createFeatureParams struct {
	Title         string `param:"title,required"`
	Description   string `param:"description"`
	FetchEvidence bool   `param:"should_auto_fetch_evidence"`
}

// restCreateFeature leaves the description empty where the service would write
// it later, out of the evidence that it looks for.
func restCreateFeature(o *Organization, p createFeatureParams) (any, error) {
	now := o.timestamp()
	created := &featureRequest{
		ID: o.newID("feature-request"), Title: p.Title, RequestStatus: o.insight.requestStatuses[0],
		PortalVisibleToAccountIDs: []string{}, CustomFields: map[string]fieldValue{}, CreatedAt: now, UpdatedAt: now,
	}
	if !p.FetchEvidence {
		created.Description = p.Description
	}
	o.insight.featureRequests.add(created.ID, created)
	return restData(created)
}

type searchFeaturesParams struct {
	Query           string   `param:"query"`
	RequestStatuses []string `param:"request_statuses"`
	AccountIDs      []string `param:"account_ids"`
	Limit           *int64   `param:"limit"`
}

func restSearchFeatures(o *Organization, p searchFeaturesParams) (any, error) {
	for _, status := range p.RequestStatuses {
		if err := o.checkRequestStatus(status); err != nil {
			return nil, err
		}
	}
	rows := []featureSearchResult{}
	for _, f := range o.insight.featureRequests.all() {
		if result := (featureSearchResult{*f, f.accountIDs()}); result.matches(p) {
			rows = append(rows, result)
		}
	}
	return restTop(o, pageRule{entity: "feature_requests", standard: 100, most: 1000}, p.Limit, rows)
}

func (r featureSearchResult) matches(p searchFeaturesParams) bool {
	words := strings.ToLower(p.Query)
	switch {
	case !strings.Contains(strings.ToLower(r.Title), words) && !strings.Contains(strings.ToLower(r.Description), words):
		return false
	case len(p.RequestStatuses) > 0 && !slices.Contains(p.RequestStatuses, r.RequestStatus):
		return false
	case len(p.AccountIDs) == 0:
		return true
	default:
		return slices.ContainsFunc(r.AccountIDs, func(id string) bool { return slices.Contains(p.AccountIDs, id) })
	}
}

// accountIDs returns the accounts that the evidence comes from.
func (f *featureRequest) accountIDs() []string {
	ids := []string{}
	for _, e := range f.evidence {
		ids = append(ids, e.AccountID)
	}
	return append([]string{}, distinct(ids)...)
}

func (o *Organization) checkRequestStatus(status string) error {
	if !slices.Contains(o.insight.requestStatuses, status) {
		return notOneOf("request_status", status, o.insight.requestStatuses)
	}
	return nil
}

type getFeatureParams struct {
	ID            string `param:"id,required"`
	FetchEvidence bool   `param:"fetch_evidence"`
}

func restGetFeature(o *Organization, p getFeatureParams) (any, error) {
	found, err := o.findFeature(p.ID)
	if err != nil {
		return nil, err
	}
	if p.FetchEvidence {
		return restData(featureWithEvidence{*found, append([]featureEvidence{}, found.evidence...)})
	}
	return restData(found)
}

type updateFeatureParams struct {
	ID            string       `param:"id,required"`
	RequestStatus *string      `param:"request_status"`
	CustomFields  []fieldInput `param:"custom_fields"`
}

func restUpdateFeature(o *Organization, p updateFeatureParams) (any, error) {
	if p.RequestStatus != nil {
		if err := o.checkRequestStatus(*p.RequestStatus); err != nil {
			return nil, err
		}
	}
	found, err := o.findFeature(p.ID)
	if err != nil {
		return nil, err
	}
	fields, err := o.insight.requestFields.merge(found.CustomFields, p.CustomFields)
	if err != nil {
		return nil, err
	}
	set(&found.RequestStatus, p.RequestStatus)
	found.CustomFields, found.UpdatedAt = fields, o.timestamp()
	return restData(found)
}

func restDeleteFeature(o *Organization, p idParams) (any, error) {
	gone, err := o.findFeature(string(p.ID))
	if err != nil {
		return nil, err
	}
	o.insight.featureRequests.remove(gone.ID)
	return restDone()
}

type portalVisibilityParams struct {
	ID         string   `param:"id,required"`
	AccountIDs []string `param:"account_ids,required"`
	Visible    *bool    `param:"visible,required"`
}

// restSetPortalVisibility changes the accounts that it names and no others.
func restSetPortalVisibility(o *Organization, p portalVisibilityParams) (any, error) {
	if len(p.AccountIDs) == 0 {
		return nil, badRequest("account_ids must not be empty")
	}
	found, err := o.findFeature(p.ID)
	if err != nil {
		return nil, err
	}
	for _, id := range p.AccountIDs {
		if err := o.accounts.check("Account", &id); err != nil {
			return nil, err
		}
	}
	kept := slices.DeleteFunc(slices.Clone(found.PortalVisibleToAccountIDs), func(id string) bool { return slices.Contains(p.AccountIDs, id) })
	if *p.Visible {
		kept = append(kept, distinct(p.AccountIDs)...)
	}
	found.PortalVisibleToAccountIDs, found.UpdatedAt = kept, o.timestamp()
	return restData(found)
}
