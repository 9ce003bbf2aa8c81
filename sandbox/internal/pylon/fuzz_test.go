package pylon_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// checkAnswer holds for every input: valid JSON, or a refusal with a status a
// client can act on and a text to read.
func checkAnswer(t *testing.T, reply pylon.Reply, err error) {
	t.Helper()
	var refused *pylon.Error
	switch {
	case err == nil:
		if !json.Valid(reply.Result) || !json.Valid(reply.Metadata) {
			t.Errorf("reply %s with metadata %s is not JSON", reply.Result, reply.Metadata)
		}
	case !errors.As(err, &refused):
		t.Errorf("error %v is no refusal", err)
	case refused.Status < 400 || refused.Status > 499 || refused.Message == "":
		t.Errorf("refusal %+v has no client status or no message", refused)
	}
}

func FuzzSearchQuery(f *testing.F) {
	for _, query := range []string{
		`{}`, `{"filter":{}}`, `{"filter":{"eq":{"id":"x"}},"sort":[{"id":"asc"}]}`, `{"filter":{"not":{"not":{"any":{"title":["a",null]}}}}}`,
		`{"filter":{"and":[{"or":[{"like":{"title":"%a%%b%"}}]},{"in":{"number":[1,9007199254740993]}}]}}`, `{"filter":{"any":{"title":}}}`,
		`{"filter":{"any":{"number":[[]]}}}`, `{"filter":{"gt":{"created_at":"2026"}},"sort":[{"resolution_time":"desc"},{"number":"asc"}]}`,
		`{"filter":null,"sort":null}`, `{"filter":{"keyword":{"title":"\u202e \ud800"}}}`, `[`, `{"filter":{"lt":{"number":-0}}}`,
	} {
		f.Add(query, "", `[["id"],"title"]`)
	}
	f.Add(`{}`, "MDAwMDAwMDA6LTE", `null`)
	o := newOrganization()
	f.Fuzz(func(t *testing.T, query, cursor, fields string) {
		cursorJSON, err := json.Marshal(cursor)
		if err != nil {
			t.Fatal(err)
		}
		params := `{"query":` + query + `,"cursor":` + string(cursorJSON) + `,"fields":` + fields + `,"limit":3}`
		reply, err := o.Execute("issues", search, json.RawMessage(params))
		checkAnswer(t, reply, err)
	})
}

func FuzzParams(f *testing.F) {
	for i, params := range []string{
		``, `null`, `{}`, `[]`, `{"id":1001}`, `{"id":"1001","state":"closed","tags":null}`, `{"id":1e400}`, `{"id":{}}`,
		`{"id":1001,"message_id":"x","body_html":"<b>"}`, `{"title":"T","body_html":"B","requester_email":"@"}`, `{"id":1001,"tags":[null,""]}`,
		`{"start_time":"2026-10-01T00:00:00Z","end_time":"2026-10-30T00:00:00Z","cursor":"x"}`, `{"name":"\u0000","domains":["a","a"]}`,
	} {
		f.Add(uint(i), []byte(params))
	}
	operations := pylon.Operations()
	o := newOrganization() // shared by all inputs: what one writes, the next one meets
	f.Fuzz(func(t *testing.T, n uint, params []byte) {
		op := operations[n%uint(len(operations))]
		reply, err := o.Execute(op.Entity, op.Action, params)
		checkAnswer(t, reply, err)
	})
}
