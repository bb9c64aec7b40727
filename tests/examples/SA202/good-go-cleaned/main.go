// Command shelf serves a shelf.
package main

import (
	"context"
	"log"
	"net/http"
	"regexp"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

var (
	breaks = regexp.MustCompile(`[\r\n]+`)
	odd    = regexp.MustCompile(`[^a-zA-Z0-9]`)
	table  = strings.NewReplacer("\n", " ", "\r", " ")
)

type input struct {
	Name string `json:"name"`
}

func look(_ context.Context, _ *mcp.CallToolRequest, in input) (*mcp.CallToolResult, any, error) {
	log.Printf("looks for %s", breaks.ReplaceAllString(in.Name, " "))
	log.Printf("looks for %s", odd.ReplaceAllStringFunc(in.Name, func(string) string { return "_" }))
	log.Printf("looks for %s", table.Replace(in.Name))
	return nil, nil, nil
}

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "shelf"}, nil)
	mcp.AddTool(server, &mcp.Tool{Name: "look", Description: "Looks at the shelf."}, look)
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, nil)
	log.Fatal(http.ListenAndServe(":8080", handler))
}
