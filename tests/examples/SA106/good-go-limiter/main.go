package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"golang.org/x/time/rate"
)

type limits struct {
	mu       sync.Mutex
	sessions map[string]*rate.Limiter
}

func (l *limits) of(session string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.sessions[session]; !known {
		l.sessions[session] = rate.NewLimiter(5, 10)
	}
	return l.sessions[session]
}

func (l *limits) middleware(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		session := server.ClientSessionFromContext(ctx).SessionID()
		limiter := l.of(session)
		if !limiter.Allow() {
			slog.Warn("rate_limit", "tool", req.Params.Name, "session", session)
			return nil, errors.New("too many calls")
		}
		return next(ctx, req)
	}
}

func list(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText("a, b"), nil
}

func main() {
	held := &limits{sessions: map[string]*rate.Limiter{}}
	s := server.NewMCPServer("desk", "1.0.0", server.WithToolHandlerMiddleware(held.middleware))
	s.AddTool(mcp.NewTool("list_notes"), list)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
