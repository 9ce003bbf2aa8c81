package connector_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func ExampleWithBaseURL() {
	box := start()
	defer box.Close()

	// AIRBYTE_API_HOST does the same without a change of the program.
	conn, err := connector.Connect(
		context.Background(), "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	fmt.Println(conn.Name(), conn.ID())
	// Output: pylon 5a4db0c0-0000-4000-8000-000000000201
}

// Credentials from a vault in place of the environment's.
func ExampleWithCredentials() {
	box := start()
	defer box.Close()

	for _, secret := range []string{sandbox.ClientSecret, "an old secret"} {
		_, err := connector.Connect(
			context.Background(), "pylon", "default",
			connector.WithBaseURL(box.PlatformURL()),
			connector.WithCredentials(sandbox.ClientID, secret),
		)
		fmt.Println("refused:", errors.Is(err, connector.ErrAuth))
	}
	// Output:
	// refused: false
	// refused: true
}

// Credentials that belong to several organizations have to say which is meant.
func ExampleWithOrganization() {
	ctx := context.Background()
	box := start(sandbox.WithOrganizations(2))
	defer box.Close()
	options := []connector.Option{
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
	}

	_, err := connector.Connect(ctx, "pylon", "default", options...)
	fmt.Println(err)

	conn, err := connector.Connect(ctx, "pylon", "default", append(options, connector.WithOrganization(sandbox.OrganizationID))...)
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	fmt.Println("connected to", conn.ID())
	// Output:
	// connect "pylon" in workspace "default": You belong to several organizations: specify target organization with the X-Organization-Id header (HTTP 400); these credentials belong to several organizations: name one with WithOrganization or AIRBYTE_ORGANIZATION_ID
	// connected to 5a4db0c0-0000-4000-8000-000000000201
}

// With the id at hand nothing has to be looked up.
func ExampleWithConnectorID() {
	ctx := context.Background()
	box := start()
	defer box.Close()

	conn, err := connector.Connect(
		ctx, "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithConnectorID(sandbox.ConnectorID),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	fmt.Println("requests to connect:", len(box.Requests()))

	if _, err := conn.Execute(ctx, "me", "get", nil); err != nil {
		log.Fatal(err)
	}
	for _, r := range box.Requests() {
		fmt.Println(r.Route, r.Status)
	}
	// Output:
	// requests to connect: 0
	// token 200
	// execute 200
}

// tracer prints each request. A program would have its own telemetry here.
type tracer struct{ next http.RoundTripper }

func (t tracer) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(r)
	if err == nil {
		fmt.Println(r.Method, r.URL.Path, res.StatusCode)
	}
	return res, err
}

// A client of one's own brings proxies, certificates and telemetry.
func ExampleWithHTTPClient() {
	box := start()
	defer box.Close()

	conn, err := connector.Connect(
		context.Background(), "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithHTTPClient(&http.Client{Transport: tracer{http.DefaultTransport}}),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	// Output:
	// POST /api/v1/account/applications/token 200
	// GET /api/v1/integrations/connectors 200
}

func ExampleWithLogger() {
	box := start()
	defer box.Close()

	// Time and duration are left out because they differ from run to run.
	handler := slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == "duration" {
				return slog.Attr{}
			}
			return a
		},
	})
	conn, err := connector.Connect(
		context.Background(), "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithLogger(slog.New(handler)),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	// Output:
	// level=DEBUG msg="http request" method=POST path=/api/v1/account/applications/token query="" status=200 attempt=1
	// level=DEBUG msg="http request" method=GET path=/api/v1/integrations/connectors query="workspace_name=default" status=200 attempt=1
}

// A caller that has no time to wait hears of the first failure.
func ExampleWithRetries() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	conn, err := connector.Connect(
		ctx, "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithRetries(0),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()

	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, RetryAfter: 5 * time.Second})
	_, err = conn.Execute(ctx, "me", "get", nil)
	if failure, ok := errors.AsType[*connector.Error](err); ok {
		fmt.Println(failure.Kind, "- free again in", failure.RetryAfter)
	}
	fmt.Println("requests:", box.Count(sandbox.RouteExecute))
	// Output:
	// rate_limited - free again in 5s
	// requests: 1
}

func ExampleWithMaxResponseBytes() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	conn, err := connector.Connect(
		ctx, "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithMaxResponseBytes(16<<10),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()

	_, err = conn.Execute(ctx, "contacts", "list", nil)
	fmt.Println(err)
	// Output: execute contacts.list: answer too large: it is longer than the limit of 16 KiB (HTTP 200); ask for fewer records or fields, or raise WithMaxResponseBytes
}
