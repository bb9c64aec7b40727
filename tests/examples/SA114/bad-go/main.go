package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func find(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	response, err := http.Get("https://desk.example/" + req.GetString("number", ""))
	if err != nil {
		return mcp.NewToolResultError("not reachable"), nil
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return mcp.NewToolResultText(string(text)), nil
}

func announced(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		slog.Info("tool call", "tool", req.Params.Name) // expect: SA114
		return next(ctx, req)
	}
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0", server.WithToolHandlerMiddleware(announced))
	s.AddTool(mcp.NewTool("find_ticket", mcp.WithString("number")), find)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
