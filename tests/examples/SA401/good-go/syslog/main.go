package main

import (
	"context"
	"log"
	"log/syslog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	log.Printf("go")
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	w, _ := syslog.Dial("tcp", "logs.example.test:6514", syslog.LOG_INFO, "mini")
	log.SetOutput(w)
	s := server.NewMCPServer("syslog", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
