package main

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/charmbracelet/log"
)

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	log.Info("go")
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	log.SetFormatter(log.JSONFormatter)
	s := server.NewMCPServer("charm", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
