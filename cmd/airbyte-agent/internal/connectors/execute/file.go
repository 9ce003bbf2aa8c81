package execute

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/raw"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/platform"
)

// writeFile writes the bytes of a download as they come.
func (cmd *command) writeFile(ctx context.Context, c call, svc service) (err error) {
	body, err := svc.download(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, body.Close()) }()
	err = cmd.app.WriteTo(ctx, func(w io.Writer) error {
		_, err := io.Copy(w, body)
		if e, ok := errors.AsType[*platform.Error](err); ok {
			return raw.Named(e, "execute "+c.String())
		}
		if err != nil {
			return fmt.Errorf("execute %s: %w", c, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return operation.ErrWritten
}
