package manifest

import "encoding/json"

// Server is where the service is. URL may hold {variables}.
type Server struct {
	URL       string     `json:"url"`
	Variables []Variable `json:"variables,omitempty"`
}

// Variable is a part of the server's address that the program sets.
type Variable struct {
	Name        string   `json:"name"`
	Default     string   `json:"default,omitempty"` // "" when the program must set it
	Enum        []string `json:"enum,omitempty"`    // the legal values, nil when any will do
	Description string   `json:"description,omitempty"`
}

// Scope fills in a parameter that a call leaves out, wherever it travels, from
// the configuration.
type Scope struct {
	Parameter string `json:"parameter"`
	ConfigKey string `json:"config_key"`
}

// Derived is a configuration value that is the end of a credential: what comes
// after the last Delimiter of Source.
type Derived struct {
	Target    string `json:"target"`
	Source    string `json:"source"`
	Delimiter string `json:"delimiter"`
}

// Retry says when a call is repeated. A nil pointer to it means DefaultRetry.
type Retry struct {
	Attempts     int     `json:"attempts"`      // in all; 1 turns retries off
	InitialDelay float64 `json:"initial_delay"` // seconds
	MaxDelay     float64 `json:"max_delay"`     // seconds
	Base         float64 `json:"base"`          // each delay is the one before times this
	Jitter       bool    `json:"jitter"`        // delays are random between 0 and the computed one
	Statuses     []int   `json:"statuses"`
	OnTimeout    bool    `json:"on_timeout"`
	OnNetwork    bool    `json:"on_network"`
	WaitHeader   string  `json:"wait_header"` // the service's own word on how long to wait
	WaitFormat   string  `json:"wait_format"` // "seconds", "milliseconds" or "unix_timestamp"
}

// DefaultRetry is what holds where a manifest says nothing. Every key that a
// manifest leaves out has its value.
func DefaultRetry() Retry {
	return Retry{
		Attempts: 3, InitialDelay: 1, MaxDelay: 60, Base: 2, Jitter: true,
		Statuses:  []int{429, 500, 502, 503, 504},
		OnTimeout: true, OnNetwork: true,
		WaitHeader: "Retry-After", WaitFormat: "seconds",
	}
}

// ErrorCheck tells an error that comes with a success status: an object whose
// Field is OnValue.
type ErrorCheck struct {
	Field        string          `json:"field"`
	OnValue      json.RawMessage `json:"on_value"`
	MessageField string          `json:"message_field,omitempty"`
}
