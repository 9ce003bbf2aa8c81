package pylon_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// subset keeps the keys of want, so that a test names only what it is about.
func subset(record, want object) object {
	kept := object{}
	for key := range want {
		kept[key] = record[key]
	}
	return kept
}

func TestWritesOfAccountsContactsTeamsAndTags(t *testing.T) {
	t.Parallel()
	seeded := newOrganization()
	account, user := seeded.IDs("accounts")[0], seeded.IDs("users")[1]
	contact, team, tag := seeded.IDs("contacts")[0], seeded.IDs("teams")[0], seeded.IDs("tags")[0]
	for _, test := range []struct {
		name, operation string
		params, want    object
	}{
		{
			"account", "accounts.create",
			object{"name": "Ny Å", "domains": []string{"ny.test", "a.ny.test"}, "primary_domain": "a.ny.test", "owner_id": user, "logo_url": "u", "tags": []string{"pilot"}},
			object{"name": "Ny Å", "domain": "a.ny.test", "primary_domain": "a.ny.test", "domains": []any{"ny.test", "a.ny.test"}, "owner": object{"id": user}, "tags": []any{"pilot"}, "type": "customer", "is_disabled": false, "external_ids": nil, "channels": []any{}, "created_at": writtenAt},
		},
		{
			"bare account", "accounts.create",
			object{"name": "Bare"},
			object{"name": "Bare", "domain": "", "domains": []any{}, "owner": nil, "tags": nil, "custom_fields": object{}},
		},
		{
			"account update", "accounts.update",
			object{"id": account, "name": "New", "owner_id": "", "is_disabled": true, "tags": []string{}, "logo_url": ""},
			object{"name": "New", "owner": nil, "is_disabled": true, "tags": nil, "logo_url": "", "domain": "aldermoor.test", "updated_at": writtenAt},
		},
		{
			"account domains", "accounts.update",
			object{"id": account, "domains": []string{"x.test", "y.test"}},
			object{"domains": []any{"x.test", "y.test"}, "primary_domain": "x.test", "domain": "x.test"},
		},
		{
			"account by external id", "accounts.update",
			object{"id": "90071992547409930", "name": "New"},
			object{"id": account, "name": "New"},
		},
		{
			"contact", "contacts.create",
			object{"name": "C", "email": "c@ny.test", "account_id": account, "avatar_url": "u"},
			object{"name": "C", "email": "c@ny.test", "emails": []any{"c@ny.test"}, "account": object{"id": account, "external_ids": nil}, "avatar_url": "u", "portal_role": "no_access", "phone_numbers": []any{}},
		},
		{
			"bare contact", "contacts.create",
			object{"name": "C"},
			object{"name": "C", "email": nil, "emails": []any{}, "account": nil, "primary_phone_number": nil},
		},
		{
			"contact update", "contacts.update",
			object{"id": contact, "name": "N", "email": "n@ny.test", "account_id": ""},
			object{"id": contact, "name": "N", "email": "n@ny.test", "account": nil},
		},
		{
			"contact moved", "contacts.update",
			object{"id": contact, "account_id": seeded.IDs("accounts")[4]},
			object{"id": contact, "account": object{"id": seeded.IDs("accounts")[4], "external_ids": nil}},
		},
		{"own email again", "contacts.update", object{"id": contact, "email": "amara.abernethy@aldermoor.test"}, object{"id": contact}},
		{"contact by external id", "contacts.update", object{"id": "crm-40003", "name": "N"}, object{"id": seeded.IDs("contacts")[3], "name": "N"}},
		{"team", "teams.create", object{"name": "T"}, object{"name": "T", "users": []any{}}},
		{"team update", "teams.update", object{"id": team, "name": "T"}, object{"id": team, "name": "T"}},
		{"tag", "tags.create", object{"value": "new", "object_type": "article"}, object{"value": "new", "object_type": "article", "hex_color": "#8a8f98"}},
		{"same value, other object", "tags.create", object{"value": "billing", "object_type": "account", "hex_color": "#000000"}, object{"value": "billing", "hex_color": "#000000"}},
		{"tag update", "tags.update", object{"id": tag, "hex_color": "#111111"}, object{"id": tag, "value": "billing", "hex_color": "#111111"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrganization()
			entity, action, _ := strings.Cut(test.operation, ".")
			got := write(t, o, entity, action, test.params)
			if diff := cmp.Diff(test.want, subset(got, test.want)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(got, read(t, o, entity, "get", object{"id": got["id"]})); diff != "" {
				t.Errorf("the write does not last: %s", diff)
			}
		})
	}
}

func TestRenamedTagFollowsIntoRecords(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	for entity, value := range map[string]string{"issues": "billing", "accounts": "enterprise"} {
		var tag any
		for _, row := range rows(t, o, "tags", "list", object{}) {
			if row["value"] == value {
				tag = row["id"]
				break
			}
		}
		write(t, o, "tags", "update", object{"id": tag, "value": value + " 2"})
		var all strings.Builder
		for _, id := range o.IDs(entity) {
			all.Write(execute(t, o, entity, "get", object{"id": id}).Result)
		}
		if !strings.Contains(all.String(), `"tags":["`+value+` 2"`) || strings.Contains(all.String(), `"tags":["`+value+`"`) {
			t.Errorf("%s keep the old value of the tag %s", entity, value)
		}
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	contact := read(t, o, "contacts", "get", object{"id": o.IDs("contacts")[0]})
	account := read(t, o, "accounts", "get", object{"id": o.IDs("accounts")[0]})
	for _, test := range []struct {
		name, operation string
		params          object
		exists          any
	}{
		{"contact email", "contacts.create", object{"name": "C", "email": contact["email"]}, contact["id"]},
		{"contact email, other case", "contacts.create", object{"name": "C", "email": strings.ToUpper(contact["email"].(string))}, contact["id"]},
		{"moved email", "contacts.update", object{"id": o.IDs("contacts")[1], "email": contact["email"]}, contact["id"]},
		{"account domain", "accounts.create", object{"name": "A", "domains": []any{account["domain"]}}, account["id"]},
		{"moved domain", "accounts.update", object{"id": o.IDs("accounts")[1], "domains": []any{account["domain"]}}, account["id"]},
		{"tag", "tags.create", object{"value": "Billing", "object_type": "issue"}, o.IDs("tags")[0]},
		{"renamed tag", "tags.update", object{"id": o.IDs("tags")[1], "value": "billing"}, o.IDs("tags")[0]},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			entity, action, _ := strings.Cut(test.operation, ".")
			refused := refusal(t, o, entity, action, test.params)
			if refused.Status != http.StatusBadRequest || refused.ExistsID != test.exists || !strings.Contains(refused.Message, "exists already") {
				t.Errorf("got %v (exists %s), want 400 (exists %v)", refused, refused.ExistsID, test.exists)
			}
		})
	}
}

func TestInvalidValues(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	account, contact, tag := o.IDs("accounts")[0], o.IDs("contacts")[0], o.IDs("tags")[0]
	for _, test := range []struct {
		name, operation string
		params          object
		want            string
	}{
		{"primary domain", "accounts.create", object{"name": "A", "primary_domain": "x.test"}, `primary_domain "x.test" must be one of domains`},
		{"primary domain later", "accounts.update", object{"id": account, "primary_domain": "x.test"}, "must be one of domains"},
		{"account name", "accounts.update", object{"id": account, "name": " "}, "name must not be empty"},
		{"disabled as text", "accounts.update", object{"id": account, "is_disabled": "yes"}, "is_disabled must be a boolean"},
		{"contact name", "contacts.update", object{"id": contact, "name": ""}, "name must not be empty"},
		{"contact email", "contacts.create", object{"name": "C", "email": "c"}, "email must be an email address"},
		{"tag value", "tags.update", object{"id": tag, "value": ""}, "value must not be empty"},
		{"tag object", "tags.create", object{"value": "v", "object_type": "contact"}, "use one of account, article, issue"},
		{"field object", "custom_fields.list", object{"object_type": "task"}, "use one of account, issue, contact"},
		{"task status", "tasks.create", object{"title": "T", "status": "done"}, "use one of not_started, in_progress, completed"},
		{"task status later", "tasks.update", object{"id": o.IDs("tasks")[0], "status": ""}, "use one of not_started, in_progress, completed"},
		{"task title", "tasks.update", object{"id": o.IDs("tasks")[0], "title": ""}, "title must not be empty"},
		{"task date", "tasks.create", object{"title": "T", "due_date": "soon"}, "due_date must be a date"},
		{"project name", "projects.update", object{"id": o.IDs("projects")[0], "name": ""}, "name must not be empty"},
		{"project start", "projects.create", object{"name": "P", "account_id": account, "start_date": "soon"}, "start_date must be a date"},
		{"project end", "projects.create", object{"name": "P", "account_id": account, "end_date": "soon"}, "end_date must be a date"},
		{"milestone date", "milestones.create", object{"name": "M", "project_id": o.IDs("projects")[0], "due_date": "soon"}, "due_date must be a date"},
		{"milestone date later", "milestones.update", object{"id": o.IDs("milestones")[0], "due_date": "soon"}, "due_date must be a date"},
		{"milestone name", "milestones.update", object{"id": o.IDs("milestones")[0], "name": ""}, "name must not be empty"},
		{"article title", "articles.update", object{"kb_id": o.IDs("knowledge_bases")[0], "article_id": o.IDs("articles")[0], "title": ""}, "title must not be empty"},
		{"id as object", "teams.get", object{"id": object{}}, "id must be a string"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			entity, action, _ := strings.Cut(test.operation, ".")
			if refused := refusal(t, o, entity, action, test.params); refused.Status != http.StatusBadRequest || !strings.Contains(refused.Message, test.want) {
				t.Errorf("got %v, want 400 with %q", refused, test.want)
			}
		})
	}
}

func TestParamsMustBeAnObject(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	for _, raw := range []string{"", " ", "null", "{}"} {
		if _, err := o.Execute("users", "list", []byte(raw)); err != nil {
			t.Errorf("params %q: %v", raw, err)
		}
	}
	for _, raw := range []string{"[]", "5", `"x"`, "{", "{} {}"} {
		_, err := o.Execute("users", "list", []byte(raw))
		if diff := cmp.Diff(error(&pylon.Error{Status: 400, Message: "params must be a JSON object"}), err); diff != "" {
			t.Errorf("params %q: %s", raw, diff)
		}
	}
}

func TestMeIsTheOrganization(t *testing.T) {
	t.Parallel()
	me := read(t, newOrganization(), "me", "get", object{})
	user, _ := me["user"].(object)
	if me["name"] != "Northlight Analytics" || len(me["id"].(string)) != 36 || len(user) != 1 {
		t.Errorf("me = %v, want the organization with its token's user, who has no email", me)
	}
}

func TestCustomFieldsOfOneObject(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	total := 0
	for _, objectType := range []string{"account", "issue", "contact"} {
		fields := rows(t, o, "custom_fields", "list", object{"object_type": objectType})
		for _, field := range fields {
			if field["object_type"] != objectType {
				t.Errorf("field %v of %v in the list of %s", field["slug"], field["object_type"], objectType)
			}
		}
		total += len(fields)
	}
	if want := len(o.IDs("custom_fields")); total != want {
		t.Errorf("%d fields in the lists, %d stored", total, want)
	}
}
