package platform_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"

	"github.com/agentsdk-go/airbyte/platform"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// startSandbox runs the API that these examples call. A program of yours needs
// none: the client finds the real one.
func startSandbox(opts ...sandbox.Option) *sandbox.Sandbox {
	box, err := sandbox.Start(opts...)
	if err != nil {
		panic(err)
	}
	return box
}

// sandboxClient is platform.New with what reaches the sandbox. The organization
// is given so that no AIRBYTE_ORGANIZATION_ID of the machine is used.
func sandboxClient(box *sandbox.Sandbox, opts ...platform.Option) *platform.Client {
	client, err := platform.New(append([]platform.Option{
		platform.WithBaseURL(box.PlatformURL()),
		platform.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		platform.WithOrganization(sandbox.OrganizationID),
	}, opts...)...)
	if err != nil {
		panic(err)
	}
	return client
}

// Credentials of several organizations need a client for each: a call that
// names none is refused.
func ExampleWithOrganization() {
	box := startSandbox(sandbox.WithOrganizations(2))
	defer box.Close()
	ctx := context.Background()

	organizations, err := sandboxClient(box).Organizations(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, organization := range organizations {
		client := sandboxClient(box, platform.WithOrganization(organization.ID))
		page, err := client.WorkspacesPage(ctx, platform.WorkspaceQuery{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(organization.Name, "has", page.Items[0].Name)
	}
	// Output:
	// Sandbox organization has default
	// Sandbox organization 2 has default
}

// traced prints every request before it leaves.
type traced struct{ base http.RoundTripper }

func (t traced) RoundTrip(r *http.Request) (*http.Response, error) {
	fmt.Println(r.Method, r.URL.Path)
	return t.base.RoundTrip(r)
}

// The transport decides on proxies and certificates, and sees every request:
// the one for the token, too.
func ExampleWithHTTPClient() {
	box := startSandbox()
	defer box.Close()

	client := sandboxClient(box, platform.WithHTTPClient(&http.Client{Transport: traced{http.DefaultTransport}}))
	if _, err := client.Organizations(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// POST /api/v1/account/applications/token
	// GET /api/v1/internal/account/organizations
}

// Successes are logged as Debug and failures as Warn, one line per attempt.
func ExampleWithLogger() {
	box := startSandbox()
	defer box.Close()
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			switch a.Key {
			case slog.TimeKey, slog.MessageKey, "duration", "query":
				return slog.Attr{} // for lines that are short and the same in every run
			}
			return a
		},
	}))

	client := sandboxClient(box, platform.WithLogger(logger))
	_, err := client.Connector(context.Background(), sandbox.WorkspaceID) // the wrong kind of id
	fmt.Println(errors.Is(err, platform.ErrNotFound))
	// Output:
	// level=DEBUG method=POST path=/api/v1/account/applications/token status=200 attempt=1
	// level=WARN method=GET path=/api/v1/integrations/connectors/5a4db0c0-0000-4000-8000-000000000101 status=404 attempt=1 kind=not_found
	// true
}

// A caller with a queue of its own wants the first failure at once. By default
// this read would be tried again, and succeed.
func ExampleWithRetries() {
	box := startSandbox()
	defer box.Close()
	box.Inject(sandbox.Fault{Route: sandbox.RouteWorkspaceGet, Status: http.StatusServiceUnavailable})

	client := sandboxClient(box, platform.WithRetries(0))
	_, err := client.Workspace(context.Background(), sandbox.WorkspaceID)
	fmt.Println(errors.Is(err, platform.ErrUnavailable), box.Count(sandbox.RouteWorkspaceGet))
	// Output: true 1
}

// A program with little memory refuses a large answer instead of holding it.
func ExampleWithMaxResponseBytes() {
	box := startSandbox()
	defer box.Close()

	client := sandboxClient(box, platform.WithMaxResponseBytes(4<<10))
	_, err := client.Execute(context.Background(), sandbox.ConnectorID, platform.ExecuteRequest{
		Entity: "accounts",
		Action: "list",
		Params: json.RawMessage(`{}`),
	})
	failed, ok := errors.AsType[*platform.Error](err)
	if !ok {
		fmt.Println(err)
		return
	}
	fmt.Println(failed.Message)
	fmt.Println(failed.Hint)
	// Output:
	// answer too large: it is longer than the limit of 4 KiB
	// ask for fewer records or fields, or raise WithMaxResponseBytes
}

// The operator of a proxy or of the API can tell whose requests these are.
func ExampleWithUserAgent() {
	box := startSandbox()
	defer box.Close()

	client := sandboxClient(box, platform.WithUserAgent("support-bot/1.4"))
	if _, err := client.Organizations(context.Background()); err != nil {
		fmt.Println(err)
	}
	for _, req := range box.Requests() {
		fmt.Println(req.Route, req.Header.Get("User-Agent"))
	}
	// Output:
	// token support-bot/1.4
	// organizations support-bot/1.4
}
