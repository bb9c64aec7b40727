package main

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"go.uber.org/zap"
)

var debug = os.Getenv("DEBUG") != ""

func all() []string { return os.Environ() }

func where(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	log.Println(os.Environ()) // expect: SA301 HIGH
	log.Printf("env %v", os.Environ()) // expect: SA301
	slog.Info("env", "env", os.Environ()) // expect: SA301
	slog.Info("env", slog.Any("env", all())) // expect: SA301
	zap.L().Info("env", zap.Strings("env", os.Environ())) // expect: SA301
	fmt.Fprintln(os.Stderr, strings.Join(os.Environ(), "\n")) // expect: SA301
	if debug {
		log.Println(os.Environ()) // expect: SA301 MEDIUM
	}
	logNote(all()) // expect: SA301
	return mcp.NewToolResultText("here"), nil
}

func main() {
	s := server.NewMCPServer("env", "1.0.0")
	s.AddTool(mcp.NewTool("where"), where)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
