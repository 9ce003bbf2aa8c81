package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
)

// oauthSession is one walk through the widget: begun by a program, ended by the
// person in the browser.
type oauthSession struct {
	ID           string          `json:"session_id"`
	Status       string          `json:"status"`
	Error        *string         `json:"error"`
	SourceID     *string         `json:"source_id"`
	TemplateID   string          `json:"source_template_id"`
	DefinitionID string          `json:"source_definition_id"`
	WorkspaceID  string          `json:"workspace_id"`
	AuthPayload  json.RawMessage `json:"auth_payload"`

	org *organization
}

const (
	sessionPending   = "pending"
	sessionCompleted = "completed"
	sessionFailed    = "failed"
	sessionError     = "error"
)

// sessionStore keeps the sessions of all organizations.
type sessionStore struct {
	mu   sync.Mutex
	byID map[string]*oauthSession
}

func (s *sessionStore) add(made oauthSession) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byID == nil {
		s.byID = map[string]*oauthSession{}
	}
	s.byID[made.ID] = &made
}

// find returns a copy of the session.
func (s *sessionStore) find(id string) (oauthSession, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.byID[strings.ToLower(id)]
	if !ok {
		return oauthSession{}, false
	}
	return *found, true
}

// visit ends a pending session; a page that is loaded again changes nothing.
func (s *sessionStore) visit(id string, outcome WidgetOutcome, connect func(oauthSession) (string, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	session, ok := s.byID[strings.ToLower(id)]
	if !ok || session.Status != sessionPending {
		return nil
	}
	reason := "The sandbox was told to fail here"
	switch outcome {
	case WidgetWaits:
	case WidgetFails:
		session.Status, session.Error = sessionFailed, &reason
	case WidgetErrs:
		session.Status, session.Error = sessionError, &reason
	case WidgetCreates:
		made, err := connect(*session)
		if err != nil {
			return err
		}
		session.Status, session.SourceID = sessionCompleted, &made
	case WidgetCompletes:
		session.Status, session.AuthPayload = sessionCompleted, json.RawMessage(`{"api_token":"`+PylonToken+`"}`)
	case WidgetRefuses:
		session.Status, session.AuthPayload = sessionCompleted, json.RawMessage(`{"api_token":"`+RefusedAPIToken+`"}`)
	}
	return nil
}

// consume notes the connector that was made of the session, and forgets the
// credentials in it.
func (s *sessionStore) consume(id, sourceID string) oauthSession {
	s.mu.Lock()
	defer s.mu.Unlock()
	session := s.byID[strings.ToLower(id)]
	session.SourceID, session.AuthPayload = &sourceID, nil
	return *session
}

type sessionReply struct {
	SessionID string `json:"session_id"`
}

func (s *Sandbox) beginSession(c *call) (response, error) {
	in, err := parseFields(c.body)
	if err != nil {
		return response{}, err
	}
	made := oauthSession{
		ID:           s.ids.next(),
		Status:       sessionPending,
		DefinitionID: in.requiredID("source_definition_id"),
		WorkspaceID:  in.requiredID("workspace_id"),
		TemplateID:   in.requiredID("source_template_id"),
		org:          c.org,
	}
	if err := in.err(); err != nil {
		return response{}, err
	}
	if !strings.EqualFold(made.DefinitionID, PylonDefinitionID) || !strings.EqualFold(made.TemplateID, pylonTemplateID) {
		return response{}, refuse(http.StatusNotFound, "The sandbox knows only %s: definition %s, template %s", pylonName, PylonDefinitionID, pylonTemplateID)
	}
	if _, ok := c.org.workspace(made.WorkspaceID); !ok {
		return response{}, noWorkspace(made.WorkspaceID)
	}
	s.sessions.add(made)
	return success(sessionReply{made.ID})
}

// session finds the session that the path names, if it is the caller's.
func (s *Sandbox) session(c *call) (oauthSession, error) {
	id := c.request.PathValue("id")
	found, ok := s.sessions.find(id)
	if !ok || found.org != c.org {
		return oauthSession{}, refuse(http.StatusNotFound, "Session %s not found", id)
	}
	return found, nil
}

func (s *Sandbox) getSession(c *call) (response, error) {
	found, err := s.session(c)
	if err != nil {
		return response{}, err
	}
	return success(found)
}

func (s *Sandbox) endSession(c *call) (response, error) {
	found, err := s.session(c)
	if err != nil {
		return response{}, err
	}
	in, err := parseFields(c.body)
	if err != nil {
		return response{}, err
	}
	source := in.requiredID("source_id")
	if err := in.err(); err != nil {
		return response{}, err
	}
	if _, err := c.connector(source); err != nil {
		return response{}, err
	}
	return success(s.sessions.consume(found.ID, source))
}
