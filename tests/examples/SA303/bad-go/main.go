package main

import (
	"context"
	"encoding/json"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func record(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		slog.Info("call", "tool", req.Params.Name, "arguments", req.Params.Arguments) // expect: SA303 MEDIUM
		slog.Info("call", "x", req.GetArguments()) // expect: SA303
		slog.Info("call", "x", req) // expect: SA303
		return next(ctx, req)
	}
}

func add(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	given := req.GetArguments()
	slog.Info("add", "v1", given) // expect: SA303
	text, _ := json.Marshal(given)
	slog.Info("add", "v1", string(text)) // expect: SA303
	slog.Info("add", "content", req.GetString("content", "")) // expect: SA303 LOW
	content, err := req.RequireString("content")
	if err != nil {
		return nil, err
	}
	slog.Info("add", "v1", content) // expect: SA303 LOW
	for name, value := range given {
		slog.Info("argument", "name", name, "value", value) // expect: SA303
	}
	logKept(given) // expect: SA303
	return mcp.NewToolResultText("added"), nil
}

func logKept(value any) { slog.Info("kept", "value", value) }

func main() {
	s := server.NewMCPServer("notes", "1.0.0", server.WithToolHandlerMiddleware(record))
	s.AddTool(mcp.NewTool("add"), add)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
