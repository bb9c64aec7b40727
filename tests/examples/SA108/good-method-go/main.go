package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var protected = regexp.MustCompile(`\.env|\.git/|\.ssh/`)

type note struct{ path string }

func (n note) write(text string) error { return os.WriteFile(n.path, []byte(text), 0o600) }

func (n note) read() ([]byte, error) { return os.ReadFile(n.path) }

func locate(name string) note {
	return note{path: filepath.Join("/srv/data", filepath.Clean("/"+name))}
}

func refuse(path string) error {
	if protected.MatchString(path) {
		slog.Warn("write_to_protected_path")
		return errors.New("protected path")
	}
	return nil
}

func write(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	found := locate(request.GetString("name", ""))
	if err := refuse(found.path); err != nil {
		return nil, err
	}
	if err := found.write(request.GetString("text", "")); err != nil {
		return nil, err
	}
	return mcp.NewToolResultText("done"), nil
}

func read(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	text, err := locate(request.GetString("name", "")).read()
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(text)), nil
}

func main() {
	s := server.NewMCPServer("notes", "1.0.0")
	s.AddTool(mcp.NewTool("write", mcp.WithString("name")), write)
	s.AddTool(mcp.NewTool("read", mcp.WithString("name")), read)
	_ = server.ServeStdio(s)
}
