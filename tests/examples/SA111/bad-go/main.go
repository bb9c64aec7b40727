package main

import (
	"context"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type person struct{ Email, ID string }

func digest(text string) string { return text[:1] }

func whoami(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	found := person{}
	slog.Info("asked", "user", found.Email) // expect: SA111
	slog.Info("asked", "user", digest(found.Email), "id", found.ID)
	return mcp.NewToolResultText(""), nil
}

func main() {
	s := server.NewMCPServer("mail", "1.0.0")
	s.AddTool(mcp.NewTool("whoami"), whoami)
	server.ServeStdio(s)
}
