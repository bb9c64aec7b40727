// Command shelf serves a shelf.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

var (
	odd   = regexp.MustCompile(`[^a-zA-Z0-9]`)
	table = strings.NewReplacer("/", "_", "\\", "_")
)

type input struct {
	Name string `json:"name"`
}

func look(_ context.Context, _ *mcp.CallToolRequest, in input) (*mcp.CallToolResult, any, error) {
	for _, name := range []string{
		odd.ReplaceAllString(in.Name, ""),
		odd.ReplaceAllStringFunc(in.Name, func(string) string { return "_" }),
		table.Replace(in.Name),
	} {
		if text, err := os.ReadFile(filepath.Join("shelf", name+".txt")); err == nil {
			log.Printf("%d bytes", len(text))
		}
	}
	return nil, nil, nil
}

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "shelf"}, nil)
	mcp.AddTool(server, &mcp.Tool{Name: "look", Description: "Looks at the shelf."}, look)
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, nil)
	log.Fatal(http.ListenAndServe(":8080", handler))
}
