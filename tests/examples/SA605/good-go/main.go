package main

import (
	"context"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const userAgent = "mini/1.0.0"

var (
	apiKey     = os.Getenv("SERVICE_API_KEY")
	tokenURL   = "https://login.example.test/oauth2/v2.0/token"
	commitHash = "6098b2cc2bd818319478da6bd0c621de49f145fd"
)

func one(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText(os.Getenv("PLACE")), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("one"), one)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
