package main

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"strconv"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var breaks = strings.NewReplacer("\n", " ", "\r", " ")

func read(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	path := req.GetString("path", "")
	lines := req.GetInt("lines", 10)
	log.Printf("reading %q", path)
	log.Printf("reading %d lines, follow %t", lines, req.GetBool("follow", false))
	log.Printf("reading %x", path)
	log.Printf("reading %s", strconv.Quote(path))
	log.Printf("reading %s", breaks.Replace(path))
	log.Printf("reading %d characters", len(path))
	log.Printf("reading %T", path)
	slog.Info("reading", "path", path)
	slog.Info("reading", slog.String("path", path))
	slog.InfoContext(ctx, "reading", "path", path, "lines", lines)
	if _, err := os.Stat(path); err != nil {
		log.Printf("cannot read: %v", err)
	}
	return mcp.NewToolResultText(fmt.Sprint(lines)), nil
}

func main() {
	s := server.NewMCPServer("files", "1.0.0")
	s.AddTool(mcp.NewTool("read"), read)
	log.Printf("listening on %s", os.Getenv("PORT"))
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
