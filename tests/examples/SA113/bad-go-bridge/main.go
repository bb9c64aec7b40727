package main

import (
	"context"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"go.opentelemetry.io/contrib/bridges/otelslog"
)

var log = slog.New(otelslog.NewHandler("mini"))

func one(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	log.Info("one") // expect: SA113
	return mcp.NewToolResultText("one"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("one"), one)
	server.ServeStdio(s)
}
