package direct

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// maxParents bounds how far a probe climbs from a record to the one that it
// belongs to.
const maxParents = 5

// parent is what came of listing a parent.
type parent struct {
	data json.RawMessage
	err  error
}

// source says where a parameter's value comes from: the key of a record of
// another entity. It is a relationship without what only tells of it.
type source struct {
	entity, key string
	filter      []manifest.FieldValues
}

// sourceOf finds where the value of a parameter comes from: what the parameter
// itself says, or else a relationship of the entity, or else, where it must have
// a value, one of any other entity; nil for nowhere.
func sourceOf(doc *manifest.Document, e *manifest.Entity, p *manifest.Parameter) *source {
	if p.Parent != nil {
		return &source{entity: p.Parent.Entity, key: p.Parent.Key}
	}
	// The last relationship of an entity's own counts, and the first of others.
	for i := len(e.Relationships) - 1; i >= 0; i-- {
		if r := &e.Relationships[i]; serves(doc, r, e, p) {
			return sourceBy(r)
		}
	}
	// Every record has a plain id: of which entity this one is, nobody says.
	if p.Name == "id" || !p.Required {
		return nil
	}
	for i := range doc.Entities {
		for j := range doc.Entities[i].Relationships {
			if r := &doc.Entities[i].Relationships[j]; serves(doc, r, e, p) {
				return sourceBy(r)
			}
		}
	}
	return nil
}

func sourceBy(r *manifest.Relationship) *source {
	return &source{entity: r.Target, key: r.TargetKey, filter: r.Filter}
}

// serves reports whether a relationship can give p, a parameter of e, its value.
// One with e itself cannot: it is e's own id that is looked for. A relationship
// by a plain id tells of the record; only in a path is that the parent's.
func serves(doc *manifest.Document, r *manifest.Relationship, e *manifest.Entity, p *manifest.Parameter) bool {
	if r.ForeignKey != p.Name || r.Target == e.Name || (p.Name == "id" && p.In != "path") {
		return false
	}
	target := entityOf(doc, r.Target)
	return target != nil && operationOf(target, "list") != nil
}

// parentKey reads the key of the first fitting record of the parent.
func (p *probe) parentKey(ctx context.Context, from *source, depth int) (json.RawMessage, error) {
	if depth >= maxParents {
		return nil, notGiven("the parents of %s go deeper than %d levels", from.entity, maxParents)
	}
	found, err := p.list(ctx, from, depth)
	if err != nil {
		return nil, parentFailure(from.entity, err)
	}
	for row := range envelope.Rows(found) {
		if !fits(row, from.filter) {
			continue
		}
		if key := gjson.GetBytes(row, gjsonKey(from.key)); key.Exists() && key.Type != gjson.Null {
			return json.RawMessage(key.Raw), nil
		}
		return nil, failure(fault.NotFound, "the first of %s has no %s", from.entity, from.key)
	}
	return nil, failure(fault.NotFound, "%s has no record to take %s from", from.entity, from.key)
}

// fits reports whether every filtered field of row is one of its values.
func fits(row json.RawMessage, filter []manifest.FieldValues) bool {
	for _, f := range filter {
		if !slices.Contains(f.Values, gjson.GetBytes(row, gjsonKey(f.Field)).String()) {
			return false
		}
	}
	return true
}

func parentFailure(target string, err error) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind == fault.Canceled {
		return err
	}
	copied := *e
	copied.Message = "list " + target + ": " + e.Message
	return &copied
}

// list fetches the records of a parent once per check: one of them, unless it
// has to be looked for.
func (p *probe) list(ctx context.Context, from *source, depth int) (json.RawMessage, error) {
	short := len(from.filter) == 0
	key := fmt.Sprint(from.entity, " ", short)
	if known, ok := p.parents[key]; ok {
		return known.data, known.err
	}
	e := entityOf(p.client.doc, from.entity)
	if e == nil {
		return nil, notGiven("the manifest has no entity %q", from.entity)
	}
	op := operationOf(e, "list")
	if op == nil {
		return nil, notGiven("entity %q has no list", from.entity)
	}
	params, err := p.parameters(ctx, e, op, depth+1)
	var data json.RawMessage
	if err == nil {
		var res *Result
		if res, err = p.client.page(ctx, from.entity, op, params, short); err == nil {
			data = res.Data
		}
	}
	p.parents[key] = parent{data, err}
	return data, err
}
