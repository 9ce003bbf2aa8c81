package mcpserve

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/suggest"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// The values of --log.
const (
	logNone = "none"
	logText = "text"
	logJSON = "json"
)

var logs = []string{logNone, logText, logJSON}

// serving is one run of mcp serve.
type serving struct {
	app   *app.App
	tools toolFlags
	web   webFlags
	log   string
}

func (s *serving) flags(flags *pflag.FlagSet) {
	s.tools.add(flags)
	s.web.add(flags)
	flags.StringVar(&s.log, "log", "", "what to log on standard error: none, text or json (default text with --http, else none)")
}

func (s *serving) run(ctx context.Context, flags *pflag.FlagSet) error {
	if err := s.check(flags); err != nil {
		return err
	}
	var overHTTP []mcptools.HandlerOption
	if s.web.address != "" {
		var err error
		if overHTTP, err = s.web.options(); err != nil {
			return err
		}
	}
	set, done, err := s.tools.open(ctx, s.app)
	if err != nil {
		return err
	}
	defer done()
	server, err := mcptools.NewServer(set, mcptools.WithVersion(s.app.Version), mcptools.WithLogger(s.serverLogger()))
	if err != nil {
		return err
	}
	terminated := watchTermination(ctx)
	if s.web.address == "" {
		err = s.overStdio(ctx, server)
	} else {
		s.app.EndInOwnTime() // running calls may finish; a write to a client that does not read may not
		err = s.overHTTP(ctx, server, set, overHTTP)
	}
	if terminated() {
		return nil // it was asked to end, and has
	}
	return err
}

// check refuses what cannot work before anything is opened.
func (s *serving) check(flags *pflag.FlagSet) error {
	if s.log != "" && !slices.Contains(logs, s.log) {
		e := failure.Invalid("--log %s is not known", s.log)
		e.Candidates, e.DidYouMean = logs, suggest.Nearest(s.log, logs)
		return e
	}
	if s.log == "" {
		s.log = logNone
		if s.web.address != "" {
			s.log = logText
		}
	}
	if err := s.checkOutput(flags); err != nil {
		return err
	}
	if err := s.tools.check(s.web.address == ""); err != nil {
		return err
	}
	return s.web.check(flags)
}

// checkOutput refuses the flags for a result where there is none: what clients
// are sent is the protocol's.
func (s *serving) checkOutput(flags *pflag.FlagSet) error {
	names := []string{"fields", "format"}
	if s.web.address == "" {
		names = append(names, "output")
	}
	for _, name := range names {
		if flags.Changed(name) {
			e := failure.Invalid("--%s is for results, and mcp serve speaks a protocol", name)
			if name == "output" {
				return e.WithHint("leave it out; with --http it takes the file that tells where the server is")
			}
			return e.WithHint("leave it out")
		}
	}
	return nil
}

// overStdio serves the client that has started this process until its input ends.
// A client that has closed its end is as good as the end of the input: the
// process must not die of SIGPIPE, but end with code 0.
func (s *serving) overStdio(ctx context.Context, server *mcp.Server) error {
	signal.Ignore(syscall.SIGPIPE)
	if s.app.Terminal.In {
		s.app.Notice("Serving MCP on standard input and output, where a client speaks to it. Ctrl-C ends it.")
	}
	return server.Run(ctx, mcptools.Stdio(s.app.In, s.app.Out))
}

// logger writes to standard error what is at least of the level.
func (s *serving) logger(level slog.Level) *slog.Logger {
	opts := &slog.HandlerOptions{Level: level}
	switch s.log {
	case logText:
		return slog.New(slog.NewTextHandler(s.app.Err, opts))
	case logJSON:
		return slog.New(slog.NewJSONHandler(s.app.Err, opts))
	}
	return slog.New(slog.DiscardHandler)
}

// serverLogger is for the protocol's own messages. Over HTTP each request is a
// session of its own, whose coming and going nobody wants to read.
func (s *serving) serverLogger() *slog.Logger {
	if s.web.address != "" {
		return s.logger(slog.LevelWarn)
	}
	return s.logger(slog.LevelInfo)
}

// watchTermination returns a function that tells, once ctx has ended, whether
// SIGTERM ended it: the way in which services are stopped, and no failure.
func watchTermination(ctx context.Context) (terminated func() bool) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	// Whoever stops the process twice does not want to wait.
	context.AfterFunc(ctx, func() { signal.Stop(signals) })
	return func() bool {
		signal.Stop(signals) // a signal that ended ctx has arrived here, too, once Stop returns
		select {
		case <-signals:
			return ctx.Err() != nil
		default:
			return false
		}
	}
}
