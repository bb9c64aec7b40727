package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"

	"github.com/expr-lang/expr"
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

// Expressions have no side effects and always end; nothing is run.
func matches(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	rule, err := expr.Compile(request.GetString("rule", ""), expr.AsBool())
	if err != nil {
		return nil, err
	}
	held, err := expr.Run(rule, map[string]any{"count": 3})
	return mcp.NewToolResultText(fmt.Sprint(held)), err
}

func main() {
	s := server.NewMCPServer("worker", "1.0.0")
	s.AddTool(mcp.NewTool("greet", mcp.WithString("name")), greet)
	s.AddTool(mcp.NewTool("settings", mcp.WithString("text")), settings)
	s.AddTool(mcp.NewTool("matches", mcp.WithString("rule")), matches)
	_ = server.ServeStdio(s)
}
