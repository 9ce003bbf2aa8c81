package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"syscall"

	"golang.org/x/term"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

// Notice tells a person something that is no result and no failure. Where
// nobody looks it is left out, so that standard error stays readable for
// programs.
func (a *App) Notice(format string, args ...any) {
	if a.Terminal.Err {
		_, _ = fmt.Fprintln(a.Err, output.Line(fmt.Sprintf(format, args...))) // nobody left to tell
	}
}

// Ask writes a question to standard error and returns the line that is typed,
// without white space around it. It ends with ctx.
func (a *App) Ask(ctx context.Context, question string) (string, error) {
	if err := a.print(question); err != nil {
		return "", err
	}
	return a.answer(ctx, func() (string, error) { return a.line() })
}

// AskSecret is Ask without showing on a terminal what is typed.
func (a *App) AskSecret(ctx context.Context, question string) (string, error) {
	if !a.Terminal.In {
		return a.Ask(ctx, question)
	}
	if err := a.print(question); err != nil {
		return "", err
	}
	// ReadPassword turns the echo off and on again; when it is left waiting, the
	// terminal would stay silent.
	state, err := term.GetState(a.Terminal.fd)
	if err != nil {
		return "", fmt.Errorf("read from the terminal: %w", err)
	}
	// So it would after Ctrl-\, which ends a Go program at once.
	asking, stop := signal.NotifyContext(ctx, syscall.SIGQUIT)
	defer stop()
	text, err := a.answer(asking, func() (string, error) {
		secret, err := term.ReadPassword(a.Terminal.fd)
		return strings.TrimSpace(string(secret)), err
	})
	if restored := term.Restore(a.Terminal.fd, state); restored != nil && err == nil {
		err = fmt.Errorf("restore the terminal: %w", restored)
	}
	if printed := a.print("\n"); printed != nil && err == nil {
		err = printed
	}
	return text, err
}

// Confirm asks a yes-or-no question about something that cannot be undone. Only
// the word yes, in any case, lets the command go on. With assumed, which --yes
// sets, it does not ask; where nobody can answer it fails and names --yes.
func (a *App) Confirm(ctx context.Context, question string, assumed bool) error {
	if assumed {
		return nil
	}
	if !a.Terminal.In {
		return failure.Invalid("not confirmed: %s", strings.TrimSuffix(question, "?")).
			WithHint("add --yes, or set AIRBYTE_ALLOW_DESTRUCTIVE=true: standard input is no terminal, so nobody can be asked")
	}
	answer, err := a.Ask(ctx, output.Line(question)+" Type 'yes' to confirm: ")
	if err != nil {
		return err
	}
	if !strings.EqualFold(answer, "yes") {
		return failure.Invalid("not confirmed: nothing was changed")
	}
	return nil
}

func (a *App) print(text string) error {
	if _, err := io.WriteString(a.Err, text); err != nil {
		return fmt.Errorf("write the question: %w", err)
	}
	return nil
}

// answer waits for read or for the end of ctx. A read that is left waiting ends
// with the process.
func (a *App) answer(ctx context.Context, read func() (string, error)) (string, error) {
	type reply struct {
		text string
		err  error
	}
	replies := make(chan reply, 1)
	go func() {
		text, err := read()
		replies <- reply{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case r := <-replies:
		return r.text, r.err
	}
}

// line reads one line of standard input; the last one may lack its end.
func (a *App) line() (string, error) {
	if a.lines == nil {
		a.lines = bufio.NewReader(a.In)
	}
	text, err := a.lines.ReadString('\n')
	if errors.Is(err, io.EOF) && text == "" {
		return "", failure.Input("standard input ended before the question was answered")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read standard input: %w", err)
	}
	return strings.TrimSpace(text), nil
}
