package create

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/platform"
)

// Session is a person's visit to the widget, as the API tells it.
type Session struct {
	Status      string          `json:"status"`
	Error       json.RawMessage `json:"error"`
	SourceID    string          `json:"source_id"` // of a connector that the page made itself
	TemplateID  string          `json:"source_template_id"`
	AuthPayload json.RawMessage `json:"auth_payload"`
}

// Schedule is how often a session is looked at.
type Schedule struct {
	First time.Duration // before the first look
	Every time.Duration // between looks
	Limit time.Duration // how long the person has
}

// envTimeout is the seconds that a person has in the browser.
const envTimeout = "AIRBYTE_CREDENTIAL_TIMEOUT"

// ErrTimeout is the cause of a session that nobody completed in time.
var ErrTimeout = errors.New("the credentials were not entered in time")

// ErrCredentials is the cause of a failure that is about the credentials.
var ErrCredentials = errors.New("the credentials were not accepted")

// Wait looks at a session until it is completed. One that failed matches
// [ErrCredentials], and one that stays open beyond the limit [ErrTimeout]. An
// answer that does not come is waited for; one that is a refusal ends the wait.
func Wait(ctx context.Context, s Schedule, look func(context.Context) (Session, error)) (Session, error) {
	waiting, cancel := context.WithTimeoutCause(ctx, s.Limit, ErrTimeout)
	defer cancel()
	timer := time.NewTimer(min(s.First, s.Limit))
	defer timer.Stop()
	var last error
	for {
		select {
		case <-waiting.Done():
			return Session{}, ended(waiting, s.Limit, last)
		case <-timer.C:
		}
		found, err := look(waiting)
		switch {
		case waiting.Err() != nil:
			return Session{}, ended(waiting, s.Limit, last)
		case err != nil && !passes(err):
			return Session{}, err
		case err != nil:
			last = err
		case found.Status == "completed":
			return found, nil
		case found.Status == "failed" || found.Status == "error":
			return Session{}, found.failure()
		}
		timer.Reset(s.Every)
	}
}

// passes reports whether a failure may be over at the next look.
func passes(err error) bool {
	return errors.Is(err, platform.ErrUnavailable) || errors.Is(err, platform.ErrRateLimited)
}

// ended says why the wait is over before the session is.
func ended(ctx context.Context, limit time.Duration, last error) error {
	cause := context.Cause(ctx)
	if !errors.Is(cause, ErrTimeout) {
		return cause
	}
	message := fmt.Sprintf("%v (within %v)", ErrTimeout, limit)
	if last != nil {
		message += "; the last look at the session failed: " + failure.From(last).Message
	}
	return &failure.Error{
		Type:      "timeout",
		Message:   message,
		Retryable: new(true),
		Hint:      "run it again, or give more time with " + envTimeout + "=<seconds>",
		Exit:      failure.ExitGeneral,
		Err:       ErrTimeout,
	}
}

// refused is a failure that is about credentials.
func refused(message, hint string) *failure.Error {
	return &failure.Error{
		Type:       "credential_error",
		Message:    message,
		StatusCode: http.StatusBadRequest,
		Hint:       hint,
		Exit:       failure.ExitInput,
		Err:        ErrCredentials,
	}
}

func (s Session) failure() error {
	message := "entering the credentials failed"
	if said := s.said(); said != "" {
		message += ": " + said
	}
	return refused(message, "run it again")
}

// said is the session's error, which is a text or something that holds one.
func (s Session) said() string {
	var text string
	if json.Unmarshal(s.Error, &text) == nil {
		return strings.TrimSpace(text)
	}
	return strings.TrimSpace(string(s.Error))
}

// ParseSession reads an answer about a session. The decoder's words are not
// repeated: they may quote the credentials in it.
func ParseSession(raw json.RawMessage) (Session, error) {
	var s Session
	if json.Unmarshal(raw, &s) != nil || s.Status == "" {
		return Session{}, &platform.Error{Kind: platform.KindUnavailable, Op: readSession, Message: "the answer has no status"}
	}
	return s, nil
}
