package main

import (
	"context"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type note struct{ OwnerID, Text string }

func load(id string) note { return note{} }

func hash(id string) string { return "" }

func read(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	callerID := server.ClientSessionFromContext(ctx).SessionID()
	found := load(request.GetString("id", ""))
	if found.OwnerID != callerID {
		return mcp.NewToolResultError("no such note"), nil // expect: SA104
	}
	return mcp.NewToolResultText(found.Text), nil
}

func remove(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	callerID := server.ClientSessionFromContext(ctx).SessionID()
	found := load(request.GetString("id", ""))
	if found.OwnerID != callerID {
		slog.Warn("idor", "caller_hash", hash(callerID), "owner_hash", hash(found.OwnerID))
		return mcp.NewToolResultError("no such note"), nil
	}
	return mcp.NewToolResultText("removed"), nil
}

func main() {
	s := server.NewMCPServer("notes", "1.0.0")
	s.AddTool(mcp.NewTool("read"), read)
	s.AddTool(mcp.NewTool("remove"), remove)
	server.ServeStdio(s)
}
