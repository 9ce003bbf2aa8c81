package mcpserve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// tokenVariable is the environment variable that holds the bearer token.
const tokenVariable = "AIRBYTE_MCP_TOKEN"

const tokenHint = "openssl rand -hex 32 makes a token"

// webFlags say how it is served over HTTP.
type webFlags struct {
	address        string
	hosts, origins []string
	tokenFile      string
	open           bool
	maxCalls       int
	callTimeout    time.Duration
}

// webOnly are the flags that mean nothing without --http.
var webOnly = []string{"allow-host", "allow-origin", "bearer-token-file", "insecure-no-auth", "max-calls", "call-timeout"}

func (f *webFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.address, "http", "", "serve over HTTP at this address, such as 127.0.0.1:8080, or :8080 for every interface")
	flags.StringSliceVar(&f.hosts, "allow-host", nil, "Host header to serve, * for any (default loopback names; any where a token protects an address that others reach)")
	flags.StringSliceVar(&f.origins, "allow-origin", nil, "origin whose pages may call from a browser, such as https://app.example.com (default none)")
	flags.StringVar(&f.tokenFile, "bearer-token-file", "", "file with the token that clients must send (default "+tokenVariable+")")
	flags.BoolVar(&f.open, "insecure-no-auth", false, "serve an address that others reach without a token, because something in front of it checks who calls")
	flags.IntVar(&f.maxCalls, "max-calls", mcptools.DefaultMaxCalls, "most requests at the same time; as many more wait for a moment, the rest is refused with 503")
	flags.DurationVar(&f.callTimeout, "call-timeout", mcptools.DefaultCallTimeout, "longest time of a call")
}

func (f *webFlags) check(flags *pflag.FlagSet) error {
	if f.address != "" {
		_, err := splitAddress(f.address)
		return err
	}
	for _, name := range webOnly {
		if flags.Changed(name) {
			return failure.Invalid("--%s is for a server over HTTP", name).WithHint("add --http with an address, or leave it out")
		}
	}
	return nil
}

// splitAddress returns the host of an address to listen on, "" for every
// interface.
func splitAddress(address string) (host string, err error) {
	const hint = "give host and port, such as 127.0.0.1:8080, or :8080 for every interface"
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", failure.Invalid("--http %s is no address", address).WithHint(hint)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", failure.Invalid("--http %s: a port is a number up to 65535", address).WithHint(hint)
	}
	return host, nil
}

// token is what clients must send, "" for nothing.
func (f *webFlags) token() (string, error) {
	token, from := os.Getenv(tokenVariable), tokenVariable
	if f.tokenFile != "" {
		content, err := os.ReadFile(f.tokenFile)
		if err != nil {
			return "", failure.Input("cannot read the bearer token: %v", err)
		}
		token, from = string(content), f.tokenFile
	}
	token = strings.TrimSpace(token)
	switch {
	case token == "" && f.tokenFile != "":
		return "", failure.Input("the bearer token file %s is empty", from).WithHint(tokenHint)
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", failure.Input("the bearer token in %s has spaces or characters that a header cannot hold", from).WithHint(tokenHint)
	}
	return token, nil
}

// options are those of the handler. They refuse to serve strangers by oversight.
func (f *webFlags) options() ([]mcptools.HandlerOption, error) {
	token, err := f.token()
	if err != nil {
		return nil, err
	}
	host, err := splitAddress(f.address)
	if err != nil {
		return nil, err
	}
	opts := []mcptools.HandlerOption{mcptools.WithMaxCalls(f.maxCalls), mcptools.WithCallTimeout(f.callTimeout)}
	if len(f.origins) > 0 {
		opts = append(opts, mcptools.WithAllowedOrigins(f.origins...))
	}
	if token != "" {
		opts = append(opts, mcptools.WithBearerToken(token))
	}
	hosts := f.hosts
	switch local := settings.IsLoopback(host); {
	case local:
	case token == "" && !f.open:
		return nil, failure.Invalid("%s can be reached by other machines, and no bearer token protects it", f.address).
			WithHint("set " + tokenVariable + " or --bearer-token-file; listen on 127.0.0.1; or, if something in front of it checks who calls, --insecure-no-auth")
	case len(hosts) > 0:
	case token == "":
		return nil, failure.Invalid("without a token the hosts must be named, since any page could call").
			WithHint("give --allow-host with the name that clients use, or * for any")
	default:
		// A page that was led here under a foreign name does not know the token.
		hosts = []string{"*"}
	}
	if len(hosts) > 0 {
		opts = append(opts, mcptools.WithAllowedHosts(hosts...))
	}
	return opts, nil
}

// overHTTP serves until ctx ends, and then lets running calls finish.
func (s *serving) overHTTP(ctx context.Context, server *mcp.Server, set *tools.Set, opts []mcptools.HandlerOption) error {
	logger := s.logger(slog.LevelInfo)
	handler, err := mcptools.NewHandler(server, append(opts, mcptools.WithHandlerLogger(logger))...)
	if err != nil {
		return failure.InvalidOption(err)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.web.address)
	if err != nil {
		return cannotListen(s.web.address, err)
	}
	web := handler.Server(s.web.address)
	served := make(chan error, 1)
	go func() { served <- web.Serve(listener) }()
	if err := s.announce(ctx, listener.Addr(), set); err != nil {
		return errors.Join(err, web.Close())
	}
	select {
	case err := <-served:
		return failure.General("serve %s: %v", listener.Addr(), err)
	case <-ctx.Done():
	}
	logger.InfoContext(ctx, "shutting down", "waiting_at_most", s.web.callTimeout)
	// No call lives longer than that, so none is cut short.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.web.callTimeout)
	defer cancel()
	if err := errors.Join(handler.Shutdown(last), web.Shutdown(last)); err != nil {
		logger.WarnContext(ctx, "calls were stopped", "error", err)
	}
	return ctx.Err()
}

func cannotListen(address string, err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		err = op.Err // without the address in another form
	}
	return failure.General("cannot listen at %s: %v", address, err).WithHint("give another address with --http")
}

// announce prints where it serves, for people and for programs that let the
// system choose the port.
func (s *serving) announce(ctx context.Context, at net.Addr, set *tools.Set) error {
	base := "http://" + at.String()
	if tcp, ok := at.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		base = fmt.Sprintf("http://127.0.0.1:%d", tcp.Port)
	}
	where := struct {
		URL    string   `json:"url"`
		Health string   `json:"health"`
		Tools  []string `json:"tools"`
	}{URL: base + mcptools.DefaultPath, Health: base + "/healthz"}
	for _, tool := range set.Tools() {
		where.Tools = append(where.Tools, tool.Name())
	}
	return s.app.WriteTo(ctx, func(w io.Writer) error { return output.JSON(w, envelope.Encode(where)) })
}
