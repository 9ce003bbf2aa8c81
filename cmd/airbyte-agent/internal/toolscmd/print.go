package toolscmd

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/completion"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/definition"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/suggest"
	"github.com/agentsdk-go/airbyte/tools"
)

// printing is one run of tools print.
type printing struct {
	app       *app.App
	request   request
	framework string

	compact, sizes, instructions bool
}

func printCommand(a *app.App) *cobra.Command {
	p := &printing{app: a}
	cmd := &cobra.Command{
		Use:   "print",
		Short: "Print the tools' definitions as a framework sends them",
		Long: `Print the tools' definitions as a framework sends them to a model, as JSON.

On a terminal their sizes follow on standard error. Tokens are those of the JSON
in OpenAI's vocabulary ` + definition.Encoding + `; a provider shows the definitions to its
model in a form of its own, so that its bill can differ, and other providers'
models count otherwise.`,
		Example: `  airbyte-agent tools print --connector pylon --framework openai
  airbyte-agent tools print --connector pylon --mode direct --per-action --read-only --framework mcp
  airbyte-agent tools print --connector pylon --offline --sizes
  airbyte-agent tools print --connector pylon --instructions`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.run(cmd.Context()) },
	}
	flags := cmd.Flags()
	p.request.flags(flags)
	flags.StringVar(&p.framework, "framework", definition.OpenAI, strings.Join(definition.Frameworks(), ", "))
	flags.BoolVar(&p.compact, "compact", false, "the very bytes that are sent, without line breaks")
	flags.BoolVar(&p.sizes, "sizes", false, "print the sizes instead, in characters and tokens")
	flags.BoolVar(&p.instructions, "instructions", false, "print the text for the system prompt instead")
	completion.Flag(cmd, "framework", definition.Frameworks())
	return cmd
}

func (p *printing) run(ctx context.Context) error {
	if !definition.Known(p.framework) {
		e := failure.Invalid("--framework %s is not known", p.framework)
		e.Candidates = definition.Frameworks()
		e.DidYouMean = suggest.Nearest(p.framework, e.Candidates)
		return e
	}
	if (p.compact && p.sizes) || (p.compact && p.instructions) || (p.sizes && p.instructions) {
		return failure.Invalid("give one of --compact, --sizes and --instructions")
	}
	conn, set, err := p.request.set(ctx, p.app)
	if err != nil {
		return err
	}
	defer conn.Close()
	if p.instructions {
		return p.text(ctx, set.Instructions()+"\n")
	}
	definitions, err := definition.For(ctx, p.framework, set)
	if err != nil {
		return err
	}
	if p.sizes {
		return p.writeSizes(ctx, definitions, set)
	}
	if err := p.write(ctx, definitions); err != nil {
		return err
	}
	return p.tell(definitions, set)
}

func (p *printing) write(ctx context.Context, definitions json.RawMessage) error {
	if p.compact {
		return p.text(ctx, string(definitions)+"\n")
	}
	return p.app.Write(ctx, definitions, nil)
}

func (p *printing) text(ctx context.Context, text string) error {
	return p.app.WriteTo(ctx, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

var sizeTable = output.Table{Columns: []output.Column{
	{Title: "TOOL", Path: "name"},
	{Title: "CHARACTERS", Path: "characters"},
	{Title: "TOKENS", Path: "tokens"},
}}

func (p *printing) writeSizes(ctx context.Context, definitions json.RawMessage, set *tools.Set) error {
	sizes, err := definition.Measure(p.framework, definitions, set.Instructions())
	if err != nil {
		return err
	}
	if err := p.app.Write(ctx, envelope.Encode(sizes), &app.View{Rows: "tools", Table: sizeTable}); err != nil {
		return err
	}
	p.app.Notice("%s", summary(sizes))
	return nil
}

// tell shows the sizes to a person; a program asks for them with --sizes.
func (p *printing) tell(definitions json.RawMessage, set *tools.Set) error {
	if !p.app.Terminal.Err {
		return nil
	}
	sizes, err := definition.Measure(p.framework, definitions, set.Instructions())
	if err != nil {
		return err
	}
	rows := make([]json.RawMessage, len(sizes.Tools))
	for i, tool := range sizes.Tools {
		rows[i] = envelope.Encode(tool)
	}
	if err := sizeTable.Write(p.app.Err, rows, p.app.Terminal.Width); err != nil {
		return err
	}
	p.app.Notice("%s", summary(sizes))
	return nil
}

func summary(s definition.Sizes) string {
	return fmt.Sprintf("In all %d characters, %d tokens of %s; the instructions are %d more characters, %d tokens.",
		s.Total.Characters, s.Total.Tokens, s.Encoding, s.Instructions.Characters, s.Instructions.Tokens)
}
