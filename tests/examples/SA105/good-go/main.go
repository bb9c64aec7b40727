package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func record(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		started := time.Now()
		defer func() { slog.Info("tool_call", "tool", req.Params.Name, "ms", time.Since(started).Milliseconds()) }()
		return next(ctx, req)
	}
}

type tools struct{ log *slog.Logger }

func (t *tools) one(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText("one"), nil
}

func main() {
	t := &tools{log: slog.Default()}
	s := server.NewMCPServer("mini", "1.0.0", server.WithToolHandlerMiddleware(record))
	s.AddTool(mcp.NewTool("one"), t.one)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
