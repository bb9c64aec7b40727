package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func parsed(text string) (int64, error) {
	at, err := time.Parse(time.RFC3339, text)
	return at.Unix(), err
}

func moment(params map[string]any, key string) (int64, error) {
	switch given := params[key].(type) {
	case string:
		return parsed(given)
	case float64:
		return int64(given), nil
	default:
		return 0, fmt.Errorf("unsupported type %T", given)
	}
}

func count(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	params := req.GetArguments()
	from, err := moment(params, "from")
	if err != nil {
		return mcp.NewToolResultError("invalid from"), nil
	}
	slog.InfoContext(ctx, "count", "from", from, "region", params["region"])
	return mcp.NewToolResultText("0"), nil
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("count"), count)
	slog.Info("serving")
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
