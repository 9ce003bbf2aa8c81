package definition

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// listTools asks a server of the set for its tools over memory, and returns the
// answer's own bytes. A client's decoded answer would not do: it has the schemas
// as maps, whose key order is not the one on the wire.
func listTools(ctx context.Context, set *tools.Set) (json.RawMessage, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	about := &mcp.Implementation{Name: "airbyte-agent", Version: "0"}
	// Whatever the set's size, one page holds it.
	server := mcp.NewServer(about, &mcp.ServerOptions{PageSize: len(set.Tools()) + 1})
	mcptools.AddTools(server, set)

	near, far := mcp.NewInMemoryTransports()
	serving, err := server.Connect(ctx, far, nil)
	if err != nil {
		return nil, fmt.Errorf("definition: start the MCP server: %w", err)
	}
	defer serving.Close() //nolint:errcheck // nothing is lost with a session in memory
	tap := &tap{Transport: near}
	asking, err := mcp.NewClient(about, nil).Connect(ctx, tap, nil)
	if err != nil {
		return nil, fmt.Errorf("definition: connect to the MCP server: %w", err)
	}
	defer asking.Close() //nolint:errcheck // as above
	if _, err := asking.ListTools(ctx, nil); err != nil {
		return nil, fmt.Errorf("definition: list the tools over MCP: %w", err)
	}
	if list := tap.tools(); list != nil {
		// The rest of the answer, such as how long to cache it, is for clients.
		return slices.Concat([]byte(`{"tools":`), list, []byte(`}`)), nil
	}
	return nil, errors.New("definition: the MCP server answered tools/list without tools")
}

// tap is a transport that keeps the list of tools that passes through it.
type tap struct {
	mcp.Transport

	mu   sync.Mutex
	list json.RawMessage
}

// Connect returns the transport's connection, watched.
func (t *tap) Connect(ctx context.Context) (mcp.Connection, error) {
	conn, err := t.Transport.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return tappedConn{Connection: conn, tap: t}, nil
}

func (t *tap) tools() json.RawMessage {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.list
}

type tappedConn struct {
	mcp.Connection

	tap *tap
}

// Read passes on the next message.
func (c tappedConn) Read(ctx context.Context) (jsonrpc.Message, error) {
	msg, err := c.Connection.Read(ctx)
	if res, ok := msg.(*jsonrpc.Response); ok {
		if list := gjson.GetBytes(res.Result, "tools"); list.IsArray() {
			c.tap.mu.Lock()
			c.tap.list = json.RawMessage(list.Raw)
			c.tap.mu.Unlock()
		}
	}
	return msg, err
}
