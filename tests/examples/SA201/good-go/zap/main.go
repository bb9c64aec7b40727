package main

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"go.uber.org/zap"
)

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	zap.L().Info("go")
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	logger, _ := zap.NewProduction()
	zap.ReplaceGlobals(logger)
	s := server.NewMCPServer("zap", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
