package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func guarded(keys []string, log *slog.Logger, inner http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, key := range keys {
			if key == r.Header.Get("X-Api-Key") {
				log.Info("accepted", "event", "auth.accepted", "client", r.RemoteAddr)
				inner.ServeHTTP(w, r)
				return
			}
		}
		log.Warn("rejected", "event", "auth.rejected", "reason", "unknown key", "client", r.RemoteAddr)
		http.Error(w, "forbidden", http.StatusForbidden)
	})
}

func main() {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	srv := server.NewMCPServer("mini", "1.0.0")
	srv.AddTool(mcp.NewTool("go"), func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return mcp.NewToolResultText("gone"), nil
	})
	http.Handle("/mcp", guarded([]string{os.Getenv("API_KEY")}, log, server.NewStreamableHTTPServer(srv)))
	_ = http.ListenAndServe(":8080", nil)
}
