package main

import (
	"context"
	"os/exec"
	"path/filepath"

	"github.com/bitfield/script"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func size(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	name := filepath.Base(request.GetString("path", ""))
	out, err := exec.Command("sh", "-c", "du -h /srv/"+name).Output() // expect: SA602 HIGH
	return mcp.NewToolResultText(string(out)), err
}

func history(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	out, err := script.Exec("git log " + request.GetString("path", "")).String() // expect: SA602 MEDIUM
	return mcp.NewToolResultText(out), err
}

func main() {
	s := server.NewMCPServer("worker", "1.0.0")
	s.AddTool(mcp.NewTool("size", mcp.WithString("path")), size)
	s.AddTool(mcp.NewTool("history", mcp.WithString("path")), history)
	_ = server.ServeStdio(s)
}
