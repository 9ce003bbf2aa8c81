package direct_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// preferred is op as what a check should call.
func preferred(op manifest.Operation) manifest.Operation {
	op.PreferredForCheck = true
	return op
}

func newYear() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }

func TestCheckChoosesAnOperation(t *testing.T) {
	t.Parallel()
	const host = "https://api.test"
	plain := entity("plain", list("/plain"))
	post := manifest.Operation{Action: "create", Method: http.MethodPost, Path: "/things"}
	get := manifest.Operation{Action: "get", Method: http.MethodGet, Path: "/me"}
	file := manifest.Operation{Action: "download", Method: http.MethodGet, Path: "/file"}
	byDefault, byProbe, filtered := must("kind", "query"), must("since", "query"), list("/filtered")
	byDefault.Default = []byte(`"paper"`)
	byProbe.Probe = "{{ (now_utc() - duration('P1D')).strftime('%Y-%m-%d') }}"
	filtered.Records, filtered.Filter = "$", "{{ config.kind }}"
	limit := may("limit", "query")
	number := limit
	number.Type = "integer"
	read := post
	read.Action, read.Effect = "update", "read"
	tests := map[string]struct {
		entities []manifest.Entity
		values   map[string]string
		call     string // "" for none
		action   string // entity.action
	}{
		"the first list":                      {entities: []manifest.Entity{entity("x", get), plain}, call: "GET " + host + "/plain", action: "plain.list"},
		"the preferred before it":             {entities: []manifest.Entity{plain, entity("x", preferred(get))}, call: "GET " + host + "/me", action: "x.get"},
		"a preferred download":                {entities: []manifest.Entity{plain, entity("x", preferred(file))}, call: "GET " + host + "/file", action: "x.download"},
		"a preferred write is passed over":    {entities: []manifest.Entity{entity("x", preferred(post)), plain}, call: "GET " + host + "/plain", action: "plain.list"},
		"a read that is called update":        {entities: []manifest.Entity{entity("x", preferred(read)), plain}, call: "POST " + host + "/things", action: "x.update"},
		"a path parameter is passed over":     {entities: []manifest.Entity{entity("x", preferred(list("/x/{id}", must("id", "path")))), plain}, call: "GET " + host + "/plain", action: "plain.list"},
		"a header, too":                       {entities: []manifest.Entity{entity("x", list("/x", must("X-Kind", "header"))), plain}, call: "GET " + host + "/plain", action: "plain.list"},
		"the value of a default":              {entities: []manifest.Entity{entity("x", list("/x", byDefault)), plain}, call: "GET " + host + "/x?kind=paper", action: "x.list"},
		"the value of a probe":                {entities: []manifest.Entity{entity("x", list("/x", byProbe)), plain}, call: "GET " + host + "/x?since=2019-12-31", action: "x.list"},
		"a value of the configuration":        {entities: []manifest.Entity{entity("x", list("/x/{id}", must("id", "path"))), plain}, values: map[string]string{"id": "7"}, call: "GET " + host + "/x/7", action: "x.list"},
		"a filter without what it reads":      {entities: []manifest.Entity{entity("x", filtered), plain}, call: "GET " + host + "/plain", action: "plain.list"},
		"a filter with what it reads":         {entities: []manifest.Entity{entity("x", filtered), plain}, values: map[string]string{"kind": "a"}, call: "GET " + host + "/filtered", action: "x.list"},
		"an optional parameter is not needed": {entities: []manifest.Entity{entity("x", list("/x", may("q", "query")))}, call: "GET " + host + "/x", action: "x.list"},
		"as few records as can be":            {entities: []manifest.Entity{entity("x", list("/x", number))}, call: "GET " + host + "/x?limit=1", action: "x.list"},
		"a limit that is text":                {entities: []manifest.Entity{entity("x", list("/x", limit))}, call: "GET " + host + "/x?limit=1", action: "x.list"},
		"nothing":                             {entities: []manifest.Entity{entity("x", get, post), entity("y", list("/y/{id}", must("id", "path")))}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, s := serve(t, &manifest.Document{Name: "things", Entities: test.entities}, direct.Config{Values: test.values, Now: newYear}, map[string]answer{test.call: {body: "[]"}})
			got, err := client.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if test.call == "" {
				s.check()
				if got.Status != direct.Skipped || got.Message == "" || got.Action != "" {
					t.Errorf("health = %+v, want it skipped", got)
				}
				return
			}
			s.check(test.call)
			if got.Status != direct.Healthy || got.Entity+"."+got.Action != test.action {
				t.Errorf("health = %+v, want %s healthy", got, test.action)
			}
		})
	}
}

func TestCheckTellsWhatTheServiceSaid(t *testing.T) {
	t.Parallel()
	doc := &manifest.Document{Name: "things", Entities: []manifest.Entity{entity("x", list("/x"))}}
	client, _ := serve(t, doc, direct.Config{}, map[string]answer{"GET https://api.test/x": {status: http.StatusForbidden, body: `{"message":"not yours"}`}})
	got, err := client.Check(t.Context())
	want := direct.Health{
		Entity: "x", Action: "list", Status: direct.Unhealthy, Code: http.StatusForbidden,
		Message: "not yours; check what the service lets these credentials do",
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("health (-want +got), %v:\n%s", err, diff)
	}
}

// The end of the context is no finding.
func TestCheckEndsWithTheContext(t *testing.T) {
	t.Parallel()
	doc := &manifest.Document{Name: "things", Entities: []manifest.Entity{entity("x", list("/x"))}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	client, s := serve(t, doc, direct.Config{}, nil)
	_, err := client.Check(ctx)
	if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.Canceled {
		t.Errorf("error = %v", err)
	}
	if _, err = client.CheckEntities(ctx, []string{"x"}); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
	s.check()
}
