package failure

import "encoding/json"

// The exit codes.
const (
	ExitOK          = 0
	ExitGeneral     = 1
	ExitAuth        = 2
	ExitNotFound    = 3
	ExitInput       = 4
	ExitInterrupted = 130
)

// Error is a failure as the user sees it. Members that are empty are left out.
type Error struct {
	Type              string            `json:"type"`
	Message           string            `json:"message,omitempty"`
	StatusCode        int               `json:"status_code,omitempty"` // HTTP
	Retryable         *bool             `json:"retryable,omitempty"`
	RetryAfterSeconds int               `json:"retry_after_seconds,omitempty"`
	Fields            map[string]string `json:"fields,omitempty"` // what is wrong with each parameter
	Detail            json.RawMessage   `json:"detail,omitempty"`
	Hint              string            `json:"hint,omitempty"` // what to do
	DidYouMean        string            `json:"did_you_mean,omitempty"`
	Candidates        []string          `json:"candidates,omitempty"` // what could have been meant
	AvailableCommands []string          `json:"available_commands,omitempty"`
	Warnings          []string          `json:"warnings,omitempty"` // what else the user should know

	Exit int   `json:"-"`
	Err  error `json:"-"` // the cause, nil when there is none
}

// Error returns the message.
func (e *Error) Error() string {
	if e.Message != "" {
		return e.Message
	}
	return e.Type
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// WithHint sets what to do about the failure, and returns it.
func (e *Error) WithHint(hint string) *Error {
	e.Hint = hint
	return e
}
