package platform_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/agentsdk-go/airbyte/platform"
)

// exampleServer answers as the API would. A program of yours needs none: the
// client finds the real one.
func exampleServer(routes map[string]string) (url string, stop func()) {
	mux := http.NewServeMux()
	mux.HandleFunc(tokenRoute, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"access_token":"t","expires_in":900}`)
	})
	for route, answer := range routes {
		mux.HandleFunc(route, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) })
	}
	server := httptest.NewServer(mux)
	return server.URL, server.Close
}

// exampleClient is what the examples call; they show the calls alone.
func exampleClient(routes map[string]string) (*platform.Client, func()) {
	url, stop := exampleServer(routes)
	client, err := platform.New(platform.WithBaseURL(url), platform.WithCredentials("id", "secret"))
	if err != nil {
		panic(err)
	}
	return client, stop
}

func ExampleNew() {
	_, err := platform.New(platform.WithCredentials("my-client-id", ""))
	fmt.Println(err)
	fmt.Println(errors.Is(err, platform.ErrConfig))
	// Output:
	// platform: new: WithCredentials: client secret is empty
	// true
}

func ExampleClient_Execute() {
	client, stop := exampleClient(map[string]string{
		executeRoute: `{"status":"success","result":{"data":[{"id":"iss_1"}],"meta":{"has_more":true,"cursor":"c2"}}}`,
	})
	defer stop()

	res, err := client.Execute(context.Background(), "con-1", platform.ExecuteRequest{
		Entity: "issues",
		Action: "list",
		Params: json.RawMessage(`{"limit":1}`),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(res.Data), res.HasMore, res.Cursor)
	// Output: [{"id":"iss_1"}] true c2
}

func ExampleClient_Execute_error() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprint(w, `{"message":"Invalid params","errors":[{"field":"limit","message":"must be at most 100"}]}`)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	client, err := platform.New(platform.WithBaseURL(server.URL), platform.WithToken("ready-token"))
	if err != nil {
		fmt.Println(err)
		return
	}

	_, err = client.Execute(context.Background(), "con-1", platform.ExecuteRequest{Entity: "issues", Action: "list"})
	if failed, ok := errors.AsType[*platform.Error](err); ok {
		fmt.Println(failed.Kind, failed.Status, failed.Fields[0].Field)
	}
	fmt.Println(err)
	// Output:
	// validation 422 limit
	// platform: execute: Invalid params: limit: must be at most 100 (HTTP 422)
}

func ExampleClient_Download() {
	client, stop := exampleClient(map[string]string{executeRoute: "the file's bytes\n"})
	defer stop()

	file, err := client.Download(context.Background(), "con-1", platform.ExecuteRequest{
		Entity: "attachments",
		Params: json.RawMessage(`{"id":"att_1"}`),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Body.Close()
	if _, err := io.Copy(os.Stdout, file.Body); err != nil {
		fmt.Println(err)
	}
	// Output: the file's bytes
}

func ExampleClient_Workspaces() {
	client, stop := exampleClient(map[string]string{
		"GET /api/v1/workspaces": `{"data":[{"id":"w1","name":"default"},{"id":"w2","name":"acme"}],"next":null}`,
	})
	defer stop()

	for workspace, err := range client.Workspaces(context.Background(), platform.WorkspaceQuery{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(workspace.ID, workspace.Name)
	}
	// Output:
	// w1 default
	// w2 acme
}

func ExampleClient_Organizations() {
	client, stop := exampleClient(map[string]string{
		"GET /api/v1/internal/account/organizations": `{"organizations":[{"id":"o1","organization_name":"Acme"}]}`,
	})
	defer stop()

	organizations, err := client.Organizations(context.Background())
	fmt.Println(organizations, err)
	// Output: [{o1 Acme }] <nil>
}

func ExampleClient_ScopedToken() {
	client, stop := exampleClient(map[string]string{
		"POST /api/v1/account/applications/scoped-token": `{"token":"for-the-end-user"}`,
	})
	defer stop()

	token, err := client.ScopedToken(context.Background(), platform.ScopedTokenRequest{WorkspaceName: "acme"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(token.Token)
	// Output: for-the-end-user
}

func ExampleClient_Do() {
	client, stop := exampleClient(map[string]string{
		"GET /api/v1/workspaces/stats": `{"active_count":3,"inactive_count":1,"total_count":4}`,
	})
	defer stop()

	answer, err := client.Do(context.Background(), platform.Request{Method: http.MethodGet, Path: []string{"workspaces", "stats"}})
	fmt.Println(string(answer), err)
	// Output:
	// {"active_count":3,"inactive_count":1,"total_count":4} <nil>
}
