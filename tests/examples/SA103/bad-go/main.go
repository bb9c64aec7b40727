package main

import (
	"log/slog"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			slog.Warn("auth_failure", "reason", "missing", "path", r.URL.Path)
			http.Error(w, "unauthorized", http.StatusUnauthorized) // expect: SA103
			return
		}
		next.ServeHTTP(w, r)
	})
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("one"), nil)
	http.ListenAndServe(":8080", guard(server.NewStreamableHTTPServer(s)))
}
