package main

import (
	"context"
	"log"
	"os"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var token = os.Getenv("SHELF_API_TOKEN")

func own() []string {
	var found []string
	for _, pair := range os.Environ() {
		if strings.HasPrefix(pair, "SHELF_") {
			found = append(found, pair)
		}
	}
	return found
}

func table() map[string]string {
	found := map[string]string{}
	for _, pair := range os.Environ() {
		name, value, ok := strings.Cut(pair, "=")
		if ok && strings.HasPrefix(name, "SHELF_") {
			found[name] = value
		}
	}
	return found
}

func names() []string {
	var found []string
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "SHELF_") {
			found = append(found, name)
		}
	}
	return found
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText(strings.Join(own(), "\n")), nil // expect: SA604 HIGH
}

func list(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText(strings.Join(names(), "\n")), nil
}

func main() {
	log.Println("settings", own())   // expect: SA301 HIGH
	log.Printf("table %v", table()) // expect: SA301 HIGH
	log.Println("names", names())
	for _, pair := range os.Environ() {
		if strings.HasPrefix(pair, "SHELF_") {
			log.Println(pair) // expect: SA301 HIGH
		}
		if strings.HasPrefix(pair, "LC_") {
			log.Println(pair)
		}
	}
	log.Println(len(own()))
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	s.AddTool(mcp.NewTool("list"), list)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
