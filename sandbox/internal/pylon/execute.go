package pylon

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// actionSearch is the platform's own search over cached records.
const actionSearch = "context_store_search"

// Operation names one operation of the connector.
type Operation struct {
	Entity string
	Action string
}

type operation struct {
	Operation

	writes bool
	run    func(*Organization, json.RawMessage) (Reply, error)
}

func bind[P any](entity, action string, fn func(*Organization, P) (Reply, error)) operation {
	run := func(o *Organization, raw json.RawMessage) (Reply, error) {
		params, err := decodeParams[P](raw)
		if err != nil {
			return Reply{}, err
		}
		return fn(o, params)
	}
	return operation{Operation: Operation{Entity: entity, Action: action}, run: run}
}

func bindWrite[P any](entity, action string, fn func(*Organization, P) (Reply, error)) operation {
	op := bind(entity, action, fn)
	op.writes = true
	return op
}

// Execute runs one operation. Params is a JSON object, or empty for none. A
// refusal is an [*Error]: 404 for an entity or a record that does not exist,
// 400 for an action or parameters that are not valid.
func (o *Organization) Execute(entity, action string, params json.RawMessage) (Reply, error) {
	op, err := o.lookup(entity, action)
	if err != nil {
		return Reply{}, err
	}
	if op.writes {
		o.mu.Lock()
		defer o.mu.Unlock()
	} else {
		o.mu.RLock()
		defer o.mu.RUnlock()
	}
	return op.run(o, params)
}

func (o *Organization) lookup(entity, action string) (operation, error) {
	actions, ok := o.operations[entity]
	if !ok {
		return operation{}, &Error{
			Status:  http.StatusNotFound,
			Message: "unknown entity " + quoted(entity) + ": use one of " + strings.Join(entityNames(), ", "),
			Code:    codeNotFound,
		}
	}
	if action == actionSearch {
		return o.searchOperation(entity)
	}
	op, ok := actions[action]
	if !ok {
		return operation{}, badRequest("unknown action %s of %s: use one of %s", quoted(action), entity, strings.Join(o.actionNames(entity), ", "))
	}
	return op, nil
}

// quoted keeps a hostile name from flooding the message.
func quoted(name string) string {
	const longest = 80
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest], "") + "..."
	}
	return strconv.Quote(name)
}

// Operations returns the connector's operations in the order in which its
// manifest declares them. Context store search is not among them.
func Operations() []Operation {
	var names []Operation
	for _, op := range operations() {
		names = append(names, op.Operation)
	}
	return names
}

func entityNames() []string {
	var names []string
	seen := map[string]bool{}
	for _, op := range operations() {
		if !seen[op.Entity] {
			seen[op.Entity] = true
			names = append(names, op.Entity)
		}
	}
	return names
}

func (o *Organization) actionNames(entity string) []string {
	var names []string
	for _, op := range operations() {
		if op.Entity == entity {
			names = append(names, op.Action)
		}
	}
	if _, ok := o.storeEntity(entity); ok {
		names = append(names, actionSearch)
	}
	return names
}

func indexOperations() map[string]map[string]operation {
	index := map[string]map[string]operation{}
	for _, op := range operations() {
		if index[op.Entity] == nil {
			index[op.Entity] = map[string]operation{}
		}
		index[op.Entity][op.Action] = op
	}
	return index
}
