package create

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
)

// DefaultWebapp is the web application where people enter credentials.
const DefaultWebapp = "https://app.airbyte.ai"

// WidgetWorkspace reads the workspace's id out of a widget token: base64 of a
// JSON object whose widgetUrl carries it. Errors do not repeat the token.
func WidgetWorkspace(token string) (id string, err error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(token))
	if err != nil {
		return "", errors.New("create: the widget token is not base64")
	}
	var payload struct {
		WidgetURL string `json:"widgetUrl"`
	}
	if json.Unmarshal(bytes.TrimSpace(raw), &payload) != nil {
		return "", errors.New("create: the widget token holds no json object")
	}
	widget, err := url.Parse(payload.WidgetURL)
	if err != nil {
		return "", errors.New("create: the widget token holds no address")
	}
	if id = widget.Query().Get("workspaceId"); id == "" {
		return "", errors.New("create: the widget token names no workspace")
	}
	return id, nil
}

// WidgetPage is the address where a person enters the credentials of a session.
func WidgetPage(webapp *url.URL, token, session string, t Template) string {
	query := url.Values{
		"widget_token":       {token},
		"session":            {session},
		"selectedTemplateId": {t.ID},
		"showEntityPicker":   {"true"},
	}
	if t.OrganizationID == "" {
		query.Set("useGlobalTemplates", "true")
	}
	u := *webapp
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/")+"/widget-bridge", ""
	u.RawQuery = query.Encode()
	return u.String()
}
