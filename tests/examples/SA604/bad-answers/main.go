package main

import (
	"context"
	"fmt"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func key(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText("key " + os.Getenv("MINI_API_KEY")), nil // expect: SA604 HIGH
}

func failing(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultError(fmt.Sprintf("bad key %s", os.Getenv("MINI_API_KEY"))), nil // expect: SA604
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("key"), key)
	s.AddTool(mcp.NewTool("failing"), failing)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
