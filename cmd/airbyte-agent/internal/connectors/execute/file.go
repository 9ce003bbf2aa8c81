package execute

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

// writeFile writes the bytes of a download as they come.
func (cmd *command) writeFile(ctx context.Context, c call, svc service) (err error) {
	body, err := svc.download(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, body.Close()) }()
	err = cmd.app.WriteTo(ctx, func(w io.Writer) error {
		if _, err := io.Copy(w, body); err != nil {
			return fmt.Errorf("download %s: %w", c, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return operation.ErrWritten
}
