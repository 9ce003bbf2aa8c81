package connector_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestCase063_MetaComesFromBodyLinkAndHeader(t *testing.T) {
	t.Parallel()
	m := reading("list", "$.rows", `x-airbyte-meta-extractor: {c: $.p.c, miss: $.no, n: "@link.next", h: "@header.X-Rate"}`)
	tr := expect(t, exchange{
		request: "GET /v1/things", answer: `{"rows":[{"id":1}],"p":{"c":"k"}}`,
		with: map[string]string{
			"Link":   `<https://a/?p=2,3>; foo="bar"; rel="next", <https://a/0>; rel=prev`,
			"X-Rate": "9",
		},
	})
	conn := openCase(t, m.String(), tr.serve, nil)
	res, err := conn.Execute(t.Context(), "things", "list", nil)
	checkData(t, res, err, `[{"id":1}]`)
	const want = `{"c":"k","miss":null,"n":"https://a/?p=2,3","h":"9"}`
	if string(res.Meta.Raw) != want {
		t.Errorf("meta = %s, want %s", res.Meta.Raw, want)
	}
}

func TestCase064_LinksAreFoundByAnyOfTheirRelations(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ link, want string }{
		"parameters before rel": {
			`<https://api.test/p?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", ` +
				`<https://api.test/p?cursor=0:100:0>; results="true"; cursor="0:100:0"; rel="next"`,
			"https://api.test/p?cursor=0:100:0",
		},
		"several relations": {`<https://api.test/p?cursor=9>; rel="next last"`, "https://api.test/p?cursor=9"},
		"other spelling":    {`<https://api.test/p?cursor=9>;REL=Next`, "https://api.test/p?cursor=9"},
		"another relation":  {`<https://api.test/p?cursor=9>; rel="nextish"; title="rel=next"`, ""},
		"nothing to read":   {`rel="next", <`, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := reading("get", "", `x-airbyte-meta-extractor: {n: "@link.next"}`)
			// The host is another one than the service's, so that it stays as it is.
			link := strings.ReplaceAll(test.link, caseService, "https://a.test")
			want := `{"n":null}`
			if test.want != "" {
				want = `{"n":"` + strings.ReplaceAll(test.want, caseService, "https://a.test") + `"}`
			}
			tr := expect(t, exchange{request: "GET /v1/things", answer: `{}`, with: map[string]string{"Link": link}})
			conn := openCase(t, m.String(), tr.serve, nil)
			res, err := conn.Execute(t.Context(), "things", "get", nil)
			checkData(t, res, err, `{}`)
			if string(res.Meta.Raw) != want {
				t.Errorf("meta = %s, want %s", res.Meta.Raw, want)
			}
		})
	}
}

func TestCase065_AnErrorCanComeWithASuccess(t *testing.T) {
	t.Parallel()
	info := caseManifest{Info: `x-airbyte-response-error-check: {field: ok, on_value: false, message_field: error}`, Action: "get"}
	checkReplies(t, info, map[string]reply{
		"true":             {`{"ok":true}`, `{"ok":true}`},
		"not there":        {`{}`, `{}`},
		"a zero":           {`{"ok":0}`, `{"ok":0}`}, // Differs: in Python a zero equals false.
		"null":             {`{"ok":null}`, `{"ok":null}`},
		"text":             {`{"ok":"false"}`, `{"ok":"false"}`},
		"not at the top":   {`{"a":{"ok":false}}`, `{"a":{"ok":false}}`},
		"not in an object": {`[{"ok":false}]`, `[{"ok":false}]`},
	})
	tests := map[string]struct {
		answer string
		kind   error
		says   string
	}{
		"a code":     {`{"ok":false,"error":"invalid_auth"}`, connector.ErrAuth, "invalid_auth"},
		"a message":  {`{"error":"no such channel", "ok": false}`, connector.ErrValidation, "no such channel"},
		"no message": {`{"ok":false}`, connector.ErrValidation, "unknown error"},
		"a secret":   {`{"ok":false,"error":"bad token ` + caseToken + `"}`, connector.ErrValidation, "bad token"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "GET /v1/things", answer: test.answer})
			conn := openCase(t, info.String(), tr.serve, nil)
			_, err := conn.Execute(t.Context(), "things", "get", nil)
			failure{kind: test.kind, call: "things.get", status: 200, says: []string{test.says}}.check(t, err)
		})
	}
}

func TestCase066_RefusalsSayWhatTheServiceSays(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status int
		answer string
		kind   error
		says   string
	}{
		"400":                    {400, `{"message":"bad"}`, connector.ErrValidation, ": bad"},
		"422":                    {422, `{"message":"bad"}`, connector.ErrValidation, ": bad"},
		"404, several":           {404, `{"errors":[{"message":"m1"},"s"]}`, connector.ErrNotFound, "m1; s"}, // Differs: messages are sentences with commas of their own, so "; " parts them.
		"the user's words first": {400, `{"errors":[{"message":"m1","userPresentableMessage":"u1"}]}`, connector.ErrValidation, "u1"},
		"error is a text":        {409, `{"error":"taken"}`, connector.ErrValidation, "taken"},
		"error is an object":     {400, `{"error":{"message":"deep","code":7}}`, connector.ErrValidation, "deep"},
		"a bare list":            {400, `[{"message":"m1","errorCode":"X"}]`, connector.ErrValidation, "m1"},
		"a text":                 {403, `no entry`, connector.ErrPermission, "no entry"},
		"nothing":                {403, ``, connector.ErrPermission, "403"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "GET /v1/things", status: test.status, answer: test.answer})
			conn := openCase(t, reading("list", "$.data").String(), tr.serve, nil)
			_, err := conn.Execute(t.Context(), "things", "list", nil)
			failure{kind: test.kind, status: test.status, says: []string{test.says}}.check(t, err)
		})
	}
}

func TestCase067_BlankAnswersAndForeignContentTypes(t *testing.T) {
	t.Parallel()
	page := map[string]string{"Content-Type": "text/html; charset=utf-8"}
	plain := map[string]string{"Content-Type": "text/plain"}
	t.Run("data", func(t *testing.T) {
		t.Parallel()
		tests := map[string]struct {
			manifest caseManifest
			status   int
			with     map[string]string
			answer   string
			data     string
		}{
			"204":                       {reading("get", ""), 204, nil, "", `{}`},
			"blank page":                {reading("get", ""), 200, page, " \r\n", `{}`},
			"blank list":                {reading("list", "$.data"), 204, nil, "", `[]`}, // Differs: a list is always an array, so that a caller needs one shape; Python answers null.
			"blank list, no extractor":  {reading("list", ""), 200, nil, "", `[]`},       // Differs: as above; Python answers {}.
			"blank record":              {reading("get", "$.data"), 204, nil, "", ``},    // nil: there is no such thing
			"json that says it is text": {reading("get", ""), 200, plain, `{"a": 1}`, `{"a": 1}`},
			"json of a vendor":          {reading("get", ""), 200, map[string]string{"Content-Type": "application/vnd.x+json"}, `{"a":1}`, `{"a":1}`},
		}
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				tr := expect(t, exchange{request: "GET /v1/things", status: test.status, with: test.with, answer: test.answer})
				conn := openCase(t, test.manifest.String(), tr.serve, nil)
				res, err := conn.Execute(t.Context(), "things", test.manifest.Action, nil)
				checkData(t, res, err, test.data)
			})
		}
	})
	t.Run("a page", func(t *testing.T) {
		t.Parallel()
		tr := expect(t, exchange{request: "GET /v1/things", with: page, answer: "<html><body>Sign in</body></html>"})
		conn := openCase(t, reading("list", "$.data").String(), tr.serve, nil)
		_, err := conn.Execute(t.Context(), "things", "list", nil)
		failure{kind: connector.ErrUnavailable, status: 200, says: []string{"text/html"}}.check(t, err, "<html>")
	})
}

func TestCase068_IntegersKeepEveryDigit(t *testing.T) {
	t.Parallel()
	const body = `{"id": 12345678901234567890, "x": 1.50, "y": 1e400}`
	checkReplies(t, reading("get", ""), map[string]reply{"whole answer": {body, body}})
	checkReplies(t, reading("list", "$.data"), map[string]reply{"records": {`{"data":[` + body + `]}`, `[` + body + `]`}})
	t.Run("in a request", func(t *testing.T) {
		t.Parallel()
		m := writing("application/json", `{type: object, properties: {id: {type: integer}}}`)
		tr := expect(t, exchange{request: "POST /v1/things", header: jsonHeader, body: `{"id":12345678901234567890}`, answer: body})
		conn := openCase(t, m.String(), tr.serve, nil)
		res, err := conn.Execute(t.Context(), "things", "create", connector.Params{"id": json.Number("12345678901234567890")})
		checkData(t, res, err, body)
	})
}
