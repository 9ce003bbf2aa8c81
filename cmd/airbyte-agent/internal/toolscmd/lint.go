package toolscmd

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/completion"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/lint"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/suggest"
	"github.com/agentsdk-go/airbyte/tools"
)

// linting is one run of tools lint.
type linting struct {
	app       *app.App
	request   request
	providers []string
	maxOutput int
}

func lintCommand(a *app.App) *cobra.Command {
	l := &linting{app: a}
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Say what providers would refuse or ignore of the tools",
		Long: `Say what providers would refuse or ignore of the tools.

An error is what a provider refuses, mostly the whole request for one bad tool.
A warning is what it ignores, or what some models and deployments do worse with.
The exit code is 4 when there is an error.`,
		Example: `  airbyte-agent tools lint --connector pylon
  airbyte-agent tools lint --manifest connector.yaml --per-action --provider anthropic,mcp`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return l.run(cmd.Context()) },
	}
	l.request.flags(cmd.Flags())
	named := slices.DeleteFunc(lint.Providers(), func(p string) bool { return p == lint.Any })
	cmd.Flags().StringSliceVar(&l.providers, "provider", nil, "only these: "+strings.Join(named, ", "))
	cmd.Flags().IntVar(&l.maxOutput, "max-output", tools.DefaultMaxOutput, "most characters of a tool's output, as the tools are to be served")
	completion.Flag(cmd, "provider", named)
	return cmd
}

var lintTable = output.Table{
	Columns: []output.Column{
		{Title: "SEVERITY", Path: "severity"},
		{Title: "PROVIDER", Path: "provider"},
		{Title: "RULE", Path: "rule"},
		{Title: "TIMES", Path: "count"},
		{Title: "FIRST", Path: "tools.0.tool"},
		{Title: "MESSAGE", Path: "message"},
	},
	Empty: "Nothing would be refused or ignored.",
}

func (l *linting) run(ctx context.Context) error {
	if err := l.check(); err != nil {
		return err
	}
	conn, set, err := l.request.set(ctx, l.app)
	if err != nil {
		return err
	}
	defer conn.Close()
	findings, err := lint.Check(set)
	if err != nil {
		return err
	}
	findings = slices.DeleteFunc(append(findings, lint.MaxOutput(l.maxOutput)...), func(f lint.Finding) bool {
		return len(l.providers) > 0 && f.Provider != lint.Any && !slices.Contains(l.providers, f.Provider)
	})
	result := struct {
		Connector string       `json:"connector"`
		Tools     int          `json:"tools"`
		Refused   bool         `json:"refused"`
		Findings  []lint.Group `json:"findings"`
	}{conn.Name(), len(set.Tools()), lint.Refused(findings), lint.Grouped(findings)}
	if err := l.app.Write(ctx, envelope.Encode(result), &app.View{Rows: "findings", Table: lintTable}); err != nil {
		return err
	}
	if !result.Refused {
		return nil
	}
	return refused(result.Findings)
}

func (l *linting) check() error {
	for _, p := range l.providers {
		if !slices.Contains(lint.Providers(), p) {
			e := failure.Invalid("--provider %s is not known", p)
			e.Candidates = lint.Providers()
			e.DidYouMean = suggest.Nearest(p, e.Candidates)
			return e
		}
	}
	if l.maxOutput < 0 {
		return failure.Invalid("--max-output is %d; use 0 or more", l.maxOutput)
	}
	return nil
}

// refused is the failure that gives the exit code; the result is written.
func refused(groups []lint.Group) error {
	var providers []string
	for _, g := range groups {
		if g.Severity == lint.Error && !slices.Contains(providers, g.Provider) {
			providers = append(providers, g.Provider)
		}
	}
	return &failure.Error{
		Type:    "refused",
		Message: "the tools would be refused by " + strings.Join(providers, ", "),
		Hint:    "the result says why; --provider names the providers that you use",
		Exit:    failure.ExitInput,
	}
}
