package connector_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

const smallManifest = `
openapi: 3.1.0
info:
  title: Things
  version: 1.0.0
  x-airbyte-connector-name: things
  x-airbyte-connector-definition-id: 8b0ac3a1-2f6e-4e0a-9d5e-6f1f1a0f7c11
  x-airbyte-external-documentation-urls: []
servers:
  - url: https://api.things.test/v1
security: [{token: []}]
paths:
  /things:
    get:
      x-airbyte-entity: things
      x-airbyte-action: list
      x-airbyte-record-extractor: $.data
      x-airbyte-meta-extractor: {next_cursor: $.next}
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
      responses: {"200": {description: Done}}
    post:
      x-airbyte-entity: things
      x-airbyte-action: create
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string}
      responses: {"200": {description: Done}}
  /things/{id}:
    get:
      x-airbyte-entity: things
      x-airbyte-action: get
      x-airbyte-record-extractor: $.data
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses: {"200": {description: Done}}
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
      x-airbyte-auth-config:
        type: object
        required: [api_token]
        properties: {api_token: {type: string}}
        auth_mapping: {token: "${api_token}"}
`

func openSmall(t *testing.T, handler http.HandlerFunc, opts ...connector.Option) *connector.Connector {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	m, err := connector.LoadManifest(strings.NewReader(smallManifest))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := connector.Open(m, connector.Credentials{"api_token": "s3cret"},
		append([]connector.Option{connector.WithBaseURL(srv.URL + "/v1")}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

func TestOpenReadsPages(t *testing.T) {
	t.Parallel()
	conn := openSmall(t, func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "Bearer s3cret" {
			t.Errorf("authorization = %q", got)
		}
		switch r.URL.String() {
		case "/v1/things?limit=2":
			fmt.Fprint(w, `{"data":[{"id":1},{"id":12345678901234567890}],"next":"c2"}`)
		case "/v1/things?cursor=c2&limit=2":
			fmt.Fprint(w, `{"data":[{"id":3}],"next":null}`)
		default:
			t.Errorf("unexpected %s %s", r.Method, r.URL)
		}
	})
	var got []string
	for row, err := range conn.Records(t.Context(), "things", "list", connector.Params{"limit": 2}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(row))
	}
	if want := `{"id":1} {"id":12345678901234567890} {"id":3}`; strings.Join(got, " ") != want {
		t.Errorf("records = %v", got)
	}
}
