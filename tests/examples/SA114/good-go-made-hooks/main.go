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

func made(log *zap.Logger) *server.Hooks {
	hooks := &server.Hooks{}
	hooks.AddAfterCallTool(func(ctx context.Context, id any, request *mcp.CallToolRequest, result *mcp.CallToolResult) {
		session := server.ClientSessionFromContext(ctx)
		log.Info("tool_call", zap.String("tool", request.Params.Name), zap.Bool("failed", result.IsError),
			zap.Int64("duration_ms", took(ctx)), zap.String("client_id", clientHash(session)), zap.String("args_hash", argsHash(request)),
			zap.Int("bytes", size(result)), zap.Int64("session_age", age(session)))
	})
	hooks.AddOnError(func(ctx context.Context, id any, method mcp.MCPMethod, message any, err error) {
		log.Error("request_failed", zap.String("method", string(method)), zap.Error(err))
	})
	return hooks
}

func main() {
	log, _ := zap.NewProduction()
	served := server.NewMCPServer("notes", "1.0.0", server.WithHooks(made(log)))
	served.AddTool(mcp.NewTool("read_notes"), read)
	_ = server.ServeStdio(served)
}
