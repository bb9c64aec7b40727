package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	log.Println("called")
	fmt.Fprintln(os.Stderr, "called")
	return mcp.NewToolResultText("ok"), nil
}

func main() {
	version := flag.Bool("version", false, "show the version")
	flag.Parse()
	if *version {
		fmt.Println("quiet 1.0.0")
		return
	}
	s := server.NewMCPServer("quiet", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	if err := server.ServeStdio(s); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("bye")
}
