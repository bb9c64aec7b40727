package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const root = "/srv/data"

var protected = []string{".env", ".git", ".ssh", ".github", "node_modules"}

func place(name string) (string, error) {
	if !filepath.IsLocal(name) {
		return "", errors.New("outside")
	}
	for _, part := range strings.Split(name, string(filepath.Separator)) {
		if slices.Contains(protected, part) {
			slog.Warn("protected_path_blocked")
			return "", errors.New("protected path")
		}
	}
	return filepath.Join(root, name), nil
}

func write(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	target, err := place(request.GetString("path", ""))
	if err != nil {
		return mcp.NewToolResultError(err.Error()), nil
	}
	slog.Info("file_write")
	if err := os.WriteFile(target, []byte(request.GetString("content", "")), 0o600); err != nil {
		return nil, err
	}
	return mcp.NewToolResultText("done"), nil
}

func main() {
	s := server.NewMCPServer("files", "1.0.0")
	s.AddTool(mcp.NewTool("write", mcp.WithString("path")), write)
	_ = server.ServeStdio(s)
}
