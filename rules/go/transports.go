package shelf

import (
	mcpserver "github.com/mark3labs/mcp-go/server"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func serve(s *mcpserver.MCPServer, o *mcp.Server) error {
	// ruleid: go-transport-stdio
	if err := mcpserver.ServeStdio(s); err != nil {
		return err
	}
	// ruleid: go-transport-stdio
	listener := mcpserver.NewStdioServer(s)
	// ruleid: go-transport-stdio
	_ = o.Run(ctx, &mcp.StdioTransport{})
	// ok: go-transport-stdio
	_ = client.Connect(ctx, &mcp.CommandTransport{Command: command})
	// ruleid: go-transport-http
	web := mcpserver.NewStreamableHTTPServer(s)
	// ruleid: go-transport-http
	handler := mcp.NewStreamableHTTPHandler(func(r *http.Request) *mcp.Server { return o }, nil)
	// ruleid: go-transport-http
	gin := http.NewGinTransport()
	// ruleid: go-transport-http
	own, handle, err := transport.NewStreamableHTTPServerTransportAndHandler()
	// ok: go-transport-http
	_ = client.Connect(ctx, &mcp.StreamableClientTransport{Endpoint: address})
	// ruleid: go-transport-sse
	events := mcpserver.NewSSEServer(s)
	// ruleid: go-transport-sse
	old := mcp.NewSSEHandler(func(r *http.Request) *mcp.Server { return o }, nil)
	// ruleid: go-transport-sse
	pushed, handle, err := transport.NewSSEServerTransportAndHandler(address)
	// ok: go-transport-sse
	_ = client.Connect(ctx, &mcp.SSEClientTransport{Endpoint: address})
	return nil
}
