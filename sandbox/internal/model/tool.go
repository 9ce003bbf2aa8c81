package model

import (
	"encoding/json"
	"slices"
	"strings"
)

// tool is an offered function.
type tool struct {
	Name, Description string
	Schema            json.RawMessage
	props             map[string]property
	required          []string
}

// property is what the model understands of a parameter's schema.
type property struct {
	Type any    `json:"type"`
	Enum []any  `json:"enum"`
	Note string `json:"description"`
}

// wrappedArgument is the one parameter of langchaingo's functions agent, which
// sends the same schema for every tool.
const wrappedArgument = "__arg1"

// newTool reads a schema that has passed the limits. A part it does not
// understand leaves the tool without that property.
func newTool(name, description string, schema json.RawMessage) tool {
	t := tool{Name: name, Description: description, Schema: schema, props: map[string]property{}}
	var object struct {
		Properties map[string]json.RawMessage `json:"properties"`
		Required   []string                   `json:"required"`
	}
	if len(schema) == 0 || json.Unmarshal(schema, &object) != nil {
		return t
	}
	for key, raw := range object.Properties {
		var p property
		if json.Unmarshal(raw, &p) == nil {
			t.props[key] = p
		}
	}
	t.required = object.Required
	return t
}

// generic reports whether the tool takes an entity, an action and params.
func (t tool) generic() bool {
	for _, key := range []string{"entity", "action", "params"} {
		if _, ok := t.props[key]; !ok {
			return false
		}
	}
	return true
}

// wrapped reports whether the tool takes one string for everything.
func (t tool) wrapped() bool {
	_, ok := t.props[wrappedArgument]
	return ok && len(t.props) == 1
}

// executes reports whether any operation goes through the tool: a generic one,
// or a one-string tool whose name or description says that it is generic.
func (t tool) executes() bool {
	if t.generic() {
		return true
	}
	if !t.wrapped() {
		return false
	}
	described := strings.ToLower(t.Description)
	return strings.HasSuffix(t.Name, "_execute") ||
		strings.Contains(described, "entity") && strings.Contains(described, "action")
}

// performs reports whether the tool is the one of a single operation: its name
// ends in the entity and the action.
func (t tool) performs(entity, action string) bool {
	name := strings.ReplaceAll(strings.ToLower(t.Name), "-", "_")
	operation := entity + "_" + action
	return entity != "" && (name == operation || strings.HasSuffix(name, "_"+operation))
}

// mayServe reports whether an executing tool can be expected to know the
// operation: it is in the enums, or the texts name the action, or the texts
// name no operation at all. The service's own search must be named: the platform
// does not offer it.
func (t tool) mayServe(entity, action string) bool {
	if !allowed(t.props["entity"].Enum, entity) || !allowed(t.props["action"].Enum, action) {
		return false
	}
	if len(t.props["action"].Enum) > 0 {
		return true
	}
	text := t.Description + string(t.Schema)
	return strings.Contains(text, action) || action != serviceSearch && !strings.Contains(text, "issues")
}

func allowed(enum []any, value string) bool {
	return len(enum) == 0 || slices.Contains(enum, any(value))
}

// ofUser reports whether the tool is neither generic nor of a known operation.
func (t tool) ofUser() bool {
	_, action := operation(t.Name)
	return !t.executes() && !slices.Contains(knownActions, action)
}

// knownEntities are the Pylon connector's entities, by which a tool per action
// is told from a tool of the user's own.
var knownEntities = []string{
	"issues", "issue_replies", "issue_assignments", "issue_statuses", "issue_notes", "issue_threads",
	"messages", "accounts", "contacts", "teams", "tags", "users", "custom_fields", "ticket_forms",
	"user_roles", "tasks", "projects", "milestones", "articles", "collections", "me",

	// Those that a program reaches only where it calls Pylon itself.
	"accounts_bulk", "message_redactions", "issue_snoozes", "issue_followers", "issue_external_issues",
	"issue_ai_responses", "issue_voice_calls", "account_merges", "account_highlights",
	"account_relationships", "account_activities", "activity_types", "account_files", "attachments",
	"task_comments", "knowledge_bases", "article_reviews", "route_redirects", "training_data",
	"training_data_files", "training_data_content", "training_data_documents", "audit_logs",
	"macro_groups", "macros", "surveys", "survey_responses", "feature_requests",
	"feature_request_visibility", "custom_objects", "custom_objects_bulk", "call_recordings",
	"contact_imports", "issue_imports", "message_imports", "devin_connections",
}

var knownActions = []string{"list", "get", "create", "update", "delete", "search", "download", storeSearch, serviceSearch}

// operation reads entity and action out of a tool's name.
func operation(name string) (entity, action string) {
	name = strings.ReplaceAll(strings.ToLower(name), "-", "_")
	for _, e := range knownEntities {
		rest, found := strings.CutPrefix(name, e+"_")
		if !found {
			_, rest, found = strings.Cut(name, "_"+e+"_")
		}
		if found && len(e) > len(entity) {
			entity, action = e, rest
		}
	}
	return entity, action
}
