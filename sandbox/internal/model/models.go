package model

import (
	"net/http"
	"strings"
	"time"
)

// released is the creation time in the model list; the list must not change
// from call to call.
var released = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

type modelCard struct {
	ID      string `json:"id"`
	Object  string `json:"object"`
	Created int64  `json:"created"`
	OwnedBy string `json:"owned_by"`
}

func card(id string) modelCard {
	return modelCard{ID: id, Object: "model", Created: released.Unix(), OwnedBy: "sandbox"}
}

func (h *handler) models(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, struct {
		Object string      `json:"object"`
		Data   []modelCard `json:"data"`
	}{"list", []modelCard{card(Name)}})
}

// model describes any model, as every name is accepted.
func (h *handler) model(w http.ResponseWriter, r *http.Request) error {
	_, id, _ := strings.Cut(r.URL.Path, "/models/")
	return writeJSON(w, http.StatusOK, card(id))
}
