package mcp_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// raw is a client that sends bytes, and the server program that it started.
type raw struct {
	t     testing.TB
	in    io.WriteCloser
	out   *bufio.Reader
	back  io.Closer  // what the server writes to
	ended chan error // what Run returned
	stop  context.CancelFunc
}

// startRaw runs the server over Stdio.
func startRaw(t testing.TB, server *mcp.Server) *raw {
	t.Helper()
	return startRawThrough(t, server, func(w io.WriteCloser) io.WriteCloser { return w })
}

// startRawThrough is startRaw with a stream of its own for what the server writes.
func startRawThrough(t testing.TB, server *mcp.Server, through func(io.WriteCloser) io.WriteCloser) *raw {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	toServer, in := io.Pipe()
	out, fromServer := io.Pipe()
	r := &raw{t: t, in: in, out: bufio.NewReaderSize(out, 1<<20), back: out, ended: make(chan error, 1), stop: cancel}
	go func() { r.ended <- server.Run(ctx, mcptools.Stdio(toServer, through(fromServer))) }()
	t.Cleanup(func() {
		cancel()
		r.leave()
	})
	return r
}

// leave closes both ends, as the end of the client's process does.
func (r *raw) leave() {
	r.in.Close()
	r.back.Close()
}

// initialized is a session of a client of 2025, ready for calls.
func initialized(t testing.TB, server *mcp.Server) *raw {
	t.Helper()
	r := startRaw(t, server)
	r.initialize()
	return r
}

// initialize makes the session ready for calls.
func (r *raw) initialize() {
	r.t.Helper()
	r.ask(initialize)
	r.send(ready)
}

// send sends one line.
func (r *raw) send(line string) {
	r.t.Helper()
	if _, err := io.WriteString(r.in, line+"\n"); err != nil {
		r.t.Fatal(err)
	}
}

// receive reads one line.
func (r *raw) receive() string {
	r.t.Helper()
	line, err := r.out.ReadString('\n')
	if err != nil {
		r.t.Fatalf("%v after %q", err, line)
	}
	return line[:len(line)-1]
}

// ask sends a line and returns the next.
func (r *raw) ask(line string) string {
	r.t.Helper()
	r.send(line)
	return r.receive()
}

// result asks and returns the result.
func (r *raw) result(line string) json.RawMessage {
	r.t.Helper()
	var res struct{ Result, Error json.RawMessage }
	if err := json.Unmarshal([]byte(r.ask(line)), &res); err != nil || res.Error != nil {
		r.t.Fatalf("%s: %s %v", line, res.Error, err)
	}
	return res.Result
}

// call is a request to run a tool.
func call(id, name, arguments string) string {
	return `{"jsonrpc":"2.0","id":` + id + `,"method":"tools/call","params":{"name":"` + name + `","arguments":` + arguments + `}}`
}

// decodeMessage makes a message of a line.
func decodeMessage(t testing.TB, line string) jsonrpc.Message {
	t.Helper()
	msg, err := jsonrpc.DecodeMessage([]byte(line))
	if err != nil {
		t.Fatal(err)
	}
	return msg
}
