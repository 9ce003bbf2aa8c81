package pylon

import (
	"fmt"
	"net/http"
	"strings"
)

const codeNotFound = "not_found"

// Error is the service's refusal of one operation.
type Error struct {
	// Status is the HTTP status of the refusal.
	Status int
	// Message is the text for the caller.
	Message string
	// Code is the machine-readable reason, empty where the service has none.
	Code string
	// ExistsID is the id of the record that a duplicate collides with.
	ExistsID string
}

// Error returns the status and the message.
func (e *Error) Error() string {
	return fmt.Sprintf("pylon: %d: %s", e.Status, e.Message)
}

func badRequest(format string, args ...any) *Error {
	return &Error{Status: http.StatusBadRequest, Message: fmt.Sprintf(format, args...)}
}

// notFound names the kind of record the way the service does: "Issue not found!".
func notFound(object string) *Error {
	return &Error{Status: http.StatusNotFound, Message: object + " not found!", Code: codeNotFound}
}

func duplicate(existsID, format string, args ...any) *Error {
	err := badRequest(format, args...)
	err.ExistsID = existsID
	return err
}

// notOneOf refuses a value outside an enumeration and lists the legal ones.
func notOneOf(name, value string, legal []string) *Error {
	return badRequest("%s %q is not valid: use one of %s", name, value, strings.Join(legal, ", "))
}
