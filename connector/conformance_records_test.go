package connector_test

import (
	"testing"
)

// reading is an operation of the given action whose records are at a path; ""
// means that the manifest does not say.
func reading(action, extractor string, more ...string) caseManifest {
	m := caseManifest{Action: action}
	if extractor != "" {
		m.Operation = "x-airbyte-record-extractor: " + extractor + "\n"
	}
	for _, line := range more {
		m.Operation += line + "\n"
	}
	return m
}

// reply is an answer and the data that are made of it.
type reply struct{ answer, data string }

// checkReplies reads each answer with a connector of its own.
func checkReplies(t *testing.T, m caseManifest, replies map[string]reply) {
	t.Helper()
	for name, r := range replies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "GET /v1/things", header: map[string]string{"Content-Type": absent}, answer: r.answer})
			conn := openCase(t, m.String(), tr.serve, nil)
			res, err := conn.Execute(t.Context(), "things", m.Action, nil)
			checkData(t, res, err, r.data)
		})
	}
}

func TestCase051_EveryRecordIsAnObject(t *testing.T) {
	t.Parallel()
	t.Run("get", func(t *testing.T) {
		t.Parallel()
		checkReplies(t, reading("get", ""), map[string]reply{
			"an array":  {`[1, {"x":1}, null, [2]]`, `[{"value":1},{"x":1},{"value":null},{"value":[2]}]`},
			"a number":  {`5`, `{"value":5}`},
			"a text":    {`"é"`, `{"value":"é"}`},
			"an object": {`{"b" : 1, "a":[ 2]}`, `{"b" : 1, "a":[ 2]}`},
			"null":      {`null`, ``},
		})
	})
	t.Run("list", func(t *testing.T) {
		t.Parallel()
		// Differs: a list answers with an array whatever the service sends.
		checkReplies(t, reading("list", ""), map[string]reply{
			"an array":  {`[1, {"x":1}, null, [2]]`, `[{"value":1},{"x":1},{"value":null},{"value":[2]}]`},
			"objects":   {`[{"x": 1}, {}]`, `[{"x": 1}, {}]`},
			"a number":  {`5`, `[{"value":5}]`},
			"an object": {`{"b": 1}`, `[{"b": 1}]`},
			"null":      {`null`, `[]`},
		})
	})
}

func TestCase052_RecordsAreAtAPath(t *testing.T) {
	t.Parallel()
	for _, action := range []string{"list", "api_search"} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			checkReplies(t, reading(action, "$.data"), map[string]reply{
				"records":  {`{"data": [{"id": 1}], "n": 1}`, `[{"id": 1}]`},
				"no path":  {`{}`, `[]`},
				"no items": {`{"data":[]}`, `[]`},
			})
		})
	}
	t.Run("get", func(t *testing.T) {
		t.Parallel()
		checkReplies(t, reading("get", "$.data"), map[string]reply{
			"a record": {`{"data":{"id":1}}`, `{"id":1}`},
			"records":  {`{"data":[{"id":1}]}`, `[{"id":1}]`},
			"no path":  {`{}`, ``},
			"no body":  {``, ``},
		})
	})
}

func TestCase053_AListIsAnArrayWhateverIsAtThePath(t *testing.T) {
	t.Parallel()
	// Differs: Python answers null and the bare object.
	checkReplies(t, reading("list", "$.data"), map[string]reply{
		"null":     {`{"data":null}`, `[]`},
		"a record": {`{"data":{"id":1}}`, `[{"id":1}]`},
		"a text":   {`{"data":"x"}`, `[{"value":"x"}]`},
	})
}

func TestCase054_AWildcardCollectsFromEveryElement(t *testing.T) {
	t.Parallel()
	checkReplies(t, reading("list", `"$.list[*].c"`), map[string]reply{
		"one element":          {`{"list":[{"c":{"id":1}}]}`, `[{"id":1}]`},
		"elements without it":  {`{"list":[{"c":{"id":1}},{"d":2},{"c":{"id":3}}]}`, `[{"id":1},{"id":3}]`},
		"no elements":          {`{"list":[]}`, `[]`},
		"null instead of them": {`{"list":null}`, `[]`},
	})
}

func TestCase055_AnIndexPicksOneElement(t *testing.T) {
	t.Parallel()
	checkReplies(t, reading("get", `"$.data[0]"`), map[string]reply{
		"two":  {`{"data":[{"id":1},{"id":2}]}`, `{"id":1}`},
		"none": {`{"data":[]}`, ``},
		// Differs: Python takes an object there for a broken path and answers with
		// the whole body.
		"an object": {`{"data":{"id":1}}`, ``},
	})
}

func TestCase056_SeveralArraysBecomeOne(t *testing.T) {
	t.Parallel()
	// Differs: Python puts each array into a record of its own when there are
	// several.
	checkReplies(t, reading("list", `"$.b[*].p.items"`), map[string]reply{
		"two boards": {`{"b":[{"p":{"items":[{"id":1}]}},{"p":{"items":[{"id":2}]}}]}`, `[{"id":1},{"id":2}]`},
		"one board":  {`{"b":[{"p":{"items":[{"id":1}]}}]}`, `[{"id":1}]`},
		"one empty":  {`{"b":[{"p":{"items":[]}},{"p":{"items":[{"id":2}]}}]}`, `[{"id":2}]`},
	})
}

func TestCase057_WildcardsGoIntoObjects(t *testing.T) {
	t.Parallel()
	// Differs: Python's path library takes an object for an array with one element,
	// and answers with the whole body.
	checkReplies(t, reading("list", `"$[*][*]"`), map[string]reply{
		"bans":  {`{"visitor":[{"id":1}],"ip_address":[{"id":2}]}`, `[{"id":1},{"id":2}]`},
		"empty": {`{"visitor":[],"ip_address":[]}`, `[]`},
	})
}

func TestCase058_TheWholeAnswerCanBeTheRecords(t *testing.T) {
	t.Parallel()
	checkReplies(t, reading("list", `"$"`), map[string]reply{
		"an array": {`[{"id": 1},{"id": 2}]`, `[{"id": 1},{"id": 2}]`},
		"empty":    {` [] `, `[]`},
	})
}
