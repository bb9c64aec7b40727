package main

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func list(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText("a, b"), nil
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("list_notes"), list) // expect: SA106 LOW
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
