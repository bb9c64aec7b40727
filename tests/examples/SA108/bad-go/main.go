package main

import (
	"context"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func write(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	target := request.GetString("path", "")
	if err := os.WriteFile(target, []byte(request.GetString("content", "")), 0o600); err != nil { // expect: SA108 MEDIUM
		return nil, err
	}
	return mcp.NewToolResultText("done"), nil
}

func main() {
	s := server.NewMCPServer("files", "1.0.0")
	s.AddTool(mcp.NewTool("write", mcp.WithString("path")), write)
	_ = server.ServeStdio(s)
}
