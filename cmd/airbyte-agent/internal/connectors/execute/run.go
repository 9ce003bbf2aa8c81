package execute

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/selector"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/connector"
)

// command is one run of connectors execute.
type command struct {
	app    *app.App
	target target.Target
	yes    bool
	all    bool
}

// service is a connector in one of the modes.
type service interface {
	fmt.Stringer // names it for a person

	effect(c call) connector.Effect
	// offers is nil unless the connector's type is known and has no such operation.
	offers(c call) *failure.Error
	// execute returns the envelope.
	execute(ctx context.Context, c call) (json.RawMessage, error)
	download(ctx context.Context, c call) (io.ReadCloser, error)
	// pages opens what walks a list; the caller closes it.
	pages(ctx context.Context) (*connector.Connector, error)
}

func (cmd *command) run(ctx context.Context, in operation.Input) (json.RawMessage, error) {
	s := selector.From(in)
	cmd.target.ID, cmd.target.Name, cmd.target.Workspace = s.ID, s.Name, s.Workspace
	if err := cmd.target.Check(); err != nil {
		return nil, err
	}
	c := callOf(in)
	if err := cmd.check(c); err != nil {
		return nil, err
	}
	svc, done, err := cmd.open(ctx, s)
	if err != nil {
		return nil, err
	}
	defer done()
	if err := cmd.allow(ctx, c, svc); err != nil {
		return nil, err
	}
	switch {
	case cmd.all:
		return nil, cmd.writeRecords(ctx, c, svc)
	case c.isFile():
		return nil, cmd.writeFile(ctx, c, svc)
	}
	return svc.execute(ctx, c)
}

// open finds the connector. done lets go of it.
func (cmd *command) open(ctx context.Context, s selector.Selector) (_ service, done func(), err error) {
	if cmd.target.IsDirect() {
		conn, err := cmd.target.Open(ctx, cmd.app)
		if err != nil {
			return nil, nil, err
		}
		return &direct{conn: conn}, func() { conn.Close() }, nil
	}
	found, err := s.Find(ctx, cmd.app)
	if err != nil {
		return nil, nil, err
	}
	client, err := cmd.app.Client()
	if err != nil {
		return nil, nil, err
	}
	return &hosted{app: cmd.app, client: client, found: found}, func() {}, nil
}

// check refuses what contradicts itself, before any request.
func (cmd *command) check(c call) error {
	platformOnly := c.given(selectFields, excludeFields, skipTruncation, intent)
	switch {
	case cmd.target.IsDirect() && len(platformOnly) > 0:
		return failure.Invalid("%s: only the platform knows that, and direct mode does not ask it", strings.Join(platformOnly, ", ")).
			WithHint("leave it out; --fields keeps parts of the result here")
	case cmd.all && len(platformOnly) > 0:
		return failure.Invalid("%s cannot be used with --all, which reads records as they are", strings.Join(platformOnly, ", ")).
			WithHint("leave it out; --fields keeps parts of each record")
	case cmd.all && c.action == download:
		return failure.Invalid("--all is for lists: a download has no pages").WithHint("leave --all out")
	case cmd.all && cmd.app.Flags.Format == app.FormatTable:
		return failure.Invalid("--all writes one record per line, not a table").WithHint("leave --format or --all out")
	case c.isFile() && len(c.given(selectFields, excludeFields))+len(cmd.app.Flags.Fields) > 0:
		return failure.Invalid("a file has no fields to select").WithHint("leave select_fields, exclude_fields and --fields out")
	case c.isFile() && cmd.app.Terminal.Out && cmd.app.Flags.Output == "":
		return failure.Invalid("a file is not written to a terminal").WithHint("add -o FILE, or -o - to have it there all the same")
	}
	return nil
}

// allow refuses what is most likely misspelt, and asks before something is
// changed or deleted.
func (cmd *command) allow(ctx context.Context, c call, svc service) error {
	if unknown := svc.offers(c); unknown != nil && (cmd.all || !cmd.agreed()) {
		if cmd.all { // pages are walked by what is known of the type
			unknown.Hint = "use one of the candidates"
		}
		return unknown
	}
	effect := svc.effect(c)
	if effect == connector.Read {
		return nil
	}
	if cmd.all {
		return failure.Invalid("--all is for actions that read: %s may change something", c).WithHint("leave --all out")
	}
	does := "changes"
	if effect == connector.Destroy {
		does = "deletes"
	}
	question := fmt.Sprintf("Run %s, which %s something, on %s with %s?", c, does, svc, c.paramNames())
	return cmd.app.Confirm(ctx, question, cmd.agreed())
}

// agreed reports whether the user has said yes before any question.
func (cmd *command) agreed() bool { return cmd.yes || cmd.app.AllowDestructive() }
