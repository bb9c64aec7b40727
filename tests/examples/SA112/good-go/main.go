package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func now(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText("now"), nil
}

func main() {
	s := server.NewMCPServer("clock", "1.0.0")
	tools := []server.ServerTool{{Tool: mcp.NewTool("current_time"), Handler: now}}
	s.AddTools(tools...)
	text, _ := json.Marshal(tools)
	slog.Info("tool_surface", "hash", sha256.Sum256(text))
	_ = server.ServeStdio(s)
}
