package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestContextStore(t *testing.T) {
	t.Parallel()
	type store struct {
		Entity    string
		Suggested bool
		Fields    []string
	}
	want := []store{
		{"issues", true, []string{
			"id string", "title string", "state string", "source string", "type string", "number integer",
			"created_at string", "latest_message_time string", "resolution_time string", "snoozed_until_time string",
			"customer_portal_visible boolean",
		}},
		{"accounts", true, []string{
			"id string", "name string", "domain string", "primary_domain string", "type string", "is_disabled boolean",
			"created_at string", "latest_customer_activity_time string",
		}},
		{"contacts", true, []string{
			"id string", "name string", "email string", "primary_phone_number string", "portal_role string",
		}},
		{"teams", true, []string{"id string", "name string"}},
		{"tags", true, []string{"id string", "value string", "object_type string"}},
		{"users", true, []string{"id string", "name string", "email string", "role_id string", "status string"}},
		{"custom_fields", true, []string{
			"id string", "label string", "slug string", "type string", "object_type string", "is_read_only boolean",
			"created_at string",
		}},
		{"ticket_forms", true, []string{"id string", "name string", "slug string", "is_public boolean"}},
		{"user_roles", false, []string{"id string", "name string", "slug string"}},
	}
	var got []store
	for _, entity := range pylon(t).Entities {
		if entity.Search == nil {
			continue
		}
		s := store{Entity: entity.Name, Suggested: entity.Search.Suggested}
		for _, field := range entity.Search.Fields {
			s.Fields = append(s.Fields, field.Name+" "+field.Type)
		}
		got = append(got, s)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("context store (-want +got):\n%s", diff)
	}
}

// A model that found a record in the store reads the same keys in the record.
func TestStoreFieldsAreInTheRecord(t *testing.T) {
	t.Parallel()
	for _, entity := range pylon(t).Entities {
		if entity.Search == nil {
			continue
		}
		for _, field := range entity.Search.Fields {
			if !hasPath(t, entity.Schema, field.Name) {
				t.Errorf("%s: store field %q is no property of the record schema", entity.Name, field.Name)
			}
		}
	}
}
