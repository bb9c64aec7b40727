package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"strconv"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var (
	maxResponseBytes = setting("MAX_RESPONSE_BYTES", 5<<20)
	maxSessionBytes  = setting("MAX_SESSION_BYTES", 10<<20)
)

func setting(name string, fallback int) int {
	if value, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return value
	}
	return fallback
}

type session struct {
	caller        string
	returnedBytes int
}

func (s *session) count(tool string, bytes int) error {
	s.returnedBytes += bytes
	if bytes > maxResponseBytes {
		slog.Warn("large_single_response", "tool", tool, "bytes", bytes, "caller", s.caller)
		return errors.New("the response is too large")
	}
	if s.returnedBytes > maxSessionBytes {
		slog.Warn("session_volume_ceiling", "tool", tool, "total_bytes", s.returnedBytes, "caller", s.caller)
		return errors.New("this session has read too much")
	}
	return nil
}

var local = &session{caller: "local"}

func read(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	text, err := os.ReadFile("/srv/notes/" + req.GetString("name", ""))
	if err != nil {
		return mcp.NewToolResultError("no such note"), nil
	}
	if err := local.count("read_note", len(text)); err != nil {
		return mcp.NewToolResultError(err.Error()), nil
	}
	return mcp.NewToolResultText(string(text)), nil
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("read_note", mcp.WithString("name")), read)
	_ = server.ServeStdio(s)
}
