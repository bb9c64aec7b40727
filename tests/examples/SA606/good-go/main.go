package main

import (
	"context"
	"encoding/json"
	"strings"
	"text/template"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var page = template.Must(template.New("page").Parse("Hello {{.}}"))

func greet(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	var out strings.Builder
	if err := page.Execute(&out, request.GetString("name", "")); err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(out.String()), nil
}

func settings(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	var held map[string]any
	if err := json.Unmarshal([]byte(request.GetString("text", "")), &held); err != nil {
		return nil, err
	}
	return mcp.NewToolResultText("done"), nil
}

func main() {
	s := server.NewMCPServer("worker", "1.0.0")
	s.AddTool(mcp.NewTool("greet", mcp.WithString("name")), greet)
	s.AddTool(mcp.NewTool("settings", mcp.WithString("text")), settings)
	_ = server.ServeStdio(s)
}
