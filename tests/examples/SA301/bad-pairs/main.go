package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)



func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	for _, pair := range os.Environ() {
		slog.Info(pair) // expect: SA301
	}
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
