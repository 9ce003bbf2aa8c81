package pylon_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

const search = "context_store_search"

func filtered(filter any) object { return object{"query": object{"filter": filter}} }

func TestSearchOperators(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	all := rows(t, o, "issues", search, object{"query": object{}})
	text := func(key string) func(object) string {
		return func(row object) string { s, _ := row[key].(string); return s }
	}
	title, state, created := text("title"), text("state"), text("created_at")
	number := func(row object) string { return string(row["number"].(interface{ String() string }).String()) }
	for name, test := range map[string]struct {
		filter any
		accept func(object) bool
	}{
		"eq text":       {object{"eq": object{"state": "new"}}, func(r object) bool { return state(r) == "new" }},
		"eq number":     {object{"eq": object{"number": 1042}}, func(r object) bool { return number(r) == "1042" }},
		"eq boolean":    {object{"eq": object{"customer_portal_visible": true}}, func(r object) bool { return r["customer_portal_visible"] == true }},
		"eq null":       {object{"eq": object{"resolution_time": nil}}, func(r object) bool { return r["resolution_time"] == nil }},
		"eq two fields": {object{"eq": object{"state": "closed", "source": "slack"}}, func(r object) bool { return state(r) == "closed" && r["source"] == "slack" }},
		"neq":           {object{"neq": object{"state": "closed"}}, func(r object) bool { return state(r) != "closed" }},
		"neq null":      {object{"neq": object{"snoozed_until_time": nil}}, func(r object) bool { return r["snoozed_until_time"] != nil }},
		"neq of nulls":  {object{"neq": object{"snoozed_until_time": "x"}}, func(object) bool { return true }},
		"gt":            {object{"gt": object{"number": 1400}}, func(r object) bool { return number(r) > "1400" }},
		"gte":           {object{"gte": object{"number": 1400}}, func(r object) bool { return number(r) >= "1400" }},
		"lt":            {object{"lt": object{"number": 1100}}, func(r object) bool { return number(r) < "1100" }},
		"lte":           {object{"lte": object{"number": 1100}}, func(r object) bool { return number(r) <= "1100" }},
		"gt time":       {object{"gt": object{"created_at": "2026-10-01T00:00:00Z"}}, func(r object) bool { return created(r) > "2026-10-01T00:00:00Z" }},
		"gte time zone": {object{"gte": object{"created_at": "2026-10-01T02:00:00+02:00"}}, func(r object) bool { return created(r) >= "2026-10-01T00:00:00Z" }},
		"lt day":        {object{"lt": object{"created_at": "2026-10-01"}}, func(r object) bool { return created(r) < "2026-10-01" }},
		"lt of nulls":   {object{"lt": object{"resolution_time": "9999"}}, func(r object) bool { return r["resolution_time"] != nil }},
		"in":            {object{"in": object{"state": []string{"new", "on_hold"}}}, func(r object) bool { return state(r) == "new" || state(r) == "on_hold" }},
		"in numbers":    {object{"in": object{"number": []int{1001, 1002}}}, func(r object) bool { return number(r) == "1001" || number(r) == "1002" }},
		"in nothing":    {object{"in": object{"state": []string{}}}, func(object) bool { return false }},
		"like around":   {object{"like": object{"title": "%export%"}}, func(r object) bool { return strings.Contains(title(r), "export") }},
		"like start":    {object{"like": object{"title": "SSO%"}}, func(r object) bool { return strings.HasPrefix(title(r), "SSO") }},
		"like end":      {object{"like": object{"title": "%twice"}}, func(r object) bool { return strings.HasSuffix(title(r), "twice") }},
		"like parts":    {object{"like": object{"title": "CSV%after%rows"}}, func(r object) bool { return strings.HasPrefix(title(r), "CSV") }},
		"like exact":    {object{"like": object{"state": "new"}}, func(r object) bool { return state(r) == "new" }},
		"like case":     {object{"like": object{"title": "sso%"}}, func(object) bool { return false }},
		"like overlap":  {object{"like": object{"state": "new%new"}}, func(object) bool { return false }},
		"fuzzy order":   {object{"fuzzy": object{"title": "rows, CSV!"}}, func(r object) bool { return strings.HasPrefix(title(r), "CSV export") }},
		"fuzzy partial": {object{"fuzzy": object{"title": "deliver webh"}}, func(r object) bool { return strings.HasPrefix(title(r), "Webhook deliveries") }},
		"fuzzy script":  {object{"fuzzy": object{"title": "المبيعات"}}, func(r object) bool { return strings.Contains(title(r), "المبيعات") }},
		"fuzzy nothing": {object{"fuzzy": object{"title": "!!"}}, func(object) bool { return false }},
		"keyword": {object{"keyword": object{"title": "csv OUTAGE"}}, func(r object) bool {
			return strings.HasPrefix(title(r), "CSV") || strings.HasPrefix(title(r), "Outage")
		}},
		"keyword whole": {object{"keyword": object{"title": "webh"}}, func(object) bool { return false }},
		"contains":      {object{"contains": object{"title": "sign-in"}}, func(r object) bool { return strings.Contains(title(r), "sign-in") }},
		"any":           {object{"any": object{"source": []string{"slack", "email"}}}, func(r object) bool { return r["source"] == "slack" || r["source"] == "email" }},
		"any alone":     {object{"any": object{"title": "export"}}, func(r object) bool { return strings.Contains(title(r), "export") }},
		"any null":      {object{"any": object{"resolution_time": nil}}, func(r object) bool { return r["resolution_time"] == nil }},
		"not":           {object{"not": object{"eq": object{"state": "closed"}}}, func(r object) bool { return state(r) != "closed" }},
		"and": {object{"and": []any{object{"eq": object{"state": "closed"}}, object{"gt": object{"number": 1300}}}}, func(r object) bool {
			return state(r) == "closed" && number(r) > "1300"
		}},
		"or": {object{"or": []any{object{"eq": object{"state": "new"}}, object{"eq": object{"source": "discord"}}}}, func(r object) bool {
			return state(r) == "new" || r["source"] == "discord"
		}},
		"nested": {
			object{"and": []any{
				object{"or": []any{object{"like": object{"title": "%SSO%"}}, object{"like": object{"title": "%Invoice%"}}}},
				object{"not": object{"and": []any{object{"eq": object{"state": "closed"}}, object{"eq": object{"source": "slack"}}}}},
			}},
			func(r object) bool {
				return (strings.Contains(title(r), "SSO") || strings.Contains(title(r), "Invoice")) && (state(r) != "closed" || r["source"] != "slack")
			},
		},
		"null filter": {nil, func(object) bool { return true }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want, got []any
			for _, row := range all {
				if test.accept(row) {
					want = append(want, row["id"])
				}
			}
			for _, row := range rows(t, o, "issues", search, filtered(test.filter)) {
				got = append(got, row["id"])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			empty := len(got) == 0
			if wantEmpty := len(want) == 0; empty != wantEmpty || (empty && !strings.Contains("in nothing like case like overlap fuzzy nothing keyword whole", name)) {
				t.Errorf("%d rows prove nothing", len(got))
			}
		})
	}
}

func TestSearchHoldsTheDeclaredFields(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	for entity, want := range map[string]string{
		"issues":        "id title state source type number created_at latest_message_time resolution_time snoozed_until_time customer_portal_visible",
		"accounts":      "id name domain primary_domain type is_disabled created_at latest_customer_activity_time",
		"contacts":      "id name email primary_phone_number portal_role",
		"teams":         "id name",
		"tags":          "id value object_type",
		"users":         "id name email role_id status",
		"custom_fields": "id label slug type object_type is_read_only created_at",
		"ticket_forms":  "id name slug is_public",
		"user_roles":    "id name slug",
	} {
		t.Run(entity, func(t *testing.T) {
			t.Parallel()
			result := decode[struct {
				Data []rawRow
				Meta object
			}](t, execute(t, o, entity, search, object{"query": object{}}).Result)
			if len(result.Data) != len(o.IDs(entity)) {
				t.Errorf("%d rows, %d records", len(result.Data), len(o.IDs(entity)))
			}
			if got := strings.Join(topKeys(t, result.Data[0].raw), " "); got != want {
				t.Errorf("fields %s, want %s", got, want)
			}
			if result.Meta["has_more"] != false || result.Meta["cursor"] != nil || result.Meta["took_ms"] == nil {
				t.Errorf("meta = %v", result.Meta)
			}
		})
	}
	if diff := cmp.Diff(9, len(pylon.SearchableEntities())); diff != "" {
		t.Error(diff)
	}
}

// rawRow keeps a row as sent.
type rawRow struct{ raw []byte }

func (r *rawRow) UnmarshalJSON(raw []byte) error {
	r.raw = slices.Clone(raw)
	return nil
}

func TestSearchFields(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	for name, fields := range map[string]any{
		"paths": []any{[]string{"name"}, []string{"id"}}, "names": []string{"id", "name"}, "both": []any{"name", []string{"id"}, "id"},
	} {
		result := string(execute(t, o, "users", search, object{"query": object{"filter": object{"eq": object{"email": "aiko@northlight.test"}}}, "fields": fields}).Result)
		want := `{"data":[{"id":"` + o.IDs("users")[2] + `","name":"Aiko Hanamura"}],"meta":{"has_more":false,"cursor":null,"took_ms":1}}`
		if result != want {
			t.Errorf("%s: got %s, want %s", name, result, want)
		}
	}
}

func TestSearchSort(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	key := func(row object, name string) string { s, _ := row[name].(string); return s }
	rising := rows(t, o, "issues", search, object{"query": object{"sort": []any{object{"state": "asc"}, object{"created_at": "desc"}}}})
	if !slices.IsSortedFunc(rising, func(a, b object) int {
		if order := strings.Compare(key(a, "state"), key(b, "state")); order != 0 {
			return order
		}
		return strings.Compare(key(b, "created_at"), key(a, "created_at"))
	}) {
		t.Error("rows are not sorted by state, then newest first")
	}
	for _, direction := range []string{"asc", "desc"} {
		sorted := rows(t, o, "issues", search, object{"query": object{"sort": []any{object{"resolution_time": direction}}}})
		firstNull := slices.IndexFunc(sorted, func(r object) bool { return r["resolution_time"] == nil })
		if firstNull <= 0 || slices.ContainsFunc(sorted[firstNull:], func(r object) bool { return r["resolution_time"] != nil }) {
			t.Errorf("%s: nulls are not last", direction)
		}
	}
	flags := rows(t, o, "custom_fields", search, object{"query": object{"sort": []any{object{"is_read_only": "desc"}}}})
	if flags[0]["is_read_only"] != true || flags[1]["is_read_only"] != false {
		t.Error("true does not sort after false")
	}
}

func TestSearchPages(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	params := object{"query": object{"filter": object{"eq": object{"state": "closed"}}, "sort": []any{object{"number": "asc"}}}}
	want := rows(t, o, "issues", search, params)
	params["limit"] = 50
	var got []object
	for {
		result := decode[struct {
			Data []object
			Meta struct {
				HasMore bool `json:"has_more"`
				Cursor  *string
			}
		}](t, execute(t, o, "issues", search, params).Result)
		got = append(got, result.Data...)
		if result.Meta.HasMore != (result.Meta.Cursor != nil) {
			t.Fatalf("meta = %+v", result.Meta)
		}
		if !result.Meta.HasMore {
			break
		}
		params["cursor"] = *result.Meta.Cursor
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	params["query"] = object{"filter": object{"eq": object{"state": "new"}}}
	if refused := refusal(t, o, "issues", search, params); !strings.HasPrefix(refused.Message, "cursor is not valid") {
		t.Errorf("a cursor of another query: %v", refused)
	}
}

func TestSearchSeesWrites(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	byTitle := filtered(object{"eq": object{"title": "Fresh"}})
	created := write(t, o, "issues", "create", object{"title": "Fresh", "body_html": "B", "account_id": o.IDs("accounts")[0]})
	found := rows(t, o, "issues", search, byTitle)
	if len(found) != 1 || found[0]["id"] != created["id"] || found[0]["state"] != "new" {
		t.Fatalf("after the create: %v", found)
	}
	write(t, o, "issues", "update", object{"id": created["id"], "state": "closed"})
	if found = rows(t, o, "issues", search, byTitle); found[0]["resolution_time"] != writtenAt {
		t.Errorf("after the update: %v", found)
	}
	execute(t, o, "issues", "delete", object{"id": created["id"]})
	if found = rows(t, o, "issues", search, byTitle); len(found) != 0 {
		t.Errorf("after the delete: %v", found)
	}
}
