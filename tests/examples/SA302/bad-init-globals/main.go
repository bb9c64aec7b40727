package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var loaded string

func setUp() { loaded = os.Getenv("LOADED_TOKEN") }

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("loaded", "x", loaded) // expect: SA302
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	setUp()
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
