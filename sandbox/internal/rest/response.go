package rest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// errorBody is the service's error envelope: one message in every sample seen.
type errorBody struct {
	Errors   []string `json:"errors"`
	Code     string   `json:"code,omitempty"`
	ExistsID string   `json:"exists_id,omitempty"`
}

func (h *Handler) refuse(w http.ResponseWriter, route pylon.Route, refusal *pylon.Error) {
	body, err := plainjson.Encode(errorBody{Errors: []string{refusal.Message}, Code: refusal.Code, ExistsID: refusal.ExistsID})
	if err != nil {
		panic(err) // texts always encode
	}
	h.send(w, refusal.Status, body, h.org.RequestID(route, false))
}

// send adds the request's id to the end of an object and writes it. A write
// error means that the client went away, which is its right.
func (h *Handler) send(w http.ResponseWriter, status int, body json.RawMessage, requestID string) {
	open := bytes.TrimSuffix(body, []byte("}"))
	answer := append(bytes.Clone(open), `,"request_id":"`+requestID+`"}`...)
	if len(open) == 1 {
		answer = []byte(`{"request_id":"` + requestID + `"}`)
	}
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(answer)))
	header.Set("X-Pylon-Request-ID", requestID)
	header.Set("Access-Control-Expose-Headers", "X-Pylon-Request-ID")
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}
