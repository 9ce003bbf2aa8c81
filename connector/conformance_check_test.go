package connector_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestCase090_CheckChoosesWhatCanBeCalled(t *testing.T) {
	t.Parallel()
	const (
		pathFirst = `
		/a/{id}:
		  get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [{name: id, in: path, required: true, schema: {type: string}}]}
		/b:
		  get: {x-airbyte-entity: b, x-airbyte-action: list, parameters: [{name: q, in: query, required: true, schema: {type: string}}]}
		`
		plain = `
		/c:
		  get: {x-airbyte-entity: c, x-airbyte-action: list, parameters: [{name: limit, in: query, schema: {type: integer}}]}
		`
		preferred = `
		/d/{acct}:
		  get: {x-airbyte-entity: d, x-airbyte-action: get, x-airbyte-preferred-for-check: true, parameters: [{name: acct, in: path, required: true, schema: {type: string}}]}
		`
		fallback = `
		/e:
		  get: {x-airbyte-entity: e, x-airbyte-action: list, parameters: [{name: alt, in: query, required: true, schema: {type: string, default: media}}]}
		`
		scoping = "x-airbyte-scoping: [{param: acct, config_key: account_id}]"
	)
	tests := map[string]struct {
		paths, info string
		config      map[string]string
		call        string // "" when nothing may be sent
		status      int
		want        connector.Health
	}{
		"the first list that needs nothing": {
			paths: pathFirst + plain, call: "GET https://api.test/c?limit=1", want: connector.Health{OK: true, Status: "healthy"},
		},
		// Differs: a required parameter with a default needs no value.
		"a list whose parameter has a default": {
			paths: pathFirst + fallback + plain, call: "GET https://api.test/e?alt=media", want: connector.Health{OK: true, Status: "healthy"},
		},
		"the preferred one, with a value of the configuration": {
			paths: plain + preferred, info: scoping, config: map[string]string{"account_id": "A1"},
			call: "GET https://api.test/d/A1", want: connector.Health{OK: true, Status: "healthy"},
		},
		// Differs: the check would fail for want of a value, and say nothing about
		// the service.
		"the preferred one, whose value nobody gives": {
			paths: preferred + plain, info: scoping, call: "GET https://api.test/c?limit=1", want: connector.Health{OK: true, Status: "healthy"},
		},
		"none": {
			paths: pathFirst, want: connector.Health{OK: true, Status: "skipped", Message: "the manifest has no operation that can be called without parameters"},
		},
		"the service refuses": {
			paths: plain, call: "GET https://api.test/c?limit=1", status: http.StatusUnauthorized,
			want: connector.Health{Status: "unhealthy", Message: "bad token [redacted]; check the service's credentials"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{test.call: {{status: test.status, body: `{"message":"bad token ` + caseToken + `"}`}}})
			var opts []connector.Option
			if test.config != nil {
				opts = append(opts, connector.WithConfig(test.config))
			}
			got, err := n.open(caseManifest{Paths: test.paths, Info: test.info}, nil, opts...).Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("health (-want +got):\n%s", diff)
			}
			if test.call == "" {
				n.checkCalls()
			} else {
				n.checkCalls(test.call)
			}
		})
	}
}

func TestCase090_CheckOfAGraphQLErrorIsUnhealthy(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{"POST https://api.test/v1/things": {{body: `{"errors":[{"message":"no such user"}],"data":null}`}}})
	manifest := caseManifest{Method: "post", Operation: `requestBody: {x-airbyte-body-type: {type: graphql, query: "{ viewer { id } }"}}`}
	got, err := n.open(manifest, nil).Check(t.Context())
	if err != nil || got.OK || got.Status != "unhealthy" {
		t.Errorf("health = %+v, %v", got, err)
	}
}

// family is a parent with children, which are only found below a parent.
const family = `
/parents:
  get:
    x-airbyte-entity: parents
    x-airbyte-action: list
    x-airbyte-record-extractor: $.data
    parameters: [{name: limit, in: query, schema: {type: integer}}]
/parents/{pid}/children:
  get:
    x-airbyte-entity: children
    x-airbyte-action: list
    x-airbyte-record-extractor: $.data
    parameters:
      - {name: pid, in: path, required: true, schema: {type: string}}
      - {name: limit, in: query, schema: {type: integer}}
`

func related(more string) caseManifest {
	return caseManifest{
		Paths: family,
		Info:  "x-airbyte-entity-relationships: [{source_entity: children, target_entity: parents, foreign_key: pid, target_key: key, cardinality: many_to_one" + more + "}]",
	}
}

// checkProbe checks the children and holds what comes of it against want.
func checkProbe(t *testing.T, manifest caseManifest, answers map[string][]hostReply, want connector.EntityHealth, calls ...string) {
	t.Helper()
	n := newNetwork(t, answers)
	got, err := n.open(manifest, nil).CheckEntities(t.Context(), "children")
	if err != nil {
		t.Fatal(err)
	}
	all := connector.Health{OK: true, Status: "healthy", Entities: []connector.EntityHealth{want}}
	if want.Status == "unhealthy" {
		all.OK, all.Status = false, "unhealthy"
	}
	if diff := cmp.Diff(all, got); diff != "" {
		t.Errorf("health (-want +got):\n%s", diff)
	}
	n.checkCalls(calls...)
}

func TestCase091_AProbeFindsAParent(t *testing.T) {
	t.Parallel()
	const parents, child = "GET https://api.test/parents?limit=1", "GET https://api.test/parents/p%2F1/children?limit=1"
	t.Run("its first record", func(t *testing.T) {
		t.Parallel()
		checkProbe(t, related(""), map[string][]hostReply{parents: {{body: `{"data":[{"key":"p/1"}]}`}}, child: {{body: `{"data":[]}`}}},
			connector.EntityHealth{Entity: "children", Status: "healthy"}, parents, child)
	})
	t.Run("it has none", func(t *testing.T) {
		t.Parallel()
		checkProbe(t, related(""), map[string][]hostReply{parents: {{body: `{"data":[]}`}}},
			connector.EntityHealth{Entity: "children", Status: "unhealthy", Message: "parents has no record to take key from"}, parents)
	})
	t.Run("its record has no key", func(t *testing.T) {
		t.Parallel()
		checkProbe(t, related(""), map[string][]hostReply{parents: {{body: `{"data":[{"id":1}]}`}}},
			connector.EntityHealth{Entity: "children", Status: "unhealthy", Message: "the first of parents has no key"}, parents)
	})
	t.Run("it cannot be read", func(t *testing.T) {
		t.Parallel()
		checkProbe(t, related(""), map[string][]hostReply{parents: {{status: http.StatusForbidden, body: `{"message":"not yours"}`}}},
			connector.EntityHealth{Entity: "children", Status: "unhealthy", Message: "list parents: not yours; check what the service lets these credentials do", HTTPStatus: http.StatusForbidden}, parents)
	})
	t.Run("the entity itself cannot be read", func(t *testing.T) {
		t.Parallel()
		checkProbe(t, related(""), map[string][]hostReply{parents: {{body: `{"data":[{"key":"p/1"}]}`}}, child: {{status: http.StatusNotFound, body: `{"message":"gone"}`}}},
			connector.EntityHealth{Entity: "children", Status: "unhealthy", Message: "gone", HTTPStatus: http.StatusNotFound}, parents, child)
	})
	t.Run("the first that a filter lets through", func(t *testing.T) {
		t.Parallel()
		const all, board = "GET https://api.test/parents", "GET https://api.test/parents/2/children?limit=1"
		checkProbe(t, related(", parent_record_filter: {type: [board, list]}"), map[string][]hostReply{
			all: {{body: `{"data":[{"key":1,"type":"form"},{"key":2,"type":"board"}]}`}}, board: {{body: `{"data":[]}`}},
		}, connector.EntityHealth{Entity: "children", Status: "healthy"}, all, board)
	})
	// Differs: a value that nobody gives says nothing about the service, which is
	// not asked.
	t.Run("nothing says where it comes from", func(t *testing.T) {
		t.Parallel()
		checkProbe(t, caseManifest{Paths: family}, nil,
			connector.EntityHealth{Entity: "children", Status: "skipped", Message: `nothing says what parameter "pid" of children should be; set it with WithConfig`})
	})
}

func TestCase091_AProbeFillsOnlyWhatTheOperationTakes(t *testing.T) {
	t.Parallel()
	const orphans = "GET https://api.test/children?limit=1"
	manifest := related("")
	manifest.Paths = strings.NewReplacer("/parents/{pid}/children", "/children", "      - {name: pid, in: path, required: true, schema: {type: string}}\n", "").Replace(family)
	checkProbe(t, manifest, map[string][]hostReply{orphans: {{body: `{"data":[]}`}}}, connector.EntityHealth{Entity: "children", Status: "healthy"}, orphans)
}

func TestCase091_SeveralEntities(t *testing.T) {
	t.Parallel()
	const parents, child = "GET https://api.test/parents?limit=1", "GET https://api.test/parents/1/children?limit=1"
	rows := hostReply{body: `{"data":[{"key":1}]}`}
	n := newNetwork(t, map[string][]hostReply{parents: {rows, rows}, child: {rows, rows}})
	conn := n.open(related(""), nil)
	got, err := conn.CheckEntities(t.Context(), "children", "parents", "children", "strangers")
	if err != nil {
		t.Fatal(err)
	}
	want := connector.Health{Status: "unhealthy", Entities: []connector.EntityHealth{
		{Entity: "children", Status: "healthy"},
		{Entity: "parents", Status: "healthy"},
		{Entity: "children", Status: "healthy"},
		{Entity: "strangers", Status: "failed", Message: `there is no entity "strangers"`},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("health (-want +got):\n%s", diff)
	}
	n.checkCalls(parents, child, parents, child) // the parent of the children is looked up once
}

func TestCase092_DefaultsThatAreDates(t *testing.T) {
	t.Parallel()
	manifest := caseManifest{Operation: `
	parameters:
	  - {name: since, in: query, schema: {type: string, default: "{{ (now_utc() - duration('P730D')).strftime('%Y-%m-%dT%H:%M:%SZ') }}"}}
	  - {name: until, in: query, schema: {type: string, default: "{{ now_utc().strftime('%Y%m%d') }}"}}
	`}
	synctest.Test(t, func(t *testing.T) {
		// The clock of a bubble stands at midnight of January 1, 2000, as long as
		// something is under way on the network.
		const call = "GET https://api.test/v1/things?since=1998-01-01T00%3A00%3A00Z&until=20000101"
		n := newNetwork(t, map[string][]hostReply{call: fine})
		got, err := n.open(manifest, nil).CheckEntities(t.Context(), "things")
		if err != nil || !got.OK {
			t.Errorf("health = %+v, %v", got, err)
		}
		n.checkCalls(call)
	})
}

func TestCase090_CheckNeverWrites(t *testing.T) {
	t.Parallel()
	const writes = `
	/a:
	  post: {x-airbyte-entity: a, x-airbyte-action: create, x-airbyte-preferred-for-check: true}
	/b:
	  delete: {x-airbyte-entity: b, x-airbyte-action: delete, x-airbyte-preferred-for-check: true}
	`
	const read = `
	/c:
	  get: {x-airbyte-entity: c, x-airbyte-action: list}
	`
	// Differs: the manifest's choice does not count when it changes something.
	t.Run("a read instead", func(t *testing.T) {
		t.Parallel()
		const call = "GET https://api.test/c"
		n := newNetwork(t, map[string][]hostReply{call: fine})
		got, err := n.open(caseManifest{Paths: writes + read}, nil).Check(t.Context())
		if err != nil || !got.OK || got.Status != "healthy" {
			t.Errorf("health = %+v, %v", got, err)
		}
		n.checkCalls(call)
	})
	t.Run("nothing else to call", func(t *testing.T) {
		t.Parallel()
		n := newNetwork(t, nil)
		got, err := n.open(caseManifest{Paths: writes}, nil).Check(t.Context())
		if err != nil || got.Status != "skipped" {
			t.Errorf("health = %+v, %v", got, err)
		}
		n.checkCalls()
	})
}
