package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

func one(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	slog.Info("one")
	_, span := otel.Tracer("mini").Start(ctx, "one")
	defer span.End()
	span.SetAttributes(attribute.String("key", os.Getenv("MINI_API_KEY"))) // expect: SA302 LOW
	trace.SpanFromContext(ctx).SetAttributes(attribute.String("key", os.Getenv("MINI_API_KEY"))) // expect: SA302 LOW
	span.SetAttributes(attribute.Int("length", len(os.Getenv("MINI_API_KEY"))))
	return mcp.NewToolResultText("one"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("one"), one)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
