package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// keeper hands new tokens to the program.
type keeper struct {
	store   func(context.Context, Tokens) error // nil: the program does not keep them
	logger  *slog.Logger
	secrets *httpx.Secrets
	failed  atomic.Pointer[fault.Error]
}

func (k *keeper) keep(ctx context.Context, tokens Tokens) {
	if k.store == nil {
		return
	}
	err := k.call(ctx, tokens)
	if err == nil {
		k.failed.Store(nil)
		return
	}
	text := k.secrets.Redact(err.Error())
	k.failed.Store(&fault.Error{Kind: fault.Config, Message: "new tokens could not be stored: " + text, Err: err})
	if k.logger != nil {
		k.logger.LogAttrs(ctx, slog.LevelWarn, "new tokens could not be stored", slog.String("error", text))
	}
}

// call runs the program's function in a goroutine of its own. One that panics
// or calls runtime.Goexit ends nothing but that goroutine: the tokens are good,
// and callers wait for them.
func (k *keeper) call(ctx context.Context, tokens Tokens) error {
	done := make(chan error, 1)
	go func() {
		err := errors.New("the function that stores them ended its goroutine")
		defer func() {
			if cause := recover(); cause != nil {
				err = errors.New(k.secrets.Redact(fmt.Sprintf("the function that stores them panicked: %v", cause)))
			}
			done <- err
		}()
		err = k.store(ctx, tokens)
	}()
	return <-done
}

func (k *keeper) failure() error {
	if e := k.failed.Load(); e != nil {
		return e
	}
	return nil
}
