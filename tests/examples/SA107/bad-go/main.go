package main

import (
	"context"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func read(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) { // expect: SA107
	text, err := os.ReadFile("/srv/notes/" + req.GetString("name", ""))
	if err != nil {
		return mcp.NewToolResultError("no such note"), nil
	}
	return mcp.NewToolResultText(string(text)), nil
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("read_note", mcp.WithString("name")), read)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
