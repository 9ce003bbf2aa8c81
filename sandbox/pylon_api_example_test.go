package sandbox_test

import (
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox"
)

func ExampleSandbox_PylonURL() {
	box := start()
	defer box.Close()

	status, answer := ask(http.MethodGet, box.PylonURL()+"/me", sandbox.PylonToken, "")
	fmt.Println(status, gjson.Get(answer, "data.name"))

	status, answer = ask(http.MethodGet, box.PylonURL()+"/me", sandbox.PylonEUToken, "")
	fmt.Println(status, gjson.Get(answer, "code"))
	// Output:
	// 200 Northlight Analytics
	// 401 wrong_region_token
}

func ExampleSandbox_PylonURL_search() {
	box := start()
	defer box.Close()

	_, answer := ask(http.MethodPost, box.PylonURL()+"/issues/search", sandbox.PylonToken,
		`{"filter":{"field":"priority","operator":"equals","value":"urgent"},"search_text":"outage","limit":2}`)
	for _, issue := range gjson.Get(answer, "data").Array() {
		fmt.Println(issue.Get("number"), issue.Get("title"))
	}
	fmt.Println("more:", gjson.Get(answer, "pagination.has_next_page"))
	// Output:
	// 1450 Outage: all widgets show “no data”
	// 1419 Outage: all widgets show “no data”
	// more: true
}

func ExampleWithPylonRateLimits() {
	box := start(sandbox.WithPylonRateLimits(), sandbox.WithPylonRetryAfter())
	defer box.Close()

	status, answer := 0, ""
	for range 31 { // the route allows 30 calls a minute
		status, answer = ask(http.MethodGet, box.PylonURL()+"/issue-statuses", sandbox.PylonToken, "")
	}
	fmt.Println(status, gjson.Get(answer, "code"))
	// Output: 429 rate_limited
}

func ExampleWithPylonRetryAfter() {
	box := start(sandbox.WithPylonRetryAfter())
	defer box.Close()
	box.Inject(sandbox.Fault{Route: sandbox.RoutePylon, RetryAfter: 2 * time.Second})

	res, err := http.Get(box.PylonURL() + "/me") //nolint:noctx // an example has no context
	if err != nil {
		log.Fatal(err)
	}
	defer res.Body.Close()
	fmt.Println(res.StatusCode, res.Header.Get("X-Retry-After"), res.Header.Get("Retry-After"))
	// Output: 429 2 2
}

func ExampleWithPylonLastPagination() {
	box := start(sandbox.WithPylonLastPagination())
	defer box.Close()

	_, answer := ask(http.MethodGet, box.PylonURL()+"/teams", sandbox.PylonToken, "")
	fmt.Println(gjson.Get(answer, "pagination"))
	// Output: {"cursor":"","has_next_page":false}
}

func ExampleWithPylonEmptyData() {
	box := start(sandbox.WithPylonEmptyData())
	defer box.Close()

	_, answer := ask(http.MethodPost, box.PylonURL()+"/issues/search", sandbox.PylonToken, `{"search_text":"nothing says this"}`)
	fmt.Println(gjson.Get(answer, "data"))
	// Output: []
}
