package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var log = slog.New(slog.NewJSONHandler(os.Stderr, nil))

func digest(value any) string {
	text, _ := json.Marshal(value)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

func find(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	response, err := http.Get("https://desk.example/" + req.GetString("number", ""))
	if err != nil {
		return mcp.NewToolResultError("not reachable"), nil
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return mcp.NewToolResultText(string(text)), nil
}

func recorded(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		started := time.Now()
		result, err := next(ctx, req)
		session := sessionOf(ctx)
		log.Info("tool_call", "event", "tool_call", "tool", req.Params.Name, "outcome", outcome(result, err),
			"duration_ms", time.Since(started).Milliseconds(), "caller", session.caller, "args_hash", digest(req.GetArguments()),
			"bytes", size(result), "session_age_ms", time.Since(session.started).Milliseconds())
		return result, err
	}
}

type session struct {
	caller  string
	started time.Time
}

func sessionOf(ctx context.Context) session {
	return ctx.Value("session").(session)
}

func outcome(result *mcp.CallToolResult, err error) string {
	if err != nil || result.IsError {
		return "failure"
	}
	return "success"
}

func size(result *mcp.CallToolResult) int {
	text, _ := json.Marshal(result)
	return len(text)
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0", server.WithToolHandlerMiddleware(recorded))
	s.AddTool(mcp.NewTool("find_ticket", mcp.WithString("number")), find)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
