package sandbox

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

type checkReply struct {
	ID            *string         `json:"id"`
	Status        string          `json:"status"`
	ErrorMessage  *string         `json:"error_message"`
	FailureReason *failureReason  `json:"failure_reason"`
	EntityResults []entityOutcome `json:"entity_check_results"`
}

type entityOutcome struct {
	Entity       string  `json:"entity"`
	Status       string  `json:"status"`
	StatusCode   int     `json:"status_code"`
	ErrorMessage *string `json:"error_message"`
}

type failureReason struct {
	Timestamp        int64   `json:"timestamp"`
	FailureOrigin    string  `json:"failure_origin"`
	FailureType      string  `json:"failure_type"`
	ExternalMessage  string  `json:"external_message"`
	InternalMessage  string  `json:"internal_message"`
	Stacktrace       *string `json:"stacktrace"`
	Retryable        bool    `json:"retryable"`
	FromTraceMessage bool    `json:"from_trace_message"`
	StreamDescriptor *string `json:"stream_descriptor"`
}

// checkNew tests a configuration that is not stored.
func (s *Sandbox) checkNew(c *call) (response, error) {
	made, err := s.newConnector(c)
	if err != nil {
		return response{}, err
	}
	return s.check(c, *made)
}

// checkExisting tests a stored connector with the changes of the body, which
// may be empty and is not stored.
func (s *Sandbox) checkExisting(c *call) (response, error) {
	found, err := c.connector(c.request.PathValue("id"))
	if err != nil {
		return response{}, err
	}
	if len(c.body) > 0 {
		in, err := parseFields(c.body)
		if err != nil {
			return response{}, err
		}
		s.connectorChange(in)(&found)
		if err := in.err(); err != nil {
			return response{}, err
		}
	}
	return s.check(c, found)
}

// check reads the entity that Pylon's connector prefers for it: accounts.
func (s *Sandbox) check(c *call, tested connector) (response, error) {
	outcome := entityOutcome{Entity: "accounts", Status: "succeeded", StatusCode: http.StatusOK}
	if message := s.checkEntity(c, tested, outcome.Entity, &outcome.StatusCode); message != "" {
		outcome.Status, outcome.ErrorMessage = "failed", &message
	}
	reply := checkReply{Status: outcome.Status, ErrorMessage: outcome.ErrorMessage, EntityResults: []entityOutcome{outcome}}
	if tested.id != "" {
		reply.ID = &tested.id
	}
	if outcome.ErrorMessage != nil {
		reply.FailureReason = &failureReason{
			Timestamp:       s.config.now().UnixMilli(),
			FailureOrigin:   "source",
			FailureType:     "config_error",
			ExternalMessage: *outcome.ErrorMessage,
			InternalMessage: *outcome.ErrorMessage,
		}
	}
	return success(reply)
}

func (s *Sandbox) checkEntity(c *call, tested connector, entity string, status *int) string {
	if tested.credentials != credentialsAccepted {
		*status = http.StatusUnauthorized
		return "Pylon: " + string(tested.credentials)
	}
	_, err := c.org.pylon().Execute(entity, "list", json.RawMessage("{}"))
	if err == nil {
		return ""
	}
	*status = http.StatusInternalServerError
	if upstream, ok := errors.AsType[*pylon.Error](err); ok {
		*status = upstream.Status
	}
	return "Pylon: " + err.Error()
}
