package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// WebappURL is the base URL of the simulated web application, without a
// trailing slash, as AIRBYTE_WEBAPP_URL takes it. It has two pages:
// /widget-bridge, where a visit stands for the person who enters credentials
// (see [WithWidget]), and /organizations/<id>/credentials, which only says what
// it is.
func (s *Sandbox) WebappURL() string { return s.url }

// WidgetOutcome is what a visit to the widget's page does to its session.
type WidgetOutcome int

// The outcomes.
const (
	// WidgetCompletes ends the session with the credentials of a Pylon
	// connector, which the program then makes.
	WidgetCompletes WidgetOutcome = iota
	// WidgetCreates makes the connector itself, and ends the session with its
	// id.
	WidgetCreates
	// WidgetFails ends the session as failed.
	WidgetFails
	// WidgetErrs ends the session with the other status that means a failure.
	WidgetErrs
	// WidgetWaits leaves the session pending, as when the person walks away.
	WidgetWaits
	// WidgetRefuses completes the session with credentials that Pylon does not
	// accept: [RefusedAPIToken].
	WidgetRefuses
)

// WithWidget says how a visit to the widget's page ends. The default is
// [WidgetCompletes].
func WithWidget(outcome WidgetOutcome) Option {
	return func(c *config) error {
		if outcome < WidgetCompletes || outcome > WidgetRefuses {
			return fmt.Errorf("WithWidget: %d is no outcome", outcome)
		}
		c.widget = outcome
		return nil
	}
}

// widgetPage is what the browser opens. It has no bearer token: the widget
// token in its address says who comes.
func (s *Sandbox) widgetPage(c *call) (response, error) {
	query := c.request.URL.Query()
	token, ok := s.widgetClaims(query.Get("widget_token"))
	if !ok {
		return page(http.StatusUnauthorized, "Not signed in", "The widget token is invalid or has expired.")
	}
	session, ok := s.sessions.find(query.Get("session"))
	if !ok || session.WorkspaceID != token.WorkspaceID {
		return page(http.StatusNotFound, "Not found", "There is no such session in the workspace of the widget token.")
	}
	if template := query.Get("selectedTemplateId"); !strings.EqualFold(template, session.TemplateID) {
		return page(http.StatusBadRequest, "Not found", "The session is for another type of connector.")
	}
	if err := s.sessions.visit(session.ID, s.config.widget, s.connectFromWidget); err != nil {
		return response{}, err
	}
	return page(http.StatusOK, "Connect "+pylonName, widgetText(s.config.widget))
}

func widgetText(outcome WidgetOutcome) string {
	switch outcome {
	case WidgetFails, WidgetErrs:
		return "The sandbox was told to fail here: the session has ended without credentials."
	case WidgetWaits:
		return "The sandbox was told to wait here: the session stays pending."
	case WidgetCompletes, WidgetCreates, WidgetRefuses:
	}
	return "You would enter credentials here. The sandbox has filled in its own, and you may close this page."
}

// widgetClaims opens the base64 that the widget-token route gives out.
func (s *Sandbox) widgetClaims(encoded string) (claims, bool) {
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return claims{}, false
	}
	var payload widgetPayload
	if err := json.Unmarshal(raw, &payload); err != nil {
		return claims{}, false
	}
	return s.tokens.verify(payload.Token)
}

// connectFromWidget makes the connector of a session in its workspace.
func (s *Sandbox) connectFromWidget(session oauthSession) (id string, err error) {
	ws, ok := session.org.workspace(session.WorkspaceID)
	if !ok {
		return "", noWorkspace(session.WorkspaceID)
	}
	now := timestamp(s.config.now())
	made := &connector{
		id:          s.ids.next(),
		name:        connectorName(ws.Name),
		workspaceID: ws.ID,
		entities:    json.RawMessage("[]"),
		createdAt:   now,
		updatedAt:   now,
	}
	session.org.addConnector(made)
	return made.id, nil
}
