package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type Request interface{ GetArguments() map[string]any }

type Params struct {
	ctx context.Context
	Request
	given map[string]any
}

func text(p Params, key string) (string, error) {
	val, ok := p.GetArguments()[key]
	if !ok {
		return "", errors.New("missing")
	}
	s, ok := val.(string)
	if !ok {
		return "", fmt.Errorf("%s is no text", key)
	}
	return s, nil
}

func (p Params) RequiredString(key string) string {
	v, _ := text(p, key)
	return v
}

func (p *Params) kept(key string) string {
	return p.given[key].(string)
}

func number(p Params, key string) int {
	n, _ := p.GetArguments()[key].(float64)
	return int(n)
}

type Filter struct {
	Namespace string
	Query     string
	Limit     int
	On        bool
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	p := Params{ctx: ctx, Request: req, given: req.GetArguments()}
	namespace := p.RequiredString("namespace")
	content := p.RequiredString("content")
	slog.Info("run", "namespace", namespace)
	slog.Info("run", "content", content) // expect: SA303 LOW
	slog.Info("run", "content", p.kept("content")) // expect: SA303 LOW
	slog.Info("run", "id", p.kept("id"))
	slog.Info("run", "limit", number(p, "content"))
	var f Filter
	if err := req.BindArguments(&f); err != nil {
		return nil, err
	}
	slog.Info("run", "limit", f.Limit, "on", f.On, "namespace", f.Namespace)
	slog.Info("run", "query", f.Query) // expect: SA303 LOW
	slog.Info("run", "filter", f) // expect: SA303 MEDIUM
	return mcp.NewToolResultText("ok"), nil
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("run"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
