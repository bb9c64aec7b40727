package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func argsHash(given map[string]any) string {
	text, _ := json.Marshal(given)
	return fmt.Sprintf("%x", sha256.Sum256(text))
}

func record(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		started := time.Now()
		result, err := next(ctx, req)
		given := req.GetArguments()
		slog.Info("tool_call", "event", "tool_call", "tool", req.Params.Name, "args_hash", argsHash(given),
			"keys", slices.Sorted(maps.Keys(given)), "ms", time.Since(started).Milliseconds(), "failed", err != nil)
		return result, err
	}
}

func add(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	path := req.GetString("path", "")
	content := req.GetString("content", "")
	slog.Info("add", "path", path, "bytes", len(content), "limit", req.GetInt("limit", 10), "force", req.GetBool("force", false))
	slog.Info("add", "arguments", len(req.GetArguments()))
	return mcp.NewToolResultText("added"), nil
}

func main() {
	s := server.NewMCPServer("notes", "1.0.0", server.WithToolHandlerMiddleware(record))
	s.AddTool(mcp.NewTool("add"), add)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
