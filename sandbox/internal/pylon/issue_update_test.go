package pylon_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const writtenAt = "2026-10-31T12:00:00Z"

func inState(state string) func(object) bool {
	return func(issue object) bool { return issue["state"] == state }
}

func TestUpdateIssueChangesOnlyWhatItNames(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	before := read(t, o, "issues", "get", object{"id": 1001})
	user, team := o.IDs("users")[7], o.IDs("teams")[2]
	for name, test := range map[string]struct {
		entity string
		params object
		key    string
		want   any
	}{
		"assignee":            {"issues", object{"assignee_id": user}, "assignee", object{"id": user}},
		"assignee by alias":   {"issue_assignments", object{"assignee_id": user}, "assignee", object{"id": user}},
		"assignee cleared":    {"issues", object{"assignee_id": ""}, "assignee", nil},
		"assignee by null":    {"issues", object{"assignee_id": nil}, "assignee", before["assignee"]},
		"team":                {"issues", object{"team_id": team}, "team", object{"id": team}},
		"team cleared":        {"issue_assignments", object{"team_id": ""}, "team", nil},
		"tags":                {"issues", object{"tags": []string{"sso", "bug"}}, "tags", []any{"sso", "bug"}},
		"tags cleared":        {"issues", object{"tags": []string{}}, "tags", nil},
		"account":             {"issues", object{"account_id": o.IDs("accounts")[9]}, "account", object{"id": o.IDs("accounts")[9], "external_ids": nil}},
		"undeclared title":    {"issues", object{"title": "x"}, "title", before["title"]},
		"undeclared in alias": {"issue_assignments", object{"state": "on_hold"}, "state", before["state"]},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrganization()
			params := object{"id": 1001}
			maps.Copy(params, test.params)
			got := write(t, o, test.entity, "update", params)
			want := object{}
			maps.Copy(want, before)
			want[test.key], want["updated_at"] = test.want, writtenAt
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(got, read(t, o, "issues", "get", object{"id": 1001})); diff != "" {
				t.Errorf("the update does not last: %s", diff)
			}
		})
	}
}

func TestIssueStateKeepsTheBooks(t *testing.T) {
	t.Parallel()
	for _, entity := range []string{"issues", "issue_statuses"} {
		t.Run(entity, func(t *testing.T) {
			t.Parallel()
			o := newOrganization()
			id := findIssue(t, o, "waiting", inState("waiting_on_you"))["id"]

			closed := write(t, o, entity, "update", object{"id": id, "state": "closed"})
			if closed["state"] != "closed" || closed["resolution_time"] != writtenAt || closed["first_resolution_time"] != writtenAt || closed["resolution_seconds"] == nil {
				t.Errorf("closed issue = %v", closed)
			}
			reopened := write(t, o, entity, "update", object{"id": id, "state": "in_progress"})
			if reopened["resolution_time"] != nil || reopened["resolution_seconds"] != nil || reopened["first_resolution_time"] != writtenAt {
				t.Errorf("reopened issue = %v", reopened)
			}
			if write(t, o, entity, "update", object{"id": id, "state": "wont_fix"})["resolution_time"] != writtenAt {
				t.Error("a custom status of the category closed does not resolve")
			}
		})
	}
}

func TestUpdateIssueRefusals(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	before := read(t, o, "issues", "get", object{"id": 1001})
	const legal = "use one of new, waiting_on_you, waiting_on_customer, on_hold, in_progress, escalated, closed, wont_fix"
	for name, test := range map[string]struct {
		params object
		status int
		want   string
	}{
		"state":          {object{"state": "open"}, http.StatusBadRequest, `state "open" is not valid: ` + legal},
		"archived state": {object{"state": "parked"}, http.StatusBadRequest, legal},
		"empty state":    {object{"state": ""}, http.StatusBadRequest, legal},
		"clear account":  {object{"account_id": ""}, http.StatusBadRequest, "account_id can only be cleared together with requester_id"},
		"half valid":     {object{"state": "on_hold", "assignee_id": "nobody"}, http.StatusNotFound, "User not found!"},
		"state type":     {object{"state": true}, http.StatusBadRequest, "state must be a string"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			params := object{"id": 1001}
			maps.Copy(params, test.params)
			if refused := refusal(t, o, "issues", "update", params); refused.Status != test.status || !strings.Contains(refused.Message, test.want) {
				t.Errorf("got %v, want %d with %q", refused, test.status, test.want)
			}
			if diff := cmp.Diff(before, read(t, o, "issues", "get", object{"id": 1001})); diff != "" {
				t.Errorf("a refused update left a trace: %s", diff)
			}
		})
	}
}
