package sandbox

import (
	"encoding/json"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

type description struct {
	Describe describedConnector `json:"describe"`
}

type describedConnector struct {
	Connector string            `json:"connector"`
	Entities  []describedEntity `json:"entities"`
}

type describedEntity struct {
	Name        string            `json:"name"`
	Description string            `json:"description"`
	Actions     []describedAction `json:"actions"`
}

type describedAction struct {
	Name       string               `json:"name"`
	Parameters []manifest.Parameter `json:"parameters"`
}

// describe answers the older way to learn what a connector can do.
func describe() (json.RawMessage, error) {
	doc, err := pylonManifest()
	if err != nil {
		return nil, err
	}
	out := description{Describe: describedConnector{Connector: pylonSlug, Entities: []describedEntity{}}}
	for _, entity := range doc.Entities {
		if actions := describeActions(entity); len(actions) > 0 {
			out.Describe.Entities = append(out.Describe.Entities, describedEntity{entity.Name, entity.Summary, actions})
		}
	}
	return plainjson.Encode(out)
}

func describeActions(entity manifest.Entity) []describedAction {
	var actions []describedAction
	for _, op := range entity.Operations {
		if op.DirectOnly {
			continue
		}
		action := describedAction{Name: op.Action, Parameters: []manifest.Parameter{}}
		for _, p := range op.Parameters {
			if !p.DirectOnly {
				action.Parameters = append(action.Parameters, p)
			}
		}
		actions = append(actions, action)
	}
	if entity.Search != nil {
		actions = append(actions, describedAction{Name: searchAction, Parameters: []manifest.Parameter{}})
	}
	return actions
}
