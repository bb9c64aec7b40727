package main

import (
	"context"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func keep(value any) { slog.Info("kept", "value", value) }

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	keep(req.GetArguments()) // expect: SA303
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
