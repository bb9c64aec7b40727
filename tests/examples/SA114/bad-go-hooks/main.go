package main

import (
	"context"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"go.uber.org/zap"
)

func read(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	text, err := os.ReadFile("/srv/notes.txt")
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(text)), nil
}

func main() {
	log, _ := zap.NewProduction()
	hooks := &server.Hooks{}
	hooks.AddBeforeCallTool(func(ctx context.Context, id any, request *mcp.CallToolRequest) {
		log.Info("tool_call", zap.String("tool", request.Params.Name)) // expect: SA114
	})

	served := server.NewMCPServer("notes", "1.0.0", server.WithHooks(hooks))
	served.AddTool(mcp.NewTool("read_notes"), read)
	_ = server.ServeStdio(served)
}
