package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// apiError is a refusal in OpenAI's error shape. Param and Code are null when
// empty.
type apiError struct {
	Status  int
	Message string
	Type    string
	Param   string
	Code    string
}

func (e *apiError) Error() string { return e.Message }

// MarshalJSON writes {"error":{"message","type","param","code"}}.
func (e *apiError) MarshalJSON() ([]byte, error) {
	type body struct {
		Message string  `json:"message"`
		Type    string  `json:"type"`
		Param   *string `json:"param"`
		Code    *string `json:"code"`
	}
	return json.Marshal(map[string]body{"error": {e.Message, e.Type, optional(e.Param), optional(e.Code)}})
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

const invalidRequest = "invalid_request_error"

// refuse builds the common refusal: status 400 on one parameter.
func refuse(param, code, format string, args ...any) *apiError {
	return &apiError{
		Status:  http.StatusBadRequest,
		Message: fmt.Sprintf(format, args...),
		Type:    invalidRequest,
		Param:   param,
		Code:    code,
	}
}

// decodeError turns a failure of encoding/json into a refusal that names the
// field.
func decodeError(err error) *apiError {
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && mismatch.Field != "" {
		return refuse(mismatch.Field, "invalid_type", "invalid type for %q: got %s", mismatch.Field, mismatch.Value)
	}
	return refuse("", "", "the request body is not the JSON object this endpoint reads: %v", err)
}
