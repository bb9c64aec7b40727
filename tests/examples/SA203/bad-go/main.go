package main

import (
	"context"
	"log"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func one(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	text, err := os.ReadFile("/srv/notes")
	if err != nil {
		log.Println(err) // expect: SA203
		return nil, err
	}
	slog.Info("tool_call", "event", "tool_call", "tool", "one")
	return mcp.NewToolResultText(string(text)), nil
}

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("one"), one)
	log.SetFlags(0)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
