package connector_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// openSandbox opens Pylon in open source mode on a sandbox.
func openSandbox(box *sandbox.Sandbox, opts ...connector.Option) *connector.Connector {
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		log.Fatal("no manifest of that name")
	}
	conn, err := connector.Open(manifest, connector.Credentials{"api_token": sandbox.PylonToken},
		append(opts, connector.WithBaseURL(box.PylonURL()))...) // your program leaves WithBaseURL out
	if err != nil {
		log.Fatal(err)
	}
	return conn
}

// The program holds the service's own token, and the connector calls the
// service itself.
func ExampleOpen() {
	box := start()
	defer box.Close()
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		log.Fatal("no manifest of that name")
	}

	conn, err := connector.Open(manifest, connector.Credentials{"api_token": sandbox.PylonToken},
		connector.WithBaseURL(box.PylonURL()))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()

	res, err := conn.Execute(context.Background(), "issues", "get", connector.Params{"id": "1042"})
	if err != nil {
		log.Fatal(err)
	}
	var issue struct{ Number int }
	err = res.Decode(&issue)
	fmt.Println(issue.Number, err)

	_, err = connector.Open(manifest, connector.Credentials{"api_key": "..."})
	fmt.Println(errors.Is(err, connector.ErrConfig), err)
	// Output:
	// 1042 <nil>
	// true open pylon: unknown credential "api_key"; the service takes: api_token (bearerAuth)
}

// shop is a manifest of a service of our own invention.
const shop = `
openapi: 3.1.0
info:
  title: Corner Shop
  version: 1.0.0
  x-airbyte-connector-definition-id: 6f1de2c4-52ab-4d8b-9a0c-3f0f5f6f2b7e
  x-airbyte-external-documentation-urls: []
servers:
  - url: https://{shop}.cornershop.example/api
    variables:
      shop: {default: "{shop}"}
paths:
  /orders:
    get:
      x-airbyte-entity: orders
      x-airbyte-action: list
      x-airbyte-record-extractor: $.orders
      parameters:
        - {name: page_size, in: query, schema: {type: integer, default: 50}}
      responses: {"200": {description: Done}}
components:
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: X-Shop-Key
    login:
      type: oauth2
      flows: {authorizationCode: {authorizationUrl: https://id.example/a, tokenUrl: https://id.example/t, refreshUrl: https://id.example/t, scopes: {}}}
`

func ExampleLoadManifest() {
	manifest, err := connector.LoadManifest(strings.NewReader(shop)) // os.Open gives a file
	if err != nil {
		log.Fatal(err)
	}
	for _, entity := range manifest.DirectEntities() {
		for _, action := range entity.Actions {
			fmt.Println(action.Signature(entity.Name))
		}
	}
	for _, field := range manifest.Config() {
		fmt.Println("configuration:", field.Name, field.Required)
	}

	_, err = connector.LoadManifest(strings.NewReader("openapi: 3.1.0\ninfo: {titel: Shop}\n"))
	fmt.Println(errors.Is(err, connector.ErrConfig))
	// Output:
	// orders.list(page_size?: integer)
	// configuration: shop true
	// true
}

func ExampleWithConfig() {
	manifest, err := connector.LoadManifest(strings.NewReader(shop))
	if err != nil {
		log.Fatal(err)
	}
	key := connector.Credentials{"api_key": "k"}
	_, err = connector.Open(manifest, key)
	fmt.Println(err)
	conn, err := connector.Open(manifest, key, connector.WithConfig(map[string]string{"shop": "ada"}))
	fmt.Println(conn.Name(), err)
	// Output:
	// open corner-shop: the service's address https://{shop}.cornershop.example/api needs the configuration value shop; set it with WithConfig(map[string]string{"shop": ...})
	// corner-shop <nil>
}

// A manifest may know several ways to authenticate. The credentials tell which
// is meant; where they fit more than one, say it.
func ExampleWithAuthScheme() {
	manifest, err := connector.LoadManifest(strings.NewReader(shop))
	if err != nil {
		log.Fatal(err)
	}
	for _, scheme := range manifest.AuthSchemes() {
		fmt.Println(scheme.Name, scheme.Type)
	}
	conn, err := connector.Open(manifest, connector.Credentials{"api_key": "k"},
		connector.WithAuthScheme("key"), connector.WithConfig(map[string]string{"shop": "ada"}))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	// Output:
	// key api_key
	// login oauth2
}

// A program that stores new tokens goes on with them after a restart.
func ExampleWithTokenRefresh() {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"access_token": "new", "refresh_token": "next", "expires_in": 3600}`)
	})
	mux.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"orders": [{"seen": %q}]}`, r.Header.Get("Authorization"))
	})
	service := httptest.NewServer(mux)
	defer service.Close()
	manifest, err := connector.LoadManifest(strings.NewReader(strings.ReplaceAll(shop, "https://id.example/t", service.URL+"/token")))
	if err != nil {
		log.Fatal(err)
	}

	conn, err := connector.Open(manifest, connector.Credentials{"refresh_token": "first", "client_id": "id", "client_secret": "secret"},
		connector.WithBaseURL(service.URL),
		connector.WithConfig(map[string]string{"shop": "ada"}),
		connector.WithTokenRefresh(func(_ context.Context, tokens connector.Tokens) error {
			fmt.Println("store", tokens.RefreshToken) // in your program: in a safe place
			return nil
		}))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	res, err := conn.Execute(context.Background(), "orders", "list", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(res.Data))
	// Output:
	// store next
	// [{"seen": "Bearer new"}]
}

// A program that shares Pylon's limits with others takes less than all of them.
func ExampleWithRateLimit() {
	box := start()
	defer box.Close()
	conn := openSandbox(box, connector.WithRateLimit(20))
	defer conn.Close()
	health, err := conn.Check(context.Background())
	fmt.Println(health.Status, err)
	// Output: healthy <nil>
}

func ExampleWithOptionalDefaults() {
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"orders": [{"query": %q}]}`, r.URL.RawQuery)
	}))
	defer service.Close()
	manifest, err := connector.LoadManifest(strings.NewReader(shop))
	if err != nil {
		log.Fatal(err)
	}
	conn, err := connector.Open(manifest, connector.Credentials{"api_key": "k"},
		connector.WithBaseURL(service.URL), connector.WithOptionalDefaults())
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	res, err := conn.Execute(context.Background(), "orders", "list", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(res.Data))
	// Output: [{"query": "page_size=50"}]
}

// A check of single entities tells which of them can be read.
func ExampleConnector_CheckEntities() {
	box := start()
	defer box.Close()
	conn := openSandbox(box)
	defer conn.Close()
	health, err := conn.CheckEntities(context.Background(), "accounts", "teams")
	if err != nil {
		log.Fatal(err)
	}
	for _, entity := range health.Entities {
		fmt.Println(entity.Entity, entity.Status)
	}
	// Output:
	// accounts healthy
	// teams healthy
}
