package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"go.uber.org/zap"
)



func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	a := os.Getenv("MINI_API_KEY")
	child := slog.Default().With("x", a)
	child.Info("later") // expect: SA302
	zap.L().With(zap.String("x", a)).Info("later") // expect: SA302
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
