package pylon_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// pageAll follows next_cursor to the end and returns the ids of all rows.
func pageAll(t *testing.T, o *pylon.Organization, entity string, params object) (ids []string, pages int) {
	t.Helper()
	next := object{}
	maps.Copy(next, params)
	for {
		reply := execute(t, o, entity, "list", next)
		pages++
		list := decode[struct {
			Data []object
			Meta struct {
				HasMore bool `json:"has_more"`
			}
		}](t, reply.Result)
		for _, row := range list.Data {
			ids = append(ids, row["id"].(string))
		}
		metadata := decode[object](t, reply.Metadata)
		if list.Meta.HasMore != (metadata["has_next_page"] == true) {
			t.Fatalf("has_more %v beside metadata %v", list.Meta.HasMore, metadata)
		}
		if !list.Meta.HasMore {
			if len(metadata) != 0 {
				t.Errorf("metadata of the last page = %v, want nothing", metadata)
			}
			return ids, pages
		}
		next["cursor"] = metadata["next_cursor"]
	}
}

func TestPagesHoldEveryRowOnce(t *testing.T) {
	t.Parallel()
	seeded := newOrganization()
	for entity, params := range map[string]object{
		"accounts": {}, "contacts": {}, "teams": {}, "tags": {}, "users": {}, "ticket_forms": {}, "user_roles": {},
		"issues": recent(), "custom_fields": {"object_type": "issue"}, "messages": {"id": 1001},
	} {
		t.Run(entity, func(t *testing.T) {
			t.Parallel()
			o := newOrganization()
			o.SetPageSize(entity, 0)
			want, pages := pageAll(t, o, entity, params)
			if pages != 1 {
				t.Errorf("%d pages without a page size", pages)
			}
			o.SetPageSize(entity, 3)
			got, pages := pageAll(t, o, entity, params)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if least := (len(want) + 2) / 3; pages != least {
				t.Errorf("%d pages of 3 for %d rows, want %d", pages, len(want), least)
			}
		})
	}
	if _, pages := pageAll(t, seeded, "contacts", object{}); pages != 2 {
		t.Errorf("contacts come in %d pages of the default size, want 2", pages)
	}
}

func TestCursorsOfOtherRequests(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	o.SetPageSize("accounts", 2)
	accounts := decode[object](t, execute(t, o, "accounts", "list", object{}).Metadata)["next_cursor"]
	window := recent()
	window["end_time"] = "2026-10-29T00:00:00Z"
	issues := decode[object](t, execute(t, o, "issues", "list", recent()).Metadata)["next_cursor"]
	for name, test := range map[string]struct {
		entity string
		params object
		cursor any
	}{
		"not base64":     {"accounts", object{}, "%%%"},
		"made up":        {"accounts", object{}, "b2Zmc2V0OjEwMA"},
		"another list":   {"contacts", object{}, accounts},
		"another window": {"issues", window, issues},
		"whole-set list": {"teams", object{}, "100"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.params["cursor"] = test.cursor
			if refused := refusal(t, o, test.entity, "list", test.params); refused.Status != http.StatusBadRequest || !strings.HasPrefix(refused.Message, "cursor is not valid") {
				t.Errorf("got %v", refused)
			}
		})
	}
}

func TestResultShapesAndMetadataStyles(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		shape      pylon.ResultShape
		style      pylon.MetadataStyle
		start      string
		cursor, on string
	}{
		"default": {pylon.ResultObject, pylon.MetadataNextCursor, `{"data":[{"id":`, "next_cursor", "has_next_page"},
		"array":   {pylon.ResultArray, pylon.MetadataEndCursor, `[{"id":`, "end_cursor", "has_next_page"},
		"camel":   {pylon.ResultArray, pylon.MetadataCamelCase, `[{"id":`, "endCursor", "hasNextPage"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrganization()
			o.SetResultShape(test.shape)
			o.SetMetadataStyle(test.style)
			o.SetPageSize("teams", 5)
			reply := execute(t, o, "teams", "list", object{})
			if !strings.HasPrefix(string(reply.Result), test.start) {
				t.Errorf("result starts %.30s, want %s", reply.Result, test.start)
			}
			metadata := decode[map[string]any](t, reply.Metadata)
			cursor, _ := metadata[test.cursor].(string)
			if metadata[test.on] != true || cursor == "" || len(metadata) != 2 {
				t.Fatalf("metadata = %v", metadata)
			}
			last := execute(t, o, "teams", "list", object{"cursor": cursor})
			if diff := cmp.Diff(json.RawMessage("{}"), last.Metadata); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEmptyListIsAnArray(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	long := object{"start_time": "2019-01-01T00:00:00Z", "end_time": "2019-01-02T00:00:00Z"}
	if got, want := string(execute(t, o, "issues", "list", long).Result), `{"data":[],"meta":{"has_more":false}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	o.SetResultShape(pylon.ResultArray)
	if got, want := string(execute(t, o, "issues", "list", long).Result), `[]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
