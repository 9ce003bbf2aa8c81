package doctor

import (
	"cmp"
	"errors"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/platform"
)

// The outcomes of a check.
const (
	OK      = "ok"
	Warning = "warning" // it works, and something is not as it should be
	Failed  = "failed"
	Skipped = "skipped"
)

// opToken is how package platform calls the step that gets a token.
const opToken = "token"

// notTried is why a check is skipped unless there is another reason.
const notTried = "not tried, because a check before it failed"

// Check is one thing that was tried.
type Check struct {
	Name    string  `json:"name"`
	Status  string  `json:"status"`
	Message string  `json:"message"`          // what was found
	Hint    string  `json:"hint,omitempty"`   // what to do about it
	Values  []Value `json:"values,omitempty"` // of the settings

	err error // of a failure, decides the exit code
}

// Value is one setting and where it comes from. It is never a secret.
type Value struct {
	Name   string `json:"name"`
	Value  string `json:"value,omitempty"` // "" for a secret, and for what is not set
	Source string `json:"source"`
}

// Report is what doctor found.
type Report struct {
	OK     bool    `json:"ok"` // nothing failed
	Mode   string  `json:"mode"`
	Checks []Check `json:"checks"`
}

// set records the outcome of a check in its place; the values stay.
func (r *Report) set(c Check) {
	old := r.find(c.Name)
	c.Values = old.Values
	*old = c
}

// find returns the check of that name, which is added when it is new. The
// pointer holds until the next call.
func (r *Report) find(name string) *Check {
	for i := range r.Checks {
		if r.Checks[i].Name == name {
			return &r.Checks[i]
		}
	}
	r.Checks = append(r.Checks, Check{Name: name})
	return &r.Checks[len(r.Checks)-1]
}

func (r *Report) ok(name, message string) {
	r.set(Check{Name: name, Status: OK, Message: message})
}

func (r *Report) warn(name, message, hint string) {
	r.set(Check{Name: name, Status: Warning, Message: message, Hint: hint})
}

// fail records what an error says, in the words of the command line.
func (r *Report) fail(name string, err error) {
	e := failure.From(err)
	message := e.Error()
	if cause, ok := errors.AsType[*platform.Error](err); ok && cause.Op == opToken {
		message = strings.TrimPrefix(message, opToken+": ") // nobody has asked for a token
	}
	r.set(Check{Name: name, Status: Failed, Message: message, Hint: e.Hint, err: e})
}

// skip records why checks were not tried.
func (r *Report) skip(why string, names ...string) {
	for _, name := range names {
		r.set(Check{Name: name, Status: Skipped, Message: why})
	}
}

// failure is the first failure with a code that says more than that there is
// one, else the first one; nil when nothing failed.
func (r *Report) failure() error {
	var first *failure.Error
	for _, c := range r.Checks {
		if c.Status != Failed {
			continue
		}
		e := *failure.From(c.err)
		e.Message, e.Hint = c.Name+": "+c.Message, c.Hint
		if e.Exit != failure.ExitGeneral {
			return &e
		}
		first = cmp.Or(first, &e)
	}
	if first == nil {
		return nil
	}
	return first
}
