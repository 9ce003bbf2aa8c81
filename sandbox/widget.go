package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
)

type widgetPayload struct {
	WidgetURL string `json:"widgetUrl"`
	Token     string `json:"token"`
}

// issueWidgetToken answers with the base64 of a JSON object, as the service
// does: the widget's address, which names the workspace, and a scoped token.
func (s *Sandbox) issueWidgetToken(c *call) (response, error) {
	in, err := parseFields(c.body)
	if err != nil {
		return response{}, err
	}
	name := workspaceName(in)
	origin := in.text("allowed_origin")
	in.id("region_id")
	in.texts("selected_source_template_tags")
	in.texts("selected_connection_template_tags")
	in.oneOf("selected_source_template_tags_mode", "all", "any")
	in.oneOf("selected_connection_template_tags_mode", "all", "any")
	if err := in.err(); err != nil {
		return response{}, err
	}
	token := s.scopedToken(c.org, name)
	ws, _ := c.org.workspaceNamed(name)
	query := url.Values{"workspaceId": {ws.ID}, "allowedOrigin": {origin}}
	payload, err := json.Marshal(widgetPayload{s.url + "/widget?" + query.Encode(), token})
	if err != nil {
		return response{}, err
	}
	return success(bareToken{base64.StdEncoding.EncodeToString(payload)})
}
