package main

import (
	"context"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func one(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("one") // expect: SA113
	return mcp.NewToolResultText("one"), nil
}

func two(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("two", "session_id", server.ClientSessionFromContext(ctx).SessionID())
	return mcp.NewToolResultText("two"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("one"), one)
	s.AddTool(mcp.NewTool("two"), two)
	server.ServeStdio(s)
}
