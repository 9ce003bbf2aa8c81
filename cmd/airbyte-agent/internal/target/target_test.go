package target_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/testenv"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestMain(m *testing.M) { testenv.Main(m) }

func newApp(stdin string) *app.App {
	return &app.App{In: strings.NewReader(stdin), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
}

func TestContradictionsAreRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]target.Target{
		"no name":                    {},
		"name and id":                {Name: "pylon", ID: "1"},
		"id in direct mode":          {ID: "1", Mode: target.Direct},
		"workspace in direct mode":   {Name: "pylon", Workspace: "w", Mode: target.Direct},
		"manifest in hosted mode":    {Name: "pylon", Manifest: "m.yaml", Mode: target.Hosted},
		"credentials in hosted mode": {Name: "pylon", Credentials: "-"},
		"typed credentials":          {Name: "pylon", Mode: target.Direct, Credentials: `{"api_token":"x"}`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := tt.Open(t.Context(), newApp(""))
			if e := failure.From(err); e.Exit != failure.ExitInput {
				t.Errorf("got %+v, want exit 4", e)
			}
		})
	}
}

func TestUnknownModeIsRefusedWhenRead(t *testing.T) {
	t.Parallel()
	var which target.Target
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	which.Flags(flags)
	if err := flags.Parse([]string{"--connector", "pylon", "--mode", "local"}); err == nil || !strings.Contains(err.Error(), "use hosted or direct") {
		t.Errorf("got %v", err)
	}
	if err := flags.Parse([]string{"--connector", "pylon", "--mode", "direct"}); err != nil || !which.IsDirect() {
		t.Errorf("got %v, direct %v", err, which.IsDirect())
	}
}

func TestOpenHosted(t *testing.T) {
	box := sandbox.Test(t)
	t.Setenv("AIRBYTE_CLIENT_ID", sandbox.ClientID)
	t.Setenv("AIRBYTE_CLIENT_SECRET", sandbox.ClientSecret)
	t.Setenv("AIRBYTE_API_HOST", box.PlatformURL())
	for name, which := range map[string]target.Target{
		"by name": {Name: "Pylon"},
		"by id":   {ID: sandbox.ConnectorID},
	} {
		conn, err := which.Open(t.Context(), newApp(""))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if conn.ID() != sandbox.ConnectorID || len(conn.Entities()) == 0 {
			t.Errorf("%s: id %q with %d entities", name, conn.ID(), len(conn.Entities()))
		}
	}
}

func TestOpenDirect(t *testing.T) {
	box := sandbox.Test(t)
	t.Setenv("PYLON_API_HOST", box.PylonURL())
	file := filepath.Join(t.TempDir(), "credentials.json")
	if err := os.WriteFile(file, []byte(`{"api_token":"`+sandbox.PylonToken+`"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		which target.Target
		token string // of the environment
		stdin string
	}{
		{"environment", target.Target{Name: "pylon", Mode: target.Direct}, sandbox.PylonToken, ""},
		{"file", target.Target{Name: "pylon", Mode: target.Direct, Credentials: "@" + file}, "", ""},
		{"standard input", target.Target{Name: "pylon", Mode: target.Direct, Credentials: "-"}, "", `{"api_token":"` + sandbox.PylonToken + `"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("PYLON_API_TOKEN", tt.token)
			conn, err := tt.which.Open(t.Context(), newApp(tt.stdin))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Execute(t.Context(), "issues", "get", connector.Params{"id": "1042"}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestOpenDirectWithoutCredentials(t *testing.T) {
	t.Parallel()
	which := target.Target{Name: "pylon", Mode: target.Direct}
	_, err := which.Open(t.Context(), newApp(""))
	e := failure.From(err)
	if e.Exit != failure.ExitAuth || !strings.Contains(e.Hint, "set PYLON_API_TOKEN") {
		t.Errorf("got %+v", e)
	}
}

func TestSecretsInBrokenCredentialsAreNotTold(t *testing.T) {
	t.Parallel()
	which := target.Target{Name: "pylon", Mode: target.Direct, Credentials: "-"}
	_, err := which.Open(t.Context(), newApp(`{"api_token": s3cret}`))
	e := failure.From(err)
	if e.Type != "input_error" || strings.Contains(e.Message+e.Hint, "s3cret") {
		t.Errorf("got %+v", e)
	}
}

func TestDescribeNeedsNoCredentials(t *testing.T) {
	t.Parallel()
	which := target.Target{Name: "pylon", Mode: target.Direct}
	conn, err := which.Describe(t.Context(), newApp(""))
	if err != nil {
		t.Fatal(err)
	}
	if len(conn.Entities()) == 0 {
		t.Error("no entities")
	}
}

func TestManifestThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	broken := filepath.Join(t.TempDir(), "connector.yaml")
	if err := os.WriteFile(broken, []byte("openapi: ["), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		which target.Target
		exit  int
	}{
		{"not built in", target.Target{Name: "stripe", Mode: target.Direct}, failure.ExitNotFound},
		{"no such file", target.Target{Manifest: filepath.Join(t.TempDir(), "none.yaml")}, failure.ExitInput},
		{"broken file", target.Target{Manifest: broken}, failure.ExitInput},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := tt.which.Open(t.Context(), newApp(""))
			if e := failure.From(err); e.Exit != tt.exit || e.Message == "" {
				t.Errorf("got %+v, want exit %d", e, tt.exit)
			}
			if errors.Is(err, connector.ErrAuth) {
				t.Error("it is no matter of credentials")
			}
		})
	}
}

func TestVariable(t *testing.T) {
	t.Parallel()
	for in, want := range map[[2]string]string{
		{"pylon", "api_token"}:       "PYLON_API_TOKEN",
		{"google-drive", "clientId"}: "GOOGLE_DRIVE_CLIENTID",
		{"zoë", "key"}:               "ZO__KEY",
	} {
		if got := target.Variable(in[0], in[1]); got != want {
			t.Errorf("%v: %s, want %s", in, got, want)
		}
	}
}
