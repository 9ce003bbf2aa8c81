package app

import (
	"bufio"
	"io"
	"log/slog"
	"os"
	"sync/atomic"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/platform"
)

// App is one run of the command line. It is for one goroutine, except where a
// method says otherwise.
type App struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal Terminal
	Version  string
	Flags    Flags

	client *platform.Client
	lines  *bufio.Reader // of In, once a question was asked

	warnings warnings
	patient  atomic.Bool // a command ends in its own time when it is interrupted
}

// Flags are those of every command.
type Flags struct {
	Output  string   // file for the result, "" or "-" for standard output
	Format  string   // FormatAuto, FormatJSON or FormatTable
	Fields  []string // what to keep of the result, see package fields
	Verbose bool     // tell on standard error what is sent
}

// The values of Flags.Format.
const (
	FormatAuto  = "auto" // a table on a terminal, JSON elsewhere
	FormatJSON  = "json"
	FormatTable = "table"
)

// New returns the app of this process.
func New(version string) *App {
	return &App{
		In:       os.Stdin,
		Out:      os.Stdout,
		Err:      os.Stderr,
		Terminal: terminalOf(os.Stdin, os.Stdout, os.Stderr),
		Version:  version,
		Flags:    Flags{Format: FormatAuto},
	}
}

// Client returns the client of the Airbyte Agent API, one for the whole run,
// without any I/O. Missing credentials are a failure that says what to set.
func (a *App) Client() (*platform.Client, error) {
	if a.client != nil {
		return a.client, nil
	}
	client, err := a.NewClient()
	if err != nil {
		return nil, err
	}
	a.CheckSettings()
	a.client = client
	return client, nil
}

// NewClient returns a client with further options, which win.
func (a *App) NewClient(opts ...platform.Option) (*platform.Client, error) {
	all := []platform.Option{platform.WithUserAgent("airbyte-agent-go/" + a.Version)}
	if log := a.Logger(); log != nil {
		all = append(all, platform.WithLogger(log))
	}
	return platform.New(append(all, opts...)...)
}

// ConnectorOptions are the options that a connector of this run is opened with,
// in either mode.
func (a *App) ConnectorOptions() []connector.Option {
	if log := a.Logger(); log != nil {
		return []connector.Option{connector.WithLogger(log)}
	}
	return nil
}

// Logger writes what is sent, nil unless it was asked for. It shows neither
// bodies nor credentials.
func (a *App) Logger() *slog.Logger {
	if !a.Flags.Verbose {
		return nil
	}
	return slog.New(slog.NewTextHandler(a.Err, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// Workspace returns the given workspace's name, else that of
// AIRBYTE_WORKSPACE, of the settings file, or "default".
func (a *App) Workspace(given string) (string, error) { return settings.OS().Workspace(given) }

// Close lets go of what the run held.
func (a *App) Close() {
	if a.client != nil {
		_ = a.client.Close() // only idle connections: nothing depends on it
	}
}
