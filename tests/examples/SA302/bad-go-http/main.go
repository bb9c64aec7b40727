package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type credentials struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

func gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := r.Header.Get("Authorization")
		slog.Info("header", "h", h) // expect: SA302
		slog.Info("token", "t", strings.TrimPrefix(h, "Bearer ")) // expect: SA302
		slog.Info("token", "t", h[7:]) // expect: SA302
		next.ServeHTTP(w, r)
	})
}

func login(w http.ResponseWriter, r *http.Request) {
	var c credentials
	if err := json.NewDecoder(r.Body).Decode(&c); err != nil {
		return
	}
	slog.Info("login", "user", c.User, "p", c.Password) // expect: SA302
}

func ginGate(c *gin.Context) {
	slog.Info("gin", "h", c.Request.Header.Get("X-Api-Key")) // expect: SA302
	c.Next()
}

func ping(_ context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText("pong"), nil
}

func main() {
	s := server.NewMCPServer("gate", "1.0.0")
	s.AddTool(mcp.NewTool("ping"), ping)
	e := gin.New()
	e.Use(ginGate)
	http.HandleFunc("/login", login)
	http.Handle("/mcp", gate(server.NewStreamableHTTPServer(s)))
	_ = http.ListenAndServe(":8080", nil)
}
