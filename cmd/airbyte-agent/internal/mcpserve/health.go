package mcpserve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

const (
	// healthTimeout is how long a server may take to say that it is alive.
	healthTimeout = 5 * time.Second
	// maxHealthBytes is how much of its answer is shown.
	maxHealthBytes = 4 << 10
)

func healthCommand(a *app.App) *cobra.Command {
	var address string
	var ready bool
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Ask a server over HTTP if it is alive",
		Long: `Ask a server of mcp serve --http if it is alive, or ready for calls. It ends with
code 0 if so, else with 1. Containers without a shell use it as their health
check.`,
		Example: "  airbyte-agent mcp health --http :8080",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			body, err := askHealth(cmd.Context(), address, ready)
			if err != nil {
				return err
			}
			return a.Write(cmd.Context(), body, nil)
		},
	}
	cmd.Flags().StringVar(&address, "http", "127.0.0.1:8080", "address that it serves; without a host, on this machine")
	cmd.Flags().BoolVar(&ready, "ready", false, "ask if it takes new calls; a server that is shutting down is alive, but not ready")
	return cmd
}

func askHealth(ctx context.Context, address string, ready bool) (json.RawMessage, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		_, err := splitAddress(address)
		return nil, err
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		address = net.JoinHostPort("127.0.0.1", port)
	}
	path := "/healthz"
	if ready {
		path = "/readyz"
	}
	limited, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, http.MethodGet, "http://"+address+path, http.NoBody)
	if err != nil {
		return nil, failure.Invalid("--http %s is no address", address)
	}
	// Without a proxy: one would answer for itself.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, failure.General("no server answers at %s: %s", address, unreachable(err)).
			WithHint("--http takes the address that mcp serve got with its own --http")
	}
	defer func() { _ = res.Body.Close() }() // it is read below
	body, err := io.ReadAll(io.LimitReader(res.Body, maxHealthBytes))
	if err != nil {
		return nil, failure.General("the answer of %s broke off: %v", address, err)
	}
	if envelope.Valid(body) != nil {
		return nil, failure.General("what answers at %s is no server of mcp serve", address)
	}
	if res.StatusCode != http.StatusOK {
		e := failure.General("the server at %s is not ready", address)
		e.StatusCode, e.Detail = res.StatusCode, body
		return nil, e
	}
	return body, nil
}

// unreachable says why there was no answer, without the words of the layers
// between, which repeat the address.
func unreachable(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("it took more than %v", healthTimeout)
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return "there is no host of this name"
	}
	if code, ok := errors.AsType[syscall.Errno](err); ok {
		return code.Error()
	}
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	return err.Error()
}
