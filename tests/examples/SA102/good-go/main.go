package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Origin") != "" {
			slog.Warn("origin refused", "origin", r.Header.Get("Origin"))
			http.Error(w, "Origin not allowed", http.StatusForbidden)
			return
		}
		if r.Header.Get("Authorization") == "" {
			slog.Warn("no token", "client", r.RemoteAddr)
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func limited(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if !allow(server.ClientSessionFromContext(ctx)) {
			slog.Warn("rate limit", "tool", request.Params.Name)
			return nil, errors.New("rate limit exceeded")
		}
		return next(ctx, request)
	}
}

func allow(session server.ClientSession) bool { return session != nil }

func ping(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("ping")
	return mcp.NewToolResultText("pong"), nil
}

func main() {
	hooks := &server.Hooks{}
	hooks.AddAfterInitialize(func(ctx context.Context, id any, message *mcp.InitializeRequest, result *mcp.InitializeResult) {
		slog.Info("initialize", "client", message.Params.ClientInfo.Name)
	})
	s := server.NewMCPServer("gate", "1.0.0", server.WithToolHandlerMiddleware(limited), server.WithHooks(hooks))
	s.AddTool(mcp.NewTool("ping"), ping)
	http.ListenAndServe(":8080", guard(server.NewStreamableHTTPServer(s)))
}
