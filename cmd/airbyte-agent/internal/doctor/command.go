package doctor

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// The checks, in their order.
const (
	checkSettings     = "settings"
	checkHost         = "host"
	checkClock        = "clock"
	checkCredentials  = "credentials"
	checkOrganization = "organization"
	checkWorkspace    = "workspace"
	checkConnector    = "connector"
	checkHealth       = "check"
	checkRead         = "read"
)

// doctor is one run.
type doctor struct {
	app     *app.App
	system  settings.System
	now     func() time.Time
	target  target.Target
	timeout time.Duration
}

// Command returns the command doctor.
func Command(a *app.App) *cobra.Command { return New(a, settings.OS(), time.Now) }

// New is Command with other settings and another clock than the system's.
func New(a *app.App, system settings.System, now func() time.Time) *cobra.Command {
	d := &doctor{app: a, system: system, now: now}
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what is wrong with the settings, the network and the connector",
		Long: `Try, step by step, what the other commands need, and say what is wrong and what
to do: the settings, the host, the clock, the credentials, the organization, the
workspace, the connector, the platform's check of it, and one read. In direct
mode: the service's credentials, its host, the clock, a check and one read.

Nothing is changed. The exit code is that of the failure: 1 network or service,
2 credentials, 3 not found, 4 wrong settings of the command.`,
		Example: `  airbyte-agent doctor
  airbyte-agent doctor --connector pylon --workspace default
  airbyte-agent doctor --mode direct --connector pylon`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return d.run(cmd.Context()) },
	}
	d.target.Flags(cmd.Flags())
	cmd.Flags().DurationVar(&d.timeout, "timeout", time.Minute, "how long one step may take")
	return cmd
}

func (d *doctor) run(ctx context.Context) error {
	if err := d.check(); err != nil {
		return err
	}
	report := &Report{Mode: target.Hosted}
	if d.target.IsDirect() {
		report.Mode = target.Direct
		d.direct(ctx, report)
	} else {
		d.hosted(ctx, report)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	report.advise()
	failed := report.failure()
	report.OK = failed == nil
	if err := d.app.Write(ctx, envelope.Encode(report), &app.View{Rows: "checks", Lines: writeLines}); err != nil {
		return err
	}
	return failed
}

func (d *doctor) check() error {
	if d.timeout <= 0 {
		return failure.Invalid("--timeout %s is no time to wait; use such as 30s", d.timeout)
	}
	if !d.target.IsDirect() && d.target.Name == "" && d.target.ID == "" {
		named := d.target // the account can be checked without a connector
		named.Name = "any"
		return named.Check()
	}
	return d.target.Check()
}

// step runs one step within its time.
func step[T any](ctx context.Context, d *doctor, do func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	return do(ctx)
}
