package operation

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
)

// Command makes the command of an operation.
func (o Operation) Command(a *app.App) *cobra.Command {
	p := newParser(a, o.Params)
	cmd := &cobra.Command{
		Use:     o.Name,
		Short:   o.Short,
		Long:    o.Long,
		Example: o.Example,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			in, err := p.parse(cmd.Flags())
			if err != nil {
				return err
			}
			return o.run(cmd.Context(), a, in)
		},
	}
	if cmd.Long == "" {
		cmd.Long = o.Short
	}
	p.register(cmd.Flags())
	if o.Flags != nil {
		o.Flags(cmd.Flags())
	}
	cmd.Flags().SortFlags = false
	return cmd
}

// run does the work and writes the result.
func (o Operation) run(ctx context.Context, a *app.App, in Input) error {
	if o.Local == nil || !o.Local(in) {
		if _, err := a.Client(); err != nil {
			return err
		}
	}
	result, err := o.Run(ctx, in)
	if errors.Is(err, ErrWritten) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.Write(ctx, result, o.View)
}

// Always is Local of an operation that never needs credentials.
func Always(Input) bool { return true }
