package main

import (
	"context"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const apiKey = "EguU2CqrsNEpKXSsyvVqnJAgDhTuGvPuhUwjUfff2HmNVFgB" // expect: SA605

var clientSecret = "9e2e8c662248b483b7ffc050fec94dbca3a0aac3" // expect: SA605

func one(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText(os.Getenv("PLACE")), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("one"), one)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
