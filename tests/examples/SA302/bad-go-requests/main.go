package main

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func gate(w http.ResponseWriter, r *http.Request) {
	if _, p, ok := r.BasicAuth(); ok {
		slog.Info("basic", "p", p) // expect: SA302
	}
	slog.Info("form", "p", r.FormValue("password")) // expect: SA302
}

func ginGate(c *gin.Context) {
	slog.Info("gin", "h", c.GetHeader("Authorization")) // expect: SA302
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
