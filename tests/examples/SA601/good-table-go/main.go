package main

import (
	"context"
	"net/http"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type shop struct{ Open bool }

type street struct{ shops map[string]shop }

var hosts = map[string]struct{}{"api.example.com": {}}
var downtown = street{}

func (s *street) find(name string) (*shop, bool) {
	name = strings.TrimSpace(name)
	held, ok := s.shops[name]
	if !ok {
		return nil, false
	}
	if !held.Open {
		return &shop{}, true
	}
	return &held, true
}

func first(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	host := request.GetString("host", "")
	if _, ok := hosts[host]; !ok {
		return mcp.NewToolResultError("host"), nil
	}
	_, err := http.Get("https://" + host + "/state")
	return mcp.NewToolResultText("asked"), err
}

func second(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	name := strings.TrimSpace(request.GetString("name", ""))
	_, found := downtown.find(name)
	if !found {
		return mcp.NewToolResultError("name"), nil
	}
	_, err := http.Get("http://localhost/shops/" + name)
	return mcp.NewToolResultText("asked"), err
}

func main() {
	s := server.NewMCPServer("shops", "1.0.0")
	s.AddTool(mcp.NewTool("first", mcp.WithString("host")), first)
	s.AddTool(mcp.NewTool("second", mcp.WithString("name")), second)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
