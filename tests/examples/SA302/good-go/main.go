package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type usage struct {
	MaxTokens    int
	TotalTokens  int
	TokenType    string
	TokenID      string
	NextPageToken string
}

func digest(v string) string {
	sum := sha256.Sum256([]byte(v))
	return hex.EncodeToString(sum[:])[:12]
}

func show(v string) string {
	if len(v) <= 8 {
		return "****"
	}
	return "****" + v[len(v)-4:]
}

func present(v string) string {
	if v == "" {
		return "unset"
	}
	return "set"
}

func report(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	a := os.Getenv("REPORT_API_KEY")
	slog.Info("present", "key", a != "")
	slog.Info("length", "key", len(a))
	slog.Info("hash", "key", digest(a))
	slog.Info("mask", "key", show(a))
	slog.Info("state", "key", present(a))
	if a == "" {
		log.Fatal("REPORT_API_KEY is not set")
	}
	log.Printf("token length %d", len(a))
	log.Printf("type %T", a)
	log.Println("invalid token, password rejected")
	u := usage{MaxTokens: 10, TotalTokens: 5, TokenType: "bearer"}
	slog.Info("usage", "max_tokens", u.MaxTokens, "total_tokens", u.TotalTokens, "type", u.TokenType, "id", u.TokenID)
	slog.Info("page", "cursor", u.NextPageToken)
	slog.Info("port", "port", os.Getenv("PORT"), "level", os.Getenv("LOG_LEVEL"), "host", os.Getenv("HOST"))
	slog.Info("file", "path", os.Getenv("TOKEN_FILE"))
	slog.Info("progress", "token", req.Params.Meta.ProgressToken)
	if v, ok := os.LookupEnv("REPORT_SECRET"); ok && v != "" {
		slog.Info("secret is configured")
	}
	return mcp.NewToolResultText(fmt.Sprintf("%d", u.TotalTokens)), nil
}

func gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			slog.Warn("missing token", "path", r.URL.Path, "session", r.Header.Get("Mcp-Session-Id"))
		}
		next.ServeHTTP(w, r)
	})
}

func main() {
	s := server.NewMCPServer("report", "1.0.0")
	s.AddTool(mcp.NewTool("report"), report)
	_ = http.ListenAndServe(":8080", gate(server.NewStreamableHTTPServer(s)))
}
