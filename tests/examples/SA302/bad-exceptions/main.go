package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func check(v string) error {
	if len(v) < 8 {
		return fmt.Errorf("bad key %s", v)
	}
	_, err := http.Get("https://api.example.test")
	return err
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("went")
	if err := check(os.Getenv("MINI_API_KEY")); err != nil {
		slog.Error("refused", "err", err) // expect: SA302
	}
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
