package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type config struct{ Region, K string }

type client struct{ cfg config }

func newClient(cfg config) *client { return &client{cfg: cfg} }

func (c *client) show() {
	slog.Info("show", "x", c.cfg.K) // expect: SA302
	slog.Info("show", "x", c.cfg) // expect: SA302
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	newClient(config{K: os.Getenv("MINI_API_KEY")}).show()
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
