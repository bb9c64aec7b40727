package main

import (
	"context"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const burstCalls = 10

type call struct {
	tool string
	at   time.Time
}

type session struct {
	mu    sync.Mutex
	id    string
	calls []call
}

func (s *session) after(tool string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, call{tool, time.Now()})
	if s.repeated(tool) > burstCalls {
		slog.Warn("burst_alert", "tool", tool, "session", s.id)
	}
}

func (s *session) repeated(tool string) int {
	count := 0
	for _, one := range s.calls {
		if one.tool == tool && time.Since(one.at) < 30*time.Second {
			count++
		}
	}
	return count
}

var local = &session{id: "stdio"}

func watched(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		result, err := next(ctx, req)
		local.after(req.Params.Name)
		return result, err
	}
}

func list(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText("a, b"), nil
}

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	s := server.NewMCPServer("desk", "1.0.0", server.WithToolHandlerMiddleware(watched))
	s.AddTool(mcp.NewTool("list_notes"), list)
	_ = server.ServeStdio(s)
}
