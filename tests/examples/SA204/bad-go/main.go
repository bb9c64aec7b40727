package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func work(n int) int {
	fmt.Println("working", n) // expect: SA204
	return n
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	fmt.Printf("called %d\n", 1) // expect: SA204
	fmt.Fprintln(os.Stdout, "called") // expect: SA204
	_, _ = os.Stdout.WriteString("called\n") // expect: SA204
	return mcp.NewToolResultText(fmt.Sprint(work(1))), nil
}

func main() {
	fmt.Println("starting") // expect: SA204
	s := server.NewMCPServer("chatty", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	if err := server.ServeStdio(s); err != nil {
		log.Fatal(err)
	}
}
