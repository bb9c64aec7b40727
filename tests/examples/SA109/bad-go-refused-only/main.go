package main

import (
	"context"
	"crypto/subtle"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type Limits struct {
	MaxRows int
}

var limits = &Limits{MaxRows: 100}

func setLimit(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if subtle.ConstantTimeCompare([]byte(req.GetString("confirmation", "")), []byte(os.Getenv("ADMIN_CODE"))) != 1 {
		slog.Error("config_change_denied", "setting", "rows")
		return mcp.NewToolResultError("the confirmation is wrong"), nil
	}
	limits.MaxRows = req.GetInt("rows", 100) // expect: SA109
	return mcp.NewToolResultText("done"), nil
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("set_limit", mcp.WithNumber("rows"), mcp.WithString("confirmation")), setLimit)
	_ = server.ServeStdio(s)
}
