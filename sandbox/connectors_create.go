package sandbox

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// RefusedAPIToken is a Pylon API token that the simulated Pylon does not
// accept. Creating a connector with it succeeds, as the service does not look
// at credentials then; the check fails, and so does every execute.
const RefusedAPIToken = "refused-pylon-token"

func (s *Sandbox) createConnector(c *call) (response, error) {
	made, err := s.newConnector(c)
	if err != nil {
		return response{}, err
	}
	made.id = s.ids.next()
	c.org.addConnector(made)
	return success(made.detail())
}

// newConnector reads the body of create and of check into a connector that has
// no id yet.
func (s *Sandbox) newConnector(c *call) (*connector, error) {
	in, err := parseFields(c.body)
	if err != nil {
		return nil, err
	}
	name := workspaceName(in)
	if err := connectorType(in); err != nil {
		return nil, err
	}
	credentials, config := in.object("credentials"), in.object("replication_config")
	secretID := in.optionalText("server_side_oauth_secret_id")
	made := &connector{name: in.optionalText("name"), replicationConfig: config, entities: in.entities()}
	in.object("environment")
	in.texts("selected_connection_template_tags")
	in.oneOf("selected_connection_template_tags_mode", "all", "any")
	if credentials == nil && config == nil && secretID == "" {
		in.problems = append(in.problems, problem{"value_error", []any{"body"}, "Value error, provide at least one of replication_config, credentials, server_side_oauth_secret_id"})
	}
	if err := in.err(); err != nil {
		return nil, err
	}
	if credentials == nil {
		credentials = credentialsIn(config)
	}
	if made.credentials, err = judgeCredentials(credentials, secretID != ""); err != nil {
		return nil, err
	}
	return s.placeConnector(c, made, name)
}

// placeConnector puts a connector into its workspace and fills in the rest.
func (s *Sandbox) placeConnector(c *call, made *connector, workspaceName string) (*connector, error) {
	ws, ok := c.org.workspaceNamed(workspaceName)
	if !ok {
		return nil, refuse(http.StatusNotFound, "Workspace %q not found", workspaceName)
	}
	if !c.mayUse(ws.ID) {
		return nil, refuse(http.StatusForbidden, "The token is limited to another workspace")
	}
	made.workspaceID = ws.ID
	if made.name == "" {
		made.name = connectorName(ws.Name)
	}
	if made.entities == nil {
		made.entities = json.RawMessage("[]")
	}
	made.createdAt = timestamp(s.config.now())
	made.updatedAt = made.createdAt
	return made, nil
}

// connectorType checks that exactly one member says what to create, and that
// it is Pylon, the only type there is here.
func connectorType(in *fields) error {
	keys := []string{"connector_type", "definition_id", "source_template_id"}
	given := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return !in.has(key) })
	if len(given) != 1 {
		in.problems = append(in.problems, problem{"value_error", []any{"body"}, "Value error, provide exactly one of " + strings.Join(keys, ", ")})
		return nil
	}
	want, value := pylonName, ""
	switch given[0] {
	case "connector_type":
		value = in.text("connector_type")
	case "definition_id":
		want, value = PylonDefinitionID, in.id("definition_id")
	case "source_template_id":
		want, value = pylonTemplateID, in.id("source_template_id")
	}
	if err := in.err(); err != nil {
		return err
	}
	if !strings.EqualFold(value, want) {
		return refuse(http.StatusNotFound, "No connector type has the %s %q (the sandbox knows only %s)", given[0], value, pylonName)
	}
	return nil
}

// credentialsIn returns the credentials of a configuration that holds them, as
// the one does that a program makes of a session of the widget.
func credentialsIn(config json.RawMessage) json.RawMessage {
	token := gjson.GetBytes(config, "api_token")
	if !token.Exists() {
		return nil
	}
	return json.RawMessage(`{"api_token":` + token.Raw + `}`)
}

// judgeCredentials checks the shape of the credentials, which is all that the
// service checks at this point. Values never appear in the answer.
func judgeCredentials(raw json.RawMessage, oauth bool) (credentialState, error) {
	if raw == nil {
		if oauth {
			return credentialsAccepted, nil
		}
		return credentialsMissing, nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return credentialsMissing, err
	}
	provided := slices.DeleteFunc(slices.Sorted(maps.Keys(members)), func(key string) bool { return key == "option_title" })
	var token *string
	if !slices.Equal(provided, []string{"api_token"}) || json.Unmarshal(members["api_token"], &token) != nil || token == nil {
		return credentialsMissing, refuse(http.StatusBadRequest,
			"Credentials match no authentication scheme. Provided keys: [%s]. Available schemes: API Token Authentication (api_token)",
			strings.Join(provided, ", "))
	}
	switch strings.TrimSpace(*token) {
	case "":
		return credentialsMissing, nil
	case RefusedAPIToken:
		return credentialsRefused, nil
	}
	return credentialsAccepted, nil
}
