package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func refresh() error {
	resp, err := http.PostForm("https://login.example.test/token", url.Values{"grant_type": {"client_credentials"}})
	if err != nil {
		return err
	}
	data, err := io.ReadAll(resp.Body)
	slog.Info("refreshed", "answer", string(data)) // expect: SA304 HIGH
	return err
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("went")
	_ = refresh()
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
