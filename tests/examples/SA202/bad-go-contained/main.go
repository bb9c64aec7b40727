package main

import (
	"context"
	"fmt"
	"log"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var known = []string{"one", "two"}

func require(word string) error {
	if strings.Contains(word, "/") {
		return fmt.Errorf("bad word %s", word)
	}
	return nil
}

func outer(word string) error {
	if err := require(word); err != nil {
		return fmt.Errorf("outer: %w", err)
	}
	return nil
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	word := req.GetString("word", "")
	if err := require(word); err != nil {
		log.Printf("require: %v", err) // expect: SA202 MEDIUM
	}
	if err := outer(word); err != nil {
		log.Printf("outer: %s", err.Error()) // expect: SA202 MEDIUM
	}
	if err := require("fixed"); err != nil {
		log.Printf("fixed: %v", err)
	}
	if !strings.Contains(word, "@") {
		return mcp.NewToolResultText("refused"), nil
	}
	log.Printf("mail to %s", word) // expect: SA202 MEDIUM
	if strings.Index(word, "@") > 0 {
		log.Printf("mail to %s", word) // expect: SA202 MEDIUM
	}
	if slices.Contains(known, word) {
		log.Printf("known %s", word)
	}
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
