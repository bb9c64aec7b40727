package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type action func(ctx context.Context) (string, error)

func names(actions map[string]action) string {
	found := make([]string, 0, len(actions))
	for name := range actions {
		found = append(found, name)
	}
	return strings.Join(found, ", ")
}

func run(ctx context.Context, actions map[string]action, wanted string) (string, error) {
	chosen, ok := actions[wanted]
	if !ok {
		return "", fmt.Errorf("unknown action, valid are %s", names(actions))
	}
	return chosen(ctx)
}

func listed(ctx context.Context) (string, error)   { return "", nil }
func issuedTo(ctx context.Context) (string, error) { return "", nil }

func handle(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	actions := map[string]action{"list_agents": listed, "get_agent_token": issuedTo}
	text, err := run(ctx, actions, req.GetString("action", ""))
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(text), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), handle)
	slog.Info("serving")
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
