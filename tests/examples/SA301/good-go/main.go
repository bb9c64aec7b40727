package main

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func where(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("count", "variables", len(os.Environ()))
	slog.Info("port", "port", os.Getenv("PORT"), "lang", os.Getenv("LANG"))
	cmd := exec.CommandContext(ctx, "true")
	cmd.Env = append(os.Environ(), "LANG=C")
	if err := cmd.Run(); err != nil {
		slog.Error("failed", "error", err)
	}
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		slog.Info("variable", "name", name)
	}
	return mcp.NewToolResultText("here"), nil
}

func main() {
	s := server.NewMCPServer("env", "1.0.0")
	s.AddTool(mcp.NewTool("where"), where)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
