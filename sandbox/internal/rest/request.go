package rest

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// checkToken refuses everything but the one token.
func (h *Handler) checkToken(authorization string) *pylon.Error {
	scheme, token, _ := strings.Cut(authorization, " ")
	token = strings.TrimSpace(token)
	switch {
	case !strings.EqualFold(scheme, "bearer") || token == "":
		return unauthorized(
			"invalid_authorization_header",
			"Token must follow Bearer authorization scheme: https://www.rfc-editor.org/rfc/rfc6750#section-2.1.",
		)
	case token == h.options.OtherRegionToken:
		return unauthorized("wrong_region_token", "This token belongs to the other region: use that region's host")
	case token != h.options.Token:
		return unauthorized("invalid_api_token", "Invalid API token!")
	}
	return nil
}

func unauthorized(code, message string) *pylon.Error {
	return &pylon.Error{Status: http.StatusUnauthorized, Message: message, Code: code}
}

// read takes a request apart. The values of placeholders are unescaped.
func (h *Handler) read(w http.ResponseWriter, r *http.Request, names []string) (pylon.Request, error) {
	req := pylon.Request{Path: map[string]string{}, Query: r.URL.Query()}
	for _, name := range names {
		req.Path[name] = r.PathValue(name)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.options.MaxBody))
	if err != nil {
		return req, unreadable(err)
	}
	boundary, isForm := formBoundary(r.Header.Get("Content-Type"))
	if !isForm {
		req.Body = body
		return req, nil
	}
	req.Form, err = multipart.NewReader(bytes.NewReader(body), boundary).ReadForm(h.options.MaxBody)
	if err != nil {
		return req, &pylon.Error{Status: http.StatusBadRequest, Message: "the body is not a multipart form: " + err.Error()}
	}
	return req, nil
}

// formBoundary reports whether a content type is that of a multipart form. All
// others are taken for JSON, as most clients that forget the header send it.
func formBoundary(contentType string) (boundary string, ok bool) {
	kind, params, err := mime.ParseMediaType(contentType)
	return params["boundary"], err == nil && kind == "multipart/form-data"
}

func unreadable(err error) *pylon.Error {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return &pylon.Error{Status: http.StatusRequestEntityTooLarge, Message: "the body is larger than the service accepts"}
	}
	return &pylon.Error{Status: http.StatusBadRequest, Message: "the body could not be read: " + err.Error()}
}
