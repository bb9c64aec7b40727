package main

import (
	"context"
	"log/slog"
	"os"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func mask(token string) string {
	if len(token) <= 8 {
		return "****"
	}
	return token[:8] + strings.Repeat("*", len(token)-8)
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("went")
	v := os.Getenv("MINI_API_KEY")
	slog.Info("key", "v", v[:8]) // expect: SA305 LOW
	slog.Info("key", "v", v[len(v)-6:]) // expect: SA305
	slog.Info("key", "v", mask(v)) // expect: SA305
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
