package main

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func gate(w http.ResponseWriter, r *http.Request) {
	h := r.Header.Get("Authorization")
	parts := strings.SplitN(h, " ", 2)
	slog.Info("gate", "x", parts[1]) // expect: SA302
	_, rest, _ := strings.Cut(h, " ")
	slog.Info("gate", "x", rest) // expect: SA302
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
