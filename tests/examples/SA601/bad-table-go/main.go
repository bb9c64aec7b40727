package main

import (
	"context"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var seen = map[string]bool{}

func find(name string) (string, bool) {
	held, ok := seen[name]
	if ok && held {
		return name, false
	}
	return name, true
}

func first(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	host := request.GetString("host", "")
	if _, ok := seen[host]; ok {
		return mcp.NewToolResultError("again"), nil
	}
	_, err := http.Get("https://" + host + "/state") // expect: SA601 HIGH
	return mcp.NewToolResultText("asked"), err
}

func second(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	host := request.GetString("host", "")
	if _, found := find(host); !found {
		return mcp.NewToolResultError("host"), nil
	}
	_, err := http.Get("https://" + host + "/state") // expect: SA601 HIGH
	return mcp.NewToolResultText("asked"), err
}

func third(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	host, ok := request.GetArguments()["host"].(string)
	if !ok {
		return mcp.NewToolResultError("host"), nil
	}
	_, err := http.Get("https://" + host + "/state") // expect: SA601 HIGH
	return mcp.NewToolResultText("asked"), err
}

func main() {
	s := server.NewMCPServer("shops", "1.0.0")
	s.AddTool(mcp.NewTool("first", mcp.WithString("host")), first)
	s.AddTool(mcp.NewTool("second", mcp.WithString("host")), second)
	s.AddTool(mcp.NewTool("third", mcp.WithString("host")), third)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
