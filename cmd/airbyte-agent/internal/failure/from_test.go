package failure_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/testenv"
	"github.com/agentsdk-go/airbyte/platform"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestMain(m *testing.M) { testenv.Main(m) }

// TestFromStatus holds the table of Airbyte's own command line: type, exit code
// and whether it helps to try again, by the answer's status.
func TestFromStatus(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status    int
		name      string
		exit      int
		retryable bool
	}{
		{400, "validation_error", 4, false},
		{401, "unauthorized", 2, false},
		{403, "forbidden", 2, false},
		{404, "not_found", 3, false},
		{409, "api_error", 1, false},
		{422, "validation_error", 4, false},
		{429, "rate_limited", 1, true},
		{500, "server_error", 1, false},
		{502, "server_error", 1, true},
		{503, "server_error", 1, true},
		{504, "server_error", 1, true},
	}
	for _, tt := range tests {
		t.Run(http.StatusText(tt.status), func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			box.Inject(sandbox.Fault{Route: sandbox.RouteOrganizations, Times: -1, Status: tt.status, Body: `{"detail":"no luck"}`})
			client, err := platform.New(platform.WithBaseURL(box.PlatformURL()), platform.WithCredentials(sandbox.ClientID, sandbox.ClientSecret), platform.WithRetries(0))
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.Organizations(t.Context())
			got := failure.From(err)
			want := &failure.Error{
				Type: tt.name, Message: "list organizations: no luck", StatusCode: tt.status, Retryable: &tt.retryable, Exit: tt.exit,
				Detail: json.RawMessage(`{"detail":"no luck"}`),
			}
			ignored := cmpopts.IgnoreFields(failure.Error{}, "Err", "Hint")
			if diff := cmp.Diff(want, got, ignored); diff != "" {
				t.Errorf("failure (-want +got):\n%s", diff)
			}
			if !errors.Is(got, err) {
				t.Error("the cause got lost")
			}
		})
	}
}

func TestFromKind(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		err  error
		want string
		exit int
	}{
		{"of this package", fmt.Errorf("wrapped: %w", failure.NotFound("no such file")), "not_found", 3},
		{"any other", errors.New("disk full"), "error", 1},
		{"interrupted", fmt.Errorf("execute: %w", context.Canceled), "interrupted", 130},
		{"ambiguous", &connector.Error{Kind: connector.KindAmbiguous, Message: "two"}, "validation_error", 4},
		{"unsupported", &connector.Error{Kind: connector.KindUnsupported, Message: "not here"}, "not_supported", 3},
		{"lost answer", &connector.Error{Kind: connector.KindUnknownOutcome, Status: 504, Message: "lost"}, "unknown_outcome", 1},
		{"empty success", &connector.Error{Kind: connector.KindNotFound, Status: 200, Message: "empty"}, "not_found", 3},
		{"connector before platform", &connector.Error{Kind: connector.KindValidation, Message: "m", Err: &platform.Error{Kind: platform.KindNotFound, Status: 404}}, "validation_error", 4},
		{"cut answer", &platform.Error{Kind: platform.KindUnavailable, Status: 200, Message: "incomplete answer", Err: io.ErrUnexpectedEOF}, "network_error", 1},
		{"answer of no JSON", &platform.Error{Kind: platform.KindUnavailable, Status: 200, Message: "unreadable answer"}, "api_error", 1},
		{"network", &platform.Error{Kind: platform.KindUnavailable, Message: "refused"}, "network_error", 1},
		{"refused credentials with another status", &platform.Error{Kind: platform.KindAuth, Status: 500, Err: platform.ErrCredentials, Message: "no"}, "unauthorized", 2},
		{"setting", &platform.Error{Kind: platform.KindConfig, Op: "new", Message: "bad host"}, "config_error", 2},
		{"several organizations", &platform.Error{Kind: platform.KindConfig, Status: 400, Err: platform.ErrValidation, Message: "which"}, "validation_error", 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := failure.From(tt.err)
			if got.Type != tt.want || got.Exit != tt.exit {
				t.Errorf("type %s, exit %d; want %s, %d", got.Type, got.Exit, tt.want, tt.exit)
			}
			if got.Message == "" {
				t.Error("no message")
			}
		})
	}
}

// A write whose answer was lost must not look like something to repeat.
func TestLostAnswerIsNotRetryable(t *testing.T) {
	t.Parallel()
	got := failure.From(&connector.Error{Kind: connector.KindUnknownOutcome, Op: "execute", Entity: "issues", Action: "create", Status: 503, Message: "lost"})
	text, err := json.Marshal(got)
	const want = `{"type":"unknown_outcome","message":"execute issues.create: lost","status_code":503,"retryable":false}`
	if err != nil || string(text) != want {
		t.Errorf("got %s, %v\nwant %s", text, err, want)
	}
}

func TestMissingCredentialsSayWhatToDo(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	_, err := platform.New()
	got := failure.From(err)
	if got.Type != "auth_error" || got.Exit != failure.ExitAuth || got.Hint == "" {
		t.Errorf("got %+v", got)
	}
	if text := got.Hint; !cmp.Equal(text, "run airbyte-agent login, or set AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET; airbyte-agent sandbox gives some to try with") {
		t.Errorf("hint %q", text)
	}
}
