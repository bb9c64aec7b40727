package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func one(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("one")
	answer, err := http.Get("https://api.example.test")
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	if err := answer.Request.Context().Err(); err != nil {
		return mcp.NewToolResultError("cancelled"), nil
	}
	defer answer.Body.Close()
	return mcp.NewToolResultText(answer.Status), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("one"), one)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
