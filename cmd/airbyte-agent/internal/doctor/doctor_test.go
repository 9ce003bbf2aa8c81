package doctor_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/doctor"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// machine is what the doctor looks at.
type machine struct {
	env  map[string]string
	file string      // the settings file, "" for none
	mode fs.FileMode // of the file
	skew time.Duration
}

func (m machine) system() settings.System {
	return settings.System{
		Getenv:  func(key string) string { return m.env[key] },
		HomeDir: func() (string, error) { return "home", nil },
		ReadFile: func(string) ([]byte, error) {
			if m.file == "" {
				return nil, fs.ErrNotExist
			}
			return []byte(m.file), nil
		},
		Mode: func(string) (fs.FileMode, bool, error) {
			if m.file == "" {
				return 0, false, fs.ErrNotExist
			}
			return m.mode, true, nil
		},
	}
}

// examine runs the doctor.
func (m machine) examine(t *testing.T, args ...string) (doctor.Report, error) {
	t.Helper()
	var out bytes.Buffer
	a := &app.App{Out: &out, Err: &bytes.Buffer{}, Version: "test", Flags: app.Flags{Format: app.FormatJSON}}
	t.Cleanup(a.Close)
	cmd := doctor.New(a, m.system(), func() time.Time { return time.Now().Add(m.skew) })
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	failed := cmd.ExecuteContext(t.Context())
	var report doctor.Report
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatalf("%v in %q; the command returned %v", err, out.String(), failed)
	}
	if strings.Contains(out.String(), sandbox.ClientSecret) {
		t.Error("the report holds the secret")
	}
	return report, failed
}

func find(t *testing.T, report doctor.Report, name string) doctor.Check {
	t.Helper()
	for _, c := range report.Checks {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no check %s in %+v", name, report)
	return doctor.Check{}
}

func start(t *testing.T, opts ...sandbox.Option) (*sandbox.Sandbox, map[string]string) {
	t.Helper()
	box, err := sandbox.Start(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(box.Close)
	return box, map[string]string{
		"AIRBYTE_CLIENT_ID":       sandbox.ClientID,
		"AIRBYTE_CLIENT_SECRET":   sandbox.ClientSecret,
		"AIRBYTE_ORGANIZATION_ID": sandbox.OrganizationID,
		"AIRBYTE_API_HOST":        box.PlatformURL(),
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	_, env := start(t)
	tests := []struct {
		name   string
		skew   time.Duration
		status string
		words  string
	}{
		{"right", 0, doctor.OK, "agrees"},
		{"a little ahead", 50 * time.Second, doctor.OK, "agrees"},
		{"ahead", 5 * time.Minute, doctor.Warning, "ahead of"},
		{"behind", -5 * time.Minute, doctor.Warning, "behind"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report, err := machine{env: env, skew: tt.skew}.examine(t)
			if err != nil || !report.OK {
				t.Fatalf("error %v, report %+v", err, report)
			}
			clock := find(t, report, "clock")
			if clock.Status != tt.status || !strings.Contains(clock.Message, tt.words) {
				t.Errorf("got %+v, want %s with %q", clock, tt.status, tt.words)
			}
			if (clock.Hint != "") != (tt.status == doctor.Warning) {
				t.Errorf("hint %q of status %s", clock.Hint, clock.Status)
			}
		})
	}
}

func TestSourcesOfSettings(t *testing.T) {
	t.Parallel()
	box, env := start(t)
	const stored = `{"settings":{"credentials":{"client_id":"sandbox-client-id","client_secret":"` + sandbox.ClientSecret +
		`"},"organization_id":"` + sandbox.OrganizationID + `","workspace":"default"}}`
	host := map[string]string{"AIRBYTE_API_HOST": box.PlatformURL()}
	tests := []struct {
		name   string
		m      machine
		args   []string
		status string
		want   []doctor.Value
	}{
		{"environment", machine{env: env}, nil, doctor.OK, []doctor.Value{
			{Name: "client_id", Value: sandbox.ClientID, Source: "the environment"},
			{Name: "client_secret", Source: "the environment"},
			{Name: "organization_id", Value: sandbox.OrganizationID, Source: "the environment"},
			{Name: "workspace", Value: "default", Source: "the default"},
		}},
		{"file", machine{env: host, file: stored, mode: 0o600}, nil, doctor.OK, []doctor.Value{
			{Name: "client_id", Value: sandbox.ClientID, Source: "the settings file"},
			{Name: "client_secret", Source: "the settings file"},
			{Name: "organization_id", Value: sandbox.OrganizationID, Source: "the settings file"},
			{Name: "workspace", Value: "default", Source: "the settings file"},
		}},
		{"both, and a flag", machine{env: env, file: stored, mode: 0o640}, []string{"--workspace", "Default"}, doctor.Warning, []doctor.Value{
			{Name: "client_id", Value: sandbox.ClientID, Source: "the environment"},
			{Name: "client_secret", Source: "the environment"},
			{Name: "organization_id", Value: sandbox.OrganizationID, Source: "the environment"},
			{Name: "workspace", Value: "Default", Source: "the command line"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report, err := tt.m.examine(t, tt.args...)
			if err != nil {
				t.Fatal(err)
			}
			check := find(t, report, "settings")
			want := append(tt.want, doctor.Value{Name: "host", Value: box.PlatformURL(), Source: "the environment"})
			if diff := cmp.Diff(want, check.Values); diff != "" || check.Status != tt.status {
				t.Errorf("%+v, want %s; values (-want +got):\n%s", check, tt.status, diff)
			}
		})
	}
}

// A step that does not end is given up, and the rest is not tried.
func TestTimeout(t *testing.T) {
	t.Parallel()
	box, env := start(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteWorkspaces, Delay: time.Minute, Times: -1})
	report, err := machine{env: env}.examine(t, "--timeout", "500ms", "--connector", "pylon")
	if e, ok := errors.AsType[*failure.Error](err); !ok || e.Exit != failure.ExitGeneral {
		t.Errorf("error %v, want one with exit code 1", err)
	}
	var got []string
	for _, c := range report.Checks {
		got = append(got, c.Name+" "+c.Status)
	}
	want := []string{
		"settings ok", "host ok", "clock ok", "credentials ok", "organization ok",
		"workspace failed", "connector skipped", "check skipped", "read skipped",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("checks (-want +got):\n%s", diff)
	}
}

// A connector that reports bad credentials gets its read tried all the same:
// the answer tells more.
func TestUnhealthyConnector(t *testing.T) {
	t.Parallel()
	box, env := start(t)
	box.Inject(sandbox.Fault{
		Route: sandbox.RouteConnectorCheck, Status: 200, Times: -1,
		Body: `{"id":"c1","status":"failed","error_message":"the token was withdrawn"}`,
	})
	report, err := machine{env: env}.examine(t, "--connector", "pylon")
	want := doctor.Check{Name: "check", Status: doctor.Failed, Message: "the connector reports failed: the token was withdrawn"}
	if diff := cmp.Diff(want, find(t, report, "check"), cmpopts.IgnoreFields(doctor.Check{}, "Hint", "err")); diff != "" {
		t.Errorf("check (-want +got):\n%s", diff)
	}
	if read := find(t, report, "read"); read.Status != doctor.OK {
		t.Errorf("read: %+v", read)
	}
	if e, ok := errors.AsType[*failure.Error](err); !ok || e.Type != "unhealthy" || e.Exit != failure.ExitGeneral {
		t.Errorf("error %#v", err)
	}
}
