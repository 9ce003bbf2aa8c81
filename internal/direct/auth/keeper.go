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

// What became of a call whose end nobody waited for.
var (
	errOverdue = errors.New("the function that stores them has not returned in time")
	errBusy    = errors.New("the function that stores them has not returned from its call with earlier ones")
)

// keeper hands new tokens to the program.
type keeper struct {
	store   func(context.Context, Tokens) error // nil: the program does not keep them
	logger  *slog.Logger
	secrets *httpx.Secrets
	turn    chan struct{} // full while store runs: older tokens must not be stored after newer ones
	failed  atomic.Pointer[fault.Error]
}

func newKeeper(cfg Config) *keeper {
	return &keeper{store: cfg.OnTokens, logger: cfg.Logger, secrets: cfg.Secrets, turn: make(chan struct{}, 1)}
}

// keep returns when the tokens are stored, or at the end of ctx: callers wait
// for it, and the function is not ours.
func (k *keeper) keep(ctx context.Context, tokens Tokens) {
	if k.store == nil {
		return
	}
	if !k.begin(ctx) {
		k.failed.Store(k.complaint(ctx, errBusy))
		return
	}
	done, late := make(chan error), make(chan *fault.Error, 1)
	go k.call(ctx, tokens, done, late)
	select {
	case err := <-done:
		k.failed.Store(k.complaint(ctx, err))
	case <-ctx.Done():
		overdue := k.complaint(ctx, errOverdue)
		k.failed.Store(overdue)
		late <- overdue
	}
}

// begin takes the turn, unless ctx ends before it is free.
func (k *keeper) begin(ctx context.Context) bool {
	select {
	case k.turn <- struct{}{}:
		return true
	default:
	}
	select {
	case k.turn <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// call runs the program's function in a goroutine of its own. One that panics
// or calls runtime.Goexit ends nothing but that goroutine: the tokens are good,
// and callers wait for them. The outcome goes to done; when nobody waits for it
// any more, it takes the place of what late brings, unless newer tokens have
// failed since.
func (k *keeper) call(ctx context.Context, tokens Tokens, done chan<- error, late <-chan *fault.Error) {
	defer func() { <-k.turn }()
	err := errors.New("the function that stores them ended its goroutine")
	defer func() {
		if cause := recover(); cause != nil {
			err = errors.New(k.secrets.Redact(fmt.Sprintf("the function that stores them panicked: %v", cause)))
		}
		select {
		case done <- err:
		case overdue := <-late:
			k.failed.CompareAndSwap(overdue, k.complaint(ctx, err))
		}
	}()
	err = k.store(ctx, tokens)
}

// complaint makes an error of err and logs it; nil stays nil.
func (k *keeper) complaint(ctx context.Context, err error) *fault.Error {
	if err == nil {
		return nil
	}
	text := k.secrets.Redact(err.Error())
	if k.logger != nil {
		k.logger.LogAttrs(ctx, slog.LevelWarn, "new tokens could not be stored", slog.String("error", text))
	}
	return &fault.Error{Kind: fault.Config, Message: "new tokens could not be stored: " + text, Err: err}
}

func (k *keeper) failure() error {
	if e := k.failed.Load(); e != nil {
		return e
	}
	return nil
}
