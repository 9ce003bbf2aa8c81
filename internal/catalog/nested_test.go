package catalog_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// nested lists parameters that hold objects, with keys that a caller must be
// able to learn.
var nested = map[string][]string{
	"issue_replies.create email_info":       {"to_emails", "cc_emails", "bcc_emails"},
	"issue_replies.create custom_source":    {"external_id", "created_at", "metadata"},
	"issues.create destination_metadata":    {"destination", "email", "whatsapp_message_template_name"},
	"issues.create custom_fields":           {"slug", "value", "values"},
	"issues.update custom_fields":           {"slug", "value", "values"},
	"accounts.update external_ids":          {"external_id", "label"},
	"accounts.create channels":              {"channel_id", "source", "mirror_to.source"},
	"contacts.update emails":                {"email", "is_primary"},
	"custom_fields.create select_options":   {"label", "slug", "ai_description"},
	"issues.api_search filter":              {"subfilters"},
	"accounts_bulk.update custom_fields":    {"slug", "value", "values"},
	"custom_fields.update select_options":   {"label", "slug", "ai_description"},
	"contacts.create external_ids":          {"external_id", "label"},
	"audit_logs.api_search filter":          {"field"},
	"call_recordings.update custom_fields":  {"slug", "value", "values"},
	"message_imports.create messages":       {"body_html", "is_private"},
	"articles.create translations":          {"language", "title", "body_html"},
	"macros.create visibility":              {"type", "team_ids", "user_ids"},
	"collections.update visibility_config":  {"visibility", "ai_agent_access", "allowed_agent_ids"},
	"issue_imports.create external_issues":  {"source", "external_issue_id"},
	"articles.update visibility_config":     {"customer_visibility_condition.operator"},
	"projects.update custom_fields":         {"slug", "value", "values"},
	"tasks.create custom_fields":            {"slug", "value", "values"},
	"custom_objects.api_search filter":      {"field", "operator"},
	"surveys.api_search filter":             {"field", "operator"},
	"feature_requests.update custom_fields": {"slug", "value", "values"},
}

func TestNestedValuesHaveSchemas(t *testing.T) {
	t.Parallel()
	schemas := map[string]manifest.Parameter{}
	each(pylon(t), func(name string, op manifest.Operation) {
		for _, p := range op.Parameters {
			schemas[name+" "+p.Name] = p
		}
	})
	for where, paths := range nested {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			p := schemas[where]
			raw := p.Schema
			if p.Type == "array" {
				raw = p.Items
			}
			for _, path := range paths {
				if raw == nil || !hasPath(t, raw, path) {
					t.Errorf("no %s in %s", path, raw)
				}
			}
		})
	}
}
