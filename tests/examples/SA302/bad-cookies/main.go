package main

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func gate(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie("sid"); err == nil {
		slog.Info("gate", "c", c.Value) // expect: SA302
	}
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("went")
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
