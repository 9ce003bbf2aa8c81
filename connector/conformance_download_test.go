package connector_test

import (
	"io"
	"maps"
	"net/http"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// downloading is the manifest of a case whose one operation is a download of
// /v1/things/{id}.
func downloading(more string) caseManifest {
	return caseManifest{
		Action: "download", Path: "/v1/things/{id}",
		Operation: "parameters:\n  - {name: id, in: path, required: true, schema: {type: string}}\n" + more,
	}
}

const thingCall = "GET https://api.test/v1/things/7"

// fetch downloads the thing 7 and reads it to its end.
func fetch(t *testing.T, conn *connector.Connector, more connector.Params) (string, error) {
	t.Helper()
	params := connector.Params{"id": "7"}
	maps.Copy(params, more)
	body, err := conn.Download(t.Context(), "things", params)
	if err != nil {
		return "", err
	}
	defer body.Close()
	content, err := io.ReadAll(body)
	return string(content), err
}

func checkFile(t *testing.T, conn *connector.Connector, params connector.Params, want string) {
	t.Helper()
	if got, err := fetch(t, conn, params); err != nil || got != want {
		t.Errorf("file = %q, %v; want %q", got, err, want)
	}
}

func bytesOf(content string) []hostReply {
	return []hostReply{{header: map[string]string{"Content-Type": "application/octet-stream"}, body: content}}
}

func TestCase086_OneStep(t *testing.T) {
	t.Parallel()
	t.Run("the file", func(t *testing.T) {
		t.Parallel()
		n := newNetwork(t, map[string][]hostReply{thingCall: bytesOf("\x00\xffabc")})
		checkFile(t, n.open(downloading(""), nil), nil, "\x00\xffabc")
		n.checkHeader(0, "Accept", "*/*")
		n.checkHeader(0, "Range", absent)
		n.checkHeader(0, "Authorization", "Bearer "+caseToken)
	})
	t.Run("a part of it", func(t *testing.T) {
		t.Parallel()
		part := bytesOf("ab")
		part[0].status = http.StatusPartialContent
		n := newNetwork(t, map[string][]hostReply{thingCall: part})
		checkFile(t, n.open(downloading(""), nil), connector.Params{"range_header": "bytes=0-99"}, "ab")
		n.checkCalls(thingCall)
		n.checkHeader(0, "Range", "bytes=0-99")
	})
	t.Run("not there", func(t *testing.T) {
		t.Parallel()
		n := newNetwork(t, map[string][]hostReply{thingCall: {{status: http.StatusNotFound, body: `{"message":"no such thing"}`}}})
		_, err := n.open(downloading(""), nil).Download(t.Context(), "things", connector.Params{"id": "7"})
		failure{kind: connector.ErrNotFound, call: "things.download", status: http.StatusNotFound, says: []string{"no such thing"}}.check(t, err)
	})
	t.Run("an error with a success status", func(t *testing.T) {
		t.Parallel()
		manifest := downloading("")
		manifest.Info = "x-airbyte-response-error-check: {field: ok, on_value: false, message_field: error}"
		n := newNetwork(t, map[string][]hostReply{thingCall: {{body: `{"ok":false,"error":"file_not_found"}`}, {body: `{"ok":true}`}}})
		conn := n.open(manifest, nil)
		_, err := fetch(t, conn, nil)
		failure{kind: connector.ErrNotFound, call: "things.download", status: http.StatusOK, says: []string{"file_not_found"}}.check(t, err)
		checkFile(t, conn, nil, `{"ok":true}`)
	})
}

func TestCase087_TwoSteps(t *testing.T) {
	t.Parallel()
	const bearer = "Bearer " + caseToken
	tests := map[string]struct {
		address string // as the service writes it
		call    string // the second one
		auth    string // on the second one
	}{
		"another host":             {"https://media.cdn.test/a?sig=1", "GET https://media.cdn.test/a?sig=1", absent},
		"a host that begins alike": {"https://api.test.evil.com/a", "GET https://api.test.evil.com/a", absent},
		"another port":             {"https://api.test:8443/a", "GET https://api.test:8443/a", absent},
		"the same origin":          {"https://api.test/v1/files/a", "GET https://api.test/v1/files/a", bearer},
		"in capitals":              {"HTTPS://API.test/v1/files/a", "GET https://API.test/v1/files/a", bearer},
		"a path of the same host":  {"/v1/files/a%2Fb", "GET https://api.test/v1/files/a%2Fb", bearer},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{
				thingCall: {{body: `{"calls":[{"media":{"audioUrl":"` + test.address + `"}}]}`}}, test.call: bytesOf("sound"),
			})
			conn := n.open(downloading("x-airbyte-file-url: calls[0].media.audioUrl"), nil)
			checkFile(t, conn, connector.Params{"range_header": "bytes=0-9"}, "sound")
			n.checkCalls(thingCall, test.call)
			n.checkHeader(0, "Authorization", bearer)
			n.checkHeader(0, "Range", absent)
			n.checkHeader(1, "Authorization", test.auth)
			n.checkHeader(1, "Range", "bytes=0-9")
			n.checkHeader(1, "Accept", "*/*")
		})
	}
}

func TestCase087_AddressesThatAreNotFollowed(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"file:///etc/passwd", ".evil.com/x", "//evil.test/x", "ftp://media.test/x", "https://user:pw@media.test/x", "https:media.test", "http://media.test/x", "%zz",
		"/v1/../admin", "/v1/%2e%2e/admin", "/v1/%2E./admin", "/v1/%252e%252e/admin", "/v1/..%2Fadmin", `/v1/..\\admin`, "/v1/..%5cadmin", "/v1/files/..", "/./v1/files/a",
		"https://api.test/v1/%2e%2e/admin", "https://media.test/a/../b",
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{thingCall: {{body: `{"url":"` + address + `"}`}}})
			_, err := fetch(t, n.open(downloading("x-airbyte-file-url: url"), nil), nil)
			failure{kind: connector.ErrUnavailable, call: "things.download"}.check(t, err, "user:pw")
			n.checkCalls(thingCall)
		})
	}
}

// attached is a download of one of several attachments.
func attached(schema string) caseManifest {
	return downloading("  - {name: i, in: path, required: true, schema: " + schema + "}\nx-airbyte-file-url: attachments[{i}].url")
}

func TestCase088_TheCallSaysWhichFile(t *testing.T) {
	t.Parallel()
	const answer = `{"attachments":[{"url":"https://f.test/0"},{"url":"https://f.test/1"},{"name":"x"}]}`
	const integer = "{type: integer, default: 0}"
	for i, params := range []connector.Params{nil, {"i": 1}} { // without i, its default counts
		file := []string{"GET https://f.test/0", "GET https://f.test/1"}[i]
		n := newNetwork(t, map[string][]hostReply{thingCall: {{body: answer}}, file: bytesOf("f")})
		checkFile(t, n.open(attached(integer), nil), params, "f")
		n.checkCalls(thingCall, file)
	}
	tests := map[string]struct {
		schema string
		params connector.Params
		fails  failure
		calls  []string
	}{
		"beyond the last": {integer, connector.Params{"i": 3}, failure{kind: connector.ErrNotFound, says: []string{`"attachments"`, "index 3"}}, []string{thingCall}},
		"without the key": {integer, connector.Params{"i": 2}, failure{kind: connector.ErrNotFound, says: []string{`"url"`, "name"}}, []string{thingCall}},
		"no index":        {"{type: string}", connector.Params{"i": "x"}, failure{kind: connector.ErrValidation, says: []string{`"i"`}}, []string{thingCall}},
		"no default":      {"{type: integer}", nil, failure{kind: connector.ErrValidation, says: []string{`"i"`}}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{thingCall: {{body: answer}}})
			_, err := fetch(t, n.open(attached(test.schema), nil), test.params)
			test.fails.call = "things.download"
			test.fails.check(t, err)
			n.checkCalls(test.calls...)
		})
	}
}

func TestCase089_TheFilesHostRefuses(t *testing.T) {
	t.Parallel()
	const foreign = "GET https://media.cdn.test/a"
	manifest := downloading("x-airbyte-file-url: url")
	manifest.Schemes = renewing("body", "form")
	n := newNetwork(t, map[string][]hostReply{
		thingCall: {{body: `{"url":"https://media.cdn.test/a"}`}},
		foreign:   {{status: http.StatusUnauthorized, body: `{"message":"expired"}`}},
	})
	_, err := fetch(t, n.open(manifest, withAccess), nil)
	// Differs: the kind is not that of refused credentials, which are well and
	// were not sent.
	failure{
		kind: connector.ErrPermission, call: "things.download", status: http.StatusUnauthorized,
		says: []string{"media.cdn.test", "expired"},
	}.check(t, err, oauthSecrets...)
	n.checkCalls(thingCall, foreign)
}
