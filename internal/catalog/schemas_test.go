package catalog_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// schema is as much of JSON Schema as the manifests use.
type schema struct {
	Ref         string            `json:"$ref"`
	Description string            `json:"description"`
	Format      string            `json:"format"`
	Required    []string          `json:"required"`
	Properties  map[string]schema `json:"properties"`
	Items       *schema           `json:"items"`
	Values      *schema           `json:"additionalProperties"`
	OneOf       []schema          `json:"oneOf"`
}

func decodeSchema(t *testing.T, raw json.RawMessage) schema {
	t.Helper()
	var s schema
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatalf("schema %s: %v", raw, err)
	}
	return s
}

// property finds a key in s, or in what s can be instead of null.
func (s schema) property(name string) (schema, bool) {
	if p, ok := s.Properties[name]; ok {
		return p, true
	}
	for _, option := range s.OneOf {
		if p, ok := option.property(name); ok {
			return p, true
		}
	}
	return schema{}, false
}

// hasPath reports whether a path such as users[].id leads to a property.
func hasPath(t *testing.T, raw json.RawMessage, path string) bool {
	t.Helper()
	s := decodeSchema(t, raw)
	for part := range strings.SplitSeq(path, ".") {
		name, list := strings.CutSuffix(part, "[]")
		next, ok := s.property(name)
		if !ok {
			return false
		}
		if s = next; list {
			if s.Items == nil {
				return false
			}
			s = *s.Items
		}
	}
	return true
}

// walk calls visit for s and everything inside it.
func (s schema) walk(path string, visit func(path string, s schema)) {
	visit(path, s)
	for name, p := range s.Properties {
		p.walk(path+"."+name, visit)
	}
	if s.Items != nil {
		s.Items.walk(path+"[]", visit)
	}
	if s.Values != nil {
		s.Values.walk(path+"{}", visit)
	}
	for _, option := range s.OneOf {
		option.walk(path, visit)
	}
}

func TestRecordSchemas(t *testing.T) {
	t.Parallel()
	// These answer with no record, but with what was done.
	outcomes := []string{
		"accounts_bulk", "account_activities", "article_reviews", "custom_objects_bulk", "devin_connections",
		"issue_ai_responses",
	}
	for _, entity := range pylon(t).Entities {
		t.Run(entity.Name, func(t *testing.T) {
			t.Parallel()
			s := decodeSchema(t, entity.Schema)
			if slices.Contains(s.Required, "id") == slices.Contains(outcomes, entity.Name) {
				t.Errorf("required is %v", s.Required)
			}
			if strings.Contains(string(entity.Schema), `"x-`) {
				t.Errorf("schema carries x- keys: %s", entity.Schema)
			}
			s.walk(entity.Name, func(path string, s schema) {
				if s.Ref != "" {
					t.Errorf("%s: reference %s is not resolved", path, s.Ref)
				}
				for _, name := range s.Required {
					if _, ok := s.Properties[name]; !ok {
						t.Errorf("%s: %q is required but no property", path, name)
					}
				}
			})
		})
	}
}

// The comments of the typed package and the reference page are made of these
// texts, and a model learns from them what a field of a record means.
func TestPropertiesAreDescribed(t *testing.T) {
	t.Parallel()
	_, components, err := loader.ParseSchemas(readFile(t, "pylon.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, component := range components {
		t.Run(component.Name, func(t *testing.T) {
			t.Parallel()
			decodeSchema(t, component.JSON).walk(component.Name, func(path string, s schema) {
				for name, property := range s.Properties {
					checkMeaning(t, path+"."+name, name, property)
				}
			})
		})
	}
}

// checkMeaning reports a property without a description, and descriptions that
// tell no more than its name and type do.
func checkMeaning(t *testing.T, path, name string, property schema) {
	t.Helper()
	checkText(t, path, property.Description)
	if strings.EqualFold(strings.TrimSuffix(property.Description, "."), strings.ReplaceAll(name, "_", " ")) {
		t.Errorf("%s: %q only repeats the name", path, property.Description)
	}
	if strings.HasPrefix(property.Description, "RFC3339") {
		t.Errorf("%s: %q does not say what happened at the time", path, property.Description)
	}
	if property.Format == "date-time" && !strings.Contains(property.Description, "RFC3339") {
		t.Errorf("%s: %q does not name the format of the time", path, property.Description)
	}
}

// Where Pylon sends another shape than one would guess.
func TestRecordShapes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		entity  string
		paths   []string
		missing []string
	}{
		"me is the organization":      {"me", []string{"id", "name", "user.id", "user.email"}, []string{"role_id", "status"}},
		"tasks nest what they are in": {"tasks", []string{"assignee.user.id", "assignee.contact.id", "project.id", "milestone.id", "account.id"}, []string{"assignee_id", "project_id"}},
		"projects nest the account":   {"projects", []string{"account.id", "archived_at"}, []string{"account_id"}},
		"milestones nest the project": {"milestones", []string{"project.id", "account.id"}, []string{"project_id"}},
		"articles have two texts":     {"articles", []string{"current_draft_content_html", "current_published_content_html", "last_edited_at"}, []string{"body_html", "updated_at"}},
		"notes answer with two ids":   {"issue_notes", []string{"id", "issue_id"}, []string{"body_html", "timestamp"}},
		"external ids are a list":     {"accounts", []string{"external_ids[].external_id", "external_ids[].label", "updated_at"}, nil},
		"contacts have a main phone":  {"contacts", []string{"primary_phone_number", "external_ids[].external_id"}, nil},
		"users carry their role":      {"users", []string{"role.id", "role.slug"}, nil},
		"issues know their overdue":   {"issues", []string{"first_response_breach_time", "resolution_breach_time", "team_slas[].first_response.breach_time"}, nil},
	}
	schemas := map[string]json.RawMessage{}
	for _, entity := range pylon(t).Entities {
		schemas[entity.Name] = entity.Schema
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, path := range test.paths {
				if !hasPath(t, schemas[test.entity], path) {
					t.Errorf("%s has no %s", test.entity, path)
				}
			}
			for _, path := range test.missing {
				if hasPath(t, schemas[test.entity], path) {
					t.Errorf("%s has %s, which Pylon does not send", test.entity, path)
				}
			}
		})
	}
}

func TestIssueSources(t *testing.T) {
	t.Parallel()
	var issue struct {
		Properties struct {
			Source, Type struct{ Enum []string }
		}
	}
	if err := json.Unmarshal(pylon(t).Entities[0].Schema, &issue); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"slack", "microsoft_teams", "microsoft_teams_chat", "chat_widget", "email", "manual", "form", "discord",
		"whatsapp", "sms", "telegram", "phone",
	}
	if diff := cmp.Diff(want, issue.Properties.Source.Enum); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"conversation", "ticket"}, issue.Properties.Type.Enum); diff != "" {
		t.Errorf("types (-want +got):\n%s", diff)
	}
}
