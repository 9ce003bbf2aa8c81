package direct_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// by is a relationship to the target by this key.
func by(key, target string) manifest.Relationship {
	return manifest.Relationship{Target: target, ForeignKey: key, TargetKey: "id"}
}

// related is e with relationships.
func related(e manifest.Entity, relationships ...manifest.Relationship) manifest.Entity {
	e.Relationships = relationships
	return e
}

// below is a path parameter with its parent.
func below(name, parent, key string) manifest.Parameter {
	p := must(name, "path")
	p.Parent = &manifest.Parent{Entity: parent, Key: key}
	return p
}

const (
	api      = "GET https://api.test"
	one      = `[{"id":"1","code":"c1","none":null}]`
	nobodyID = `nothing says what parameter "id" of kids should be; set it with WithConfig`
)

// families are parents, others and what each case says of their kids.
func families(kids manifest.Entity, more ...manifest.Entity) *manifest.Document {
	return &manifest.Document{Name: "things", Entities: append([]manifest.Entity{
		entity("parents", list("/parents")), entity("others", list("/others")), kids,
	}, more...)}
}

// kids is an entity below /kids with these parameters; those in the path are
// behind each other.
func kids(parameters ...manifest.Parameter) manifest.Entity {
	path := "/kids"
	for _, p := range parameters {
		if p.In == "path" {
			path += "/{" + p.Name + "}"
		}
	}
	return entity("kids", list(path, parameters...))
}

func TestProbeFindsTheParent(t *testing.T) {
	t.Parallel()
	id, parentID, inBody := must("id", "path"), must("parent_id", "path"), must("name", "body")
	byType, since := must("first", "query"), may("since", "query")
	byType.Type, byType.Probe = "integer", "{{ now_utc().strftime('%Y') }}"
	since.Default = []byte("null")
	parents, others := api+"/parents", api+"/others"
	tests := map[string]struct {
		doc    *manifest.Document
		values map[string]string
		calls  []string
		skip   string // "" it is healthy
	}{
		"a parent of the parameter's own":            {doc: families(kids(below("id", "parents", "code"))), calls: []string{parents, api + "/kids/c1"}},
		"it wins over a relationship":                {doc: families(related(kids(below("id", "parents", "id")), by("id", "others"))), calls: []string{parents, api + "/kids/1"}},
		"the configuration wins over it":             {doc: families(kids(below("id", "parents", "id"))), values: map[string]string{"id": "9"}, calls: []string{api + "/kids/9"}},
		"a plain id by a relationship of its own":    {doc: families(related(kids(id), by("id", "parents"))), calls: []string{parents, api + "/kids/1"}},
		"the last of them":                           {doc: families(related(kids(id), by("id", "others"), by("id", "parents"))), calls: []string{parents, api + "/kids/1"}},
		"the last that can be listed":                {doc: families(related(kids(id), by("id", "parents"), by("id", "mute")), entity("mute")), calls: []string{parents, api + "/kids/1"}},
		"none that can be listed":                    {doc: families(related(kids(id), by("id", "mute")), entity("mute")), skip: nobodyID},
		"a plain id by another entity's":             {doc: families(kids(id), related(entity("x"), by("id", "parents"))), skip: nobodyID},
		"a plain id that is no path's":               {doc: families(related(kids(must("id", "query")), by("id", "parents"))), skip: nobodyID},
		"its own id":                                 {doc: families(related(kids(id), by("id", "kids"))), skip: nobodyID},
		"its own id by another entity's":             {doc: families(kids(must("kid_id", "path")), related(entity("x"), by("kid_id", "kids"))), skip: `nothing says what parameter "kid_id" of kids should be; set it with WithConfig`},
		"another key by another entity's":            {doc: families(kids(parentID), related(entity("x"), by("parent_id", "parents"), by("parent_id", "others"))), calls: []string{parents, api + "/kids/1"}},
		"its own before another entity's":            {doc: families(related(kids(parentID), by("parent_id", "others")), related(entity("x"), by("parent_id", "parents"))), calls: []string{others, api + "/kids/1"}},
		"an optional key by its own":                 {doc: families(related(kids(may("parent_id", "query")), by("parent_id", "parents"))), calls: []string{parents, api + "/kids?parent_id=1"}},
		"an optional key by another entity's":        {doc: families(kids(may("parent_id", "query")), related(entity("x"), by("parent_id", "parents"))), calls: []string{api + "/kids"}},
		"an optional key that the parent has not":    {doc: families(related(kids(may("parent_id", "query")), manifest.Relationship{Target: "parents", ForeignKey: "parent_id", TargetKey: "none"})), calls: []string{parents, api + "/kids"}},
		"a template, as its type is":                 {doc: families(kids(byType, since)), calls: []string{api + "/kids?first=2020"}},
		"a body that needs what nobody gives":        {doc: families(kids(inBody)), skip: `nothing says what parameter "name" of kids should be; set it with WithConfig`},
		"parents that need what nobody gives":        {doc: families(kids(below("id", "lost", "id")), entity("lost", list("/lost", must("q", "query")))), skip: `list lost: nothing says what parameter "q" of lost should be; set it with WithConfig`},
		"parents of each other":                      {doc: families(kids(below("id", "lost", "id")), entity("lost", list("/lost/{id}", below("id", "kids", "id")))), skip: "list lost: list kids: list lost: list kids: list lost: the parents of kids go deeper than 5 levels"},
		"a parent that is not there":                 {doc: families(kids(below("id", "nobody", "id"))), skip: `list nobody: the manifest has no entity "nobody"`},
		"a parent that has no list":                  {doc: families(kids(below("id", "mute", "id")), entity("mute")), skip: `list mute: entity "mute" has no list`},
		"a template that reads what is not there":    {doc: families(kids(manifest.Parameter{Name: "q", In: "query", Probe: "{{ config.kind }}"})), skip: `value of parameter "q": template: config.kind is not there`},
		"an entity that only writes":                 {doc: families(entity("kids", manifest.Operation{Action: "create", Method: http.MethodPost, Path: "/kids"})), skip: "the entity has neither list nor get"},
		"a get where there is no list":               {doc: families(entity("kids", manifest.Operation{Action: "get", Method: http.MethodGet, Path: "/kid"})), calls: []string{api + "/kid"}},
		"a list that writes is none":                 {doc: families(entity("kids", manifest.Operation{Action: "list", Effect: "write", Method: http.MethodPost, Path: "/kids"})), skip: "the entity has neither list nor get"},
		"a grandparent":                              {doc: families(kids(below("id", "middle", "code")), entity("middle", list("/middle/{id}", below("id", "parents", "id")))), calls: []string{parents, api + "/middle/1", api + "/kids/c1"}},
		"two keys of one parent, which is read once": {doc: families(kids(below("a", "parents", "id"), below("b", "parents", "code"))), calls: []string{parents, api + "/kids/1/c1"}},
	}
	answers := map[string]answer{}
	for _, test := range tests {
		for _, call := range test.calls {
			answers[call] = answer{body: one}
		}
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, s := serve(t, test.doc, direct.Config{Values: test.values, Now: newYear}, answers)
			got, err := client.CheckEntities(t.Context(), []string{"kids"})
			if err != nil || len(got) != 1 {
				t.Fatalf("health = %v, %v", got, err)
			}
			want := direct.Health{Entity: "kids", Action: got[0].Action, Status: direct.Healthy, Message: test.skip}
			if test.skip != "" {
				want.Status = direct.Skipped
			}
			if diff := cmp.Diff(want, got[0]); diff != "" {
				t.Errorf("health (-want +got):\n%s", diff)
			}
			s.check(test.calls...)
		})
	}
}

func TestProbeTellsWhatTheServiceSaid(t *testing.T) {
	t.Parallel()
	refused, empty := answer{status: http.StatusForbidden, body: `{"message":"not yours"}`}, answer{body: "[]"}
	tests := map[string]struct {
		key     string
		parents answer
		kid     *answer // nil: it is not read
		want    direct.Health
	}{
		"of the entity":            {"id", answer{body: one}, &refused, direct.Health{Code: 403, Message: "not yours; check what the service lets these credentials do"}},
		"of its parent":            {"id", refused, nil, direct.Health{Code: 403, Message: "list parents: not yours; check what the service lets these credentials do"}},
		"there is no parent":       {"id", empty, nil, direct.Health{Message: "parents has no record to take id from"}},
		"the parent has no key":    {"other", answer{body: one}, nil, direct.Health{Message: "the first of parents has no other"}},
		"the parent's key is null": {"none", answer{body: one}, nil, direct.Health{Message: "the first of parents has no none"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answers, calls := map[string]answer{api + "/parents": test.parents}, []string{api + "/parents"}
			if test.kid != nil {
				answers[api+"/kids/1"], calls = *test.kid, append(calls, api+"/kids/1")
			}
			client, s := serve(t, families(kids(below("id", "parents", test.key))), direct.Config{}, answers)
			got, err := client.CheckEntities(t.Context(), []string{"kids"})
			if err != nil || len(got) != 1 {
				t.Fatalf("health = %v, %v", got, err)
			}
			test.want.Entity, test.want.Action, test.want.Status = "kids", "list", direct.Unhealthy
			if diff := cmp.Diff(test.want, got[0]); diff != "" {
				t.Errorf("health (-want +got):\n%s", diff)
			}
			s.check(calls...)
		})
	}
}
