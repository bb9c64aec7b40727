package main

import (
	"context"
	"os"

	"example.test/mini/out"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)



func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	a := os.Getenv("MINI_API_KEY")
	out.Keep("x", a) // expect: SA302
	out.Trail(a) // expect: SA302
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
